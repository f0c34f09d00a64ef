import { expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { composeWithCosts, pricesOf } from './cost-fixture.ts';

/** What the tree that an operation expands to costs, written from the rules alone: no sharing, no expressions. */
interface Shape {
  type: string;
  isList: boolean;
  /** Default of `first`; undefined where there is no such argument. */
  first?: number;
}

const FIELDS: Readonly<Record<string, Readonly<Record<string, Shape>>>> = {
  Query: {
    me: { type: 'Customer', isList: false },
    customers: { type: 'CustomerConnection', isList: false, first: 20 },
  },
  CustomerConnection: { nodes: { type: 'Customer', isList: true }, others: { type: 'Customer', isList: true } },
  Customer: {
    orders: { type: 'OrderConnection', isList: false, first: 5 },
    friends: { type: 'Customer', isList: true },
    top: { type: 'Customer', isList: true, first: 3 },
  },
  OrderConnection: { nodes: { type: 'Order', isList: true } },
  Order: { lines: { type: 'Order', isList: true }, owner: { type: 'Customer', isList: false } },
};

const SDL = Object.entries(FIELDS).map(([type, fields]) => {
  const rows = Object.entries(fields).map(([name, { type: to, isList, first }]) => {
    const argument = first === undefined ? '' : `(first: Int = ${first})`;
    return `${name}${argument}: ${isList ? `[${to}!]` : to}`;
  });
  return `type ${type} { id: ID ${rows.join(' ')} }`;
});

const prices = pricesOf(composeWithCosts([SDL.join('\n')]));

type Selection =
  | { kind: 'leaf' }
  | { kind: 'field'; name: string; first: First; condition: Condition; inside: Selection[] }
  | { kind: 'inline'; condition: Condition; inside: Selection[] }
  | { kind: 'spread'; index: number; condition: Condition };
type First = { kind: 'none' } | { kind: 'literal'; value: number | null } | { kind: 'variable'; name: 'n' | 'm' };
type Condition = { directive: 'skip' | 'include'; by: 'true' | 'false' | '$b' } | null;

const conditions = fc.option(
  fc.record({
    directive: fc.constantFrom('skip' as const, 'include' as const),
    by: fc.constantFrom('true' as const, 'false' as const, '$b' as const),
  }),
  { freq: 3 },
);
const firsts: fc.Arbitrary<First> = fc.oneof(
  fc.constant({ kind: 'none' as const }),
  fc.record({ kind: fc.constant('literal' as const), value: fc.option(fc.integer({ min: -2, max: 6 })) }),
  fc.record({ kind: fc.constant('variable' as const), name: fc.constantFrom('n' as const, 'm' as const) }),
);

/** Fragment `i` is on FRAGMENT_TYPES[i] and spreads only later ones. */
const FRAGMENT_TYPES = ['Customer', 'CustomerConnection', 'OrderConnection', 'Order', 'Customer', 'CustomerConnection'];

function selections(type: string, depth: number, after: number): fc.Arbitrary<Selection[]> {
  const leaf = fc.constant({ kind: 'leaf' as const });
  const spreads = FRAGMENT_TYPES.flatMap((on, index) => (on === type && index > after ? [index] : [])).map((index) =>
    fc.record({ kind: fc.constant('spread' as const), index: fc.constant(index), condition: conditions }),
  );
  const fields = Object.entries(FIELDS[type]!).map(([name, shape]) =>
    fc.record({
      kind: fc.constant('field' as const),
      name: fc.constant(name),
      first: shape.first === undefined ? fc.constant({ kind: 'none' as const }) : firsts,
      condition: conditions,
      inside: depth === 0 ? leaf.map((one) => [one]) : selections(shape.type, depth - 1, after),
    }),
  );
  const inline = fc.record({
    kind: fc.constant('inline' as const),
    condition: conditions,
    inside: depth === 0 ? leaf.map((one) => [one]) : selections(type, depth - 1, after),
  });
  return fc.array(fc.oneof(leaf, ...spreads, ...(depth === 0 ? [] : [...fields, inline])), {
    minLength: 1,
    maxLength: 3,
  });
}

const operations = fc.record({
  root: selections('Query', 3, -1),
  fragments: fc.tuple(...FRAGMENT_TYPES.map((type, index) => selections(type, 2, index))),
  values: fc.record(
    { n: fc.option(fc.integer({ min: -2, max: 6 })), m: fc.integer({ min: 0, max: 3 }), b: fc.boolean() },
    { requiredKeys: ['b'] },
  ),
});
type Operation = typeof operations extends fc.Arbitrary<infer T> ? T : never;

function toText({ root, fragments }: Operation): string {
  const spread = fragments.map((inside, index) => `fragment f${index} on ${FRAGMENT_TYPES[index]} ${set(inside)}`);
  return `query($n: Int, $m: Int = 4, $b: Boolean!) ${set(root)} ${spread.join(' ')}`;
}

function set(inside: readonly Selection[]): string {
  return `{ ${inside.map(textOf).join(' ')} }`;
}

function textOf(selection: Selection): string {
  if (selection.kind === 'leaf') return 'id';
  const { condition } = selection;
  const directive = condition ? ` @${condition.directive}(if: ${condition.by})` : '';
  if (selection.kind === 'spread') return `...f${selection.index}${directive}`;
  if (selection.kind === 'inline') return `...${directive} ${set(selection.inside)}`;
  const { first } = selection;
  const argument = first.kind === 'none' ? '' : `(first: ${first.kind === 'literal' ? first.value : `$${first.name}`})`;
  return `${selection.name}${argument}${directive} ${set(selection.inside)}`;
}

function expected({ root, fragments, values }: Operation): number {
  const variables: Record<string, unknown> = { m: 4, ...values };
  const isIncluded = (condition: Condition) => {
    if (condition === null) return true;
    const value = condition.by === '$b' ? values.b : condition.by === 'true';
    return value === (condition.directive === 'include');
  };
  const askedBy = (first: First, fallback: number) => {
    const value = first.kind === 'none' ? fallback : first.kind === 'literal' ? first.value : variables[first.name];
    return typeof value === 'number' && value >= 0 ? value : fallback;
  };
  /** `nodes` is how many the connection around has; null outside of one. */
  const costOf = (inside: readonly Selection[], type: string, nodes: number | null): number =>
    inside.reduce((total, selection) => {
      if (selection.kind === 'leaf' || !isIncluded(selection.condition)) return total;
      if (selection.kind === 'inline') return total + costOf(selection.inside, type, nodes);
      if (selection.kind === 'spread') {
        return total + costOf(fragments[selection.index]!, FRAGMENT_TYPES[selection.index]!, nodes);
      }
      const shape = FIELDS[type]![selection.name]!;
      const size = shape.first === undefined ? null : askedBy(selection.first, shape.first);
      const one = 1 + costOf(selection.inside, shape.type, shape.isList ? null : size);
      if (!shape.isList) return total + one;
      return total + one * (size ?? (selection.name === 'nodes' ? nodes : null) ?? 10);
    }, 0);
  return Math.max(1, costOf(root, 'Query', null));
}

test('a cost is what the written-out operation costs, for any fragments, conditions and variables', () => {
  fc.assert(
    fc.property(operations, (operation) => {
      expect(prices.points(toText(operation), operation.values)).toBe(expected(operation));
    }),
    { numRuns: 2000 },
  );
});
