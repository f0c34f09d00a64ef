import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { intersectRowRules, parseRowRules, type RowRules, rowRulesToJson } from '../../common/row-rules.ts';

/** A record as a domain would judge it, by texts alone. */
interface Row {
  customer: string;
  channel: string;
  owner: string;
}

function allows(rules: RowRules, row: Row): boolean {
  if (rules.kind !== 'restricted') return rules.kind === 'all';
  const { customers, channels, owner, own } = rules;
  return [
    customers === null || customers.includes(row.customer),
    channels === null || channels.includes(row.channel),
    owner === null || owner.includes(row.owner),
    own === null || own === row.customer,
  ].every(Boolean);
}

const customer = fc.constantFrom('woo:customer:1', 'woo:customer:2', 'hubspot:contact:3');
const channel = fc.constantFrom('web', 'allegro', 'pos');
const owner = fc.constantFrom('hubspot:owner:1', 'hubspot:owner:2');
const row = fc.record({ customer, channel, owner });
const statement = fc.oneof(
  fc.constant('all'),
  fc.record(
    {
      customers: fc.array(customer),
      channels: fc.array(channel),
      owner: fc.oneof(owner, fc.array(owner)),
      own: customer,
    },
    { requiredKeys: [] },
  ),
);

test('two rules together allow exactly what both allow', () => {
  fc.assert(
    fc.property(statement, statement, row, (first, second, record) => {
      const rules = [first, second].map(parseRowRules) as [RowRules, RowRules];
      expect(allows(intersectRowRules(...rules), record)).toBe(rules.every((one) => allows(one, record)));
    }),
  );
});

test('rules survive the way to a subgraph, and equal rules have one text', () => {
  fc.assert(
    fc.property(statement, (stated) => {
      const rules = parseRowRules(stated);
      expect(parseRowRules(JSON.parse(JSON.stringify(rowRulesToJson(rules))))).toEqual(rules);
      const reversed = typeof stated === 'string' ? stated : { ...stated, customers: stated.customers?.toReversed() };
      expect(JSON.stringify(rowRulesToJson(parseRowRules(reversed)))).toBe(JSON.stringify(rowRulesToJson(rules)));
    }),
  );
});

test('whatever else is said denies every row', () => {
  fc.assert(
    fc.property(fc.anything(), row, (stated, record) => {
      fc.pre(stated !== 'all');
      expect(allows(parseRowRules(stated), record)).toBe(false);
    }),
  );
});
