import { describe, expect, test } from '@jest/globals';
import { ANONYMOUS, evaluatePolicies, type Policy, readScopes } from '../../gateway/rights/caller-rights.ts';
import { createRuleBook, isMet, requiredScopes } from '../../gateway/rights/rule.ts';

describe('a scope claim', () => {
  test('is a space-separated string', () => {
    expect([...readScopes('customers:read  customers:pii ')]).toEqual(['customers:read', 'customers:pii']);
  });

  test.each([
    undefined,
    null,
    1,
    true,
    ['customers:pii'],
    { scope: 'customers:pii' },
    '',
    ' ',
    'customers:pii\torders:read',
  ])('that is %j grants no scope that a rule could name', (claim) => {
    expect([...readScopes(claim)].filter((scope) => !/\s/.test(scope))).toEqual([]);
  });

  test('grants only what it spells exactly', () => {
    const rule = createRuleBook().of('scopes', [['customers:pii']]);
    const grants = (claim: string) => isMet(rule, { ...ANONYMOUS, scopes: readScopes(claim) });
    expect(['customers:pii', 'CUSTOMERS:PII', 'customers', 'customers:pi', 'customers:pii,x'].map(grants)).toEqual([
      true,
      false,
      false,
      false,
      false,
    ]);
  });

  test.each(['__proto__', 'constructor', 'toString', 'has', 'size'])('a scope called %s is only a name', (name) => {
    const rule = createRuleBook().of('scopes', [[name]]);
    expect(isMet(rule, ANONYMOUS)).toBe(false);
    expect(isMet(rule, { ...ANONYMOUS, scopes: readScopes(name) })).toBe(true);
  });
});

describe('a policy', () => {
  const policies = new Map<string, Policy>([
    ['adult', ({ age }) => Number(age) >= 18],
    ['later', async () => true],
    [
      'throws',
      () => {
        throw new Error('no');
      },
    ],
    ['rejects', () => Promise.reject(new Error('no'))],
    // Cast: what a company's own function answers is known only when it runs.
    ['truthy', (() => 'yes') as unknown as Policy],
  ]);

  test('holds when its function answers true for these claims', async () => {
    const held = await evaluatePolicies(['adult', 'later'], policies, { age: 20 }, () => {});
    expect([...held].sort()).toEqual(['adult', 'later']);
    expect([...(await evaluatePolicies(['adult'], policies, {}, () => {}))]).toEqual([]);
  });

  test('does not hold when it is missing, throws, or answers anything else', async () => {
    const failed: string[] = [];
    const names = ['missing', 'throws', 'rejects', 'truthy', 'constructor', '__proto__'];
    expect([...(await evaluatePolicies(names, policies, {}, (name) => failed.push(name)))]).toEqual([]);
    expect(failed.sort()).toEqual(['rejects', 'throws']);
  });
});

describe('the scopes that several rules need together', () => {
  const book = createRuleBook();
  const scopes = (...anyOf: string[][]) => book.of('scopes', anyOf);

  test('are alternatives, each enough for all', () => {
    expect(requiredScopes([scopes(['a'], ['b']), scopes(['c'])])).toEqual([
      ['a', 'c'],
      ['b', 'c'],
    ]);
    expect(requiredScopes([scopes(['a']), scopes(['a'], ['b'])])).toEqual([['a']]);
  });

  test('are not told when no scope helps, or too many would', () => {
    expect(requiredScopes([book.authenticated])).toBeNull();
    expect(requiredScopes([])).toBeNull();
    const pairs = Array.from({ length: 30 }, (_, number) => scopes([`a${number}`], [`b${number}`]));
    expect(requiredScopes(pairs)).toBeNull();
  });

  test('equal rules are one rule, however they are written', () => {
    expect(scopes(['b', 'a', 'a'], ['c'])).toBe(scopes(['c'], ['a', 'b']));
    expect(scopes(['a'], ['a', 'b'])).toBe(scopes(['a']));
    expect(scopes(['a b'])).not.toBe(scopes(['a', 'b']));
  });
});
