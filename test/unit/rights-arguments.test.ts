import { describe, expect, test } from '@jest/globals';
import { callerWith, compose, guard, placesOf } from './rights-fixture.ts';

const shop = guard(
  compose(`
    type Query {
      customers(email: String @argumentScopes(scopes: [["pii"]]), where: Where, sort: [Sort!], page: Int = 1): [Customer]
      node: Node
      levels(of: Level): Int
      secret(email: String @argumentScopes(scopes: [["pii"]])): Int @requiresScopes(scopes: [["secret"]])
    }
    interface Node { find(taxId: String): Int }
    type Customer implements Node {
      id: ID
      find(taxId: String @argumentScopes(scopes: [["tax"]])): Int
    }
    input Where { name: String phone: String @argumentScopes(scopes: [["pii"]]) and: [Where!] or: [[Where]] }
    input Sort { by: Field = NAME, phone: Boolean = true @argumentScopes(scopes: [["pii"]]) }
    enum Field { NAME }
    enum Level @requiresScopes(scopes: [["levels"]]) { HIGH }
    type Mutation { merge(where: Where): Boolean }
  `),
);

function judge(query: string, variables: Record<string, unknown> = {}, scopes = ''): string[] {
  const { kind, errors } = shop.answer(query, { variables, caller: callerWith(scopes) });
  return [kind, ...placesOf(errors)];
}

test('a forbidden argument refuses the operation, and says what it would need', () => {
  const answer = shop.answer('{ all: customers(email: "a@b.pl") { id } levels }');
  expect(answer).toMatchObject({ kind: 'refused', data: null });
  expect(answer.errors).toEqual([
    {
      message: 'You may not use Query.customers(email:); nothing was executed',
      path: ['all'],
      extensions: { code: 'FORBIDDEN_ARGUMENT', coordinate: 'Query.customers(email:)', requiredScopes: [['pii']] },
    },
  ]);
});

describe('an argument is used', () => {
  const where = 'customers Where.phone';
  test.each([
    ['as a literal', '{ customers(email: "x") { id } }', {}, 'customers Query.customers(email:)'],
    [
      'as null: "has none" is a filter too',
      '{ customers(email: null) { id } }',
      {},
      'customers Query.customers(email:)',
    ],
    [
      'by a variable',
      'query ($e: String) { customers(email: $e) { id } }',
      { e: 'x' },
      'customers Query.customers(email:)',
    ],
    [
      'by a variable that is null',
      'query ($e: String) { customers(email: $e) { id } }',
      { e: null },
      'customers Query.customers(email:)',
    ],
    [
      "by a variable's default",
      'query ($e: String = "x") { customers(email: $e) { id } }',
      {},
      'customers Query.customers(email:)',
    ],
    ['in an input object', '{ customers(where: { name: "a", phone: "1" }) { id } }', {}, where],
    ['in an input object, as null', '{ customers(where: { phone: null }) { id } }', {}, where],
    ['deep in lists', '{ customers(where: { and: [{ name: "a" }, { or: [[{ phone: "1" }]] }] }) { id } }', {}, where],
    ['where GraphQL makes a list of one', '{ customers(where: { or: { phone: "1" } }) { id } }', {}, where],
    [
      'by a variable in an input object',
      'query ($p: String) { customers(where: { phone: $p }) { id } }',
      { p: '1' },
      where,
    ],
    ['by a whole variable', 'query ($w: Where) { customers(where: $w) { id } }', { w: { phone: '1' } }, where],
    [
      'deep in a variable',
      'query ($w: Where) { customers(where: $w) { id } }',
      { w: { or: [[null, { phone: null }]] } },
      where,
    ],
    [
      'in a variable where GraphQL makes a list',
      'query ($w: Where) { customers(where: $w) { id } }',
      { w: { and: { phone: '1' } } },
      where,
    ],
    [
      'in a list of variables',
      'query ($w: Where!) { customers(where: { and: [$w] }) { id } }',
      { w: { phone: '1' } },
      where,
    ],
    ["in a variable's default", 'query ($w: Where = { phone: "1" }) { customers(where: $w) { id } }', {}, where],
    ['through an interface', '{ node { find(taxId: "1") } }', {}, 'node.find Node.find(taxId:)'],
    ['by a protected enum', '{ levels(of: HIGH) }', {}, 'levels Query.levels(of:)'],
    [
      'in a fragment',
      '{ ...F } fragment F on Query { customers(email: "x") { id } }',
      {},
      'customers Query.customers(email:)',
    ],
  ])('%s', (_how, query, variables, expected) => {
    expect(judge(query, variables)).toEqual(['refused', expected]);
    expect(judge(query, variables, 'pii tax levels')).toEqual(['allowed']);
  });
});

describe('an argument is not used', () => {
  test.each([
    ['when it is not there', '{ customers(where: { name: "a" }) { id } }', {}],
    ['when its variable was not sent', 'query ($e: String) { customers(email: $e) { id } }', {}],
    [
      'when its variable was not sent, in an input object',
      'query ($p: String) { customers(where: { phone: $p }) { id } }',
      {},
    ],
    [
      "when the variable's default is not taken",
      'query ($w: Where = { phone: "1" }) { customers(where: $w) { id } }',
      { w: { name: 'a' } },
    ],
    ['when the schema gives it by default', '{ customers(sort: [{ by: NAME }]) { id } }', {}],
    [
      'when the schema gives it by default in a variable',
      'query ($s: [Sort!]) { customers(sort: $s) { id } }',
      { s: [{}] },
    ],
    ['when its field is not included', '{ customers(email: "x") @skip(if: true) { id } }', {}],
    [
      'when a variable does not include its field',
      'query ($no: Boolean!) { ... @include(if: $no) { customers(email: "x") { id } } }',
      { no: false },
    ],
    [
      'by variables called like members of objects',
      'query ($constructor: String, $toString: String) { a: customers(email: $constructor) { id } b: customers(email: $toString) { id } }',
      {},
    ],
  ])('%s', (_how, query, variables) => {
    expect(judge(query, variables)).toEqual(['allowed']);
  });
});

test('arguments of a field that is itself denied are not judged: nobody will see them', () => {
  expect(judge('{ secret(email: "x") }')).toEqual(['allowed', 'secret Query.secret']);
});

test('an input field called __proto__ in a variable is no way around', () => {
  const variables = JSON.parse('{ "w": { "__proto__": { "phone": "1" }, "phone": "2" } }') as Record<string, unknown>;
  expect(judge('query ($w: Where) { customers(where: $w) { id } }', variables)[0]).toBe('refused');
});

test('each place that uses it is told of once', () => {
  const query =
    '{ a: customers(email: "x") { id } a: customers(email: "x") { id } b: customers(email: "y", where: { phone: "1", and: [{ phone: "2" }] }) { id } }';
  expect(judge(query)).toEqual(['refused', 'a Query.customers(email:)', 'b Query.customers(email:)', 'b Where.phone']);
});

test('a mutation tells of arguments and of denied selections together', () => {
  const full = guard(
    compose(`
      type Query { a: Int }
      type Mutation { set(a: Int @argumentScopes(scopes: [["x"]])): R }
      type R { b: Int @requiresScopes(scopes: [["y"]]) }
    `),
  );
  const { errors } = full.answer('mutation { set(a: 1) { b } }');
  expect(errors.map(({ extensions }) => extensions?.code)).toEqual([
    'FORBIDDEN_ARGUMENT',
    'UNAUTHORIZED_FIELD_OR_TYPE',
  ]);
});
