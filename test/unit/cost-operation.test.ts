import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { getIntrospectionQuery } from 'graphql';
import { composeWithCosts, pricesOf } from './cost-fixture.ts';

const SHOP = `
  type Query {
    me: Customer
    name: String
    customers(first: Int = 20, last: Int, after: String): CustomerConnection
    top(limit: Int!): [Customer!]
    tags: [String!]
    matrix: [[Customer]]
    anything: Anything
    found: [Anything]
    find(where: Where): Customer
  }
  type Mutation { rename(id: ID!): Customer }
  type CustomerConnection { edges: [CustomerEdge!]! nodes: [Customer!]! pageInfo: PageInfo! totalCount: Int }
  type CustomerEdge { cursor: String! node: Customer }
  type PageInfo { hasNextPage: Boolean! }
  type Customer { id: ID! orders(first: Int = 5): OrderConnection lines: [Line!] friends: [Customer!] }
  type OrderConnection { nodes: [Order!]! }
  type Order { id: ID! lines: [Line!] }
  type Line { sku: String }
  union Anything = Customer | Order
  input Where { name: String and: [Where!] }
`;

const shop = pricesOf(composeWithCosts([SHOP]));

test.each([
  ['a value costs nothing, and a request at least 1', '{ name }', 1],
  ['a list of values costs nothing', '{ tags }', 1],
  ['an object is 1', '{ me { id } }', 1],
  ['a list without a size is 10', '{ me { lines { sku } } }', 1 + 10],
  ['a list of lists is 10 times 10', '{ matrix { id } }', 100],
  ['a connection has as many as its argument says', '{ customers(first: 3) { nodes { id } } }', 1 + 3],
  ['a connection has as many as its argument defaults to', '{ customers { nodes { id } } }', 1 + 20],
  ['edges count as nodes do', '{ customers(first: 3) { edges { node { id } } } }', 1 + 3 * 2],
  ['what is beside the list counts once', '{ customers(first: 3) { totalCount pageInfo { hasNextPage } } }', 2],
  ['a list with a limit has as many', '{ top(limit: 7) { id } }', 7],
  [
    'lists in lists multiply',
    '{ customers(first: 3) { nodes { orders { nodes { lines { sku } } } } } }',
    1 + 3 * (1 + 1 + 5 * (1 + 10)),
  ],
  ['aliases count each', '{ a: me { id } b: me { id } }', 2],
  [
    'a union costs what is asked of all its types',
    '{ found { ... on Customer { lines { sku } } ... on Order { id } } }',
    10 * 11,
  ],
  [
    'fragments count where they are spread',
    '{ a: me { ...f } b: me { ...f } } fragment f on Customer { lines { sku } }',
    22,
  ],
  [
    'a fragment of a connection has its size from the field',
    '{ a: customers(first: 2) { ...f } b: customers(first: 4) { ...f } } fragment f on CustomerConnection { ... { nodes { id } } }',
    1 + 2 + 1 + 4,
  ],
  ['a mutation is 10 more', 'mutation { rename(id: 1) { id } }', 11],
  ['introspection has one price', getIntrospectionQuery(), 10],
  [
    'what is skipped for good is free',
    '{ me @skip(if: true) { id lines { sku } } found @include(if: false) { __typename } }',
    1,
  ],
  ['what the schema does not know is cheap, not free', '{ nobody { knows { this } } me { unknown { thing } } }', 4],
  [
    'circles of fragments end',
    '{ me { ...a } } fragment a on Customer { lines { sku } ...b } fragment b on Customer { ...a }',
    11,
  ],
])('%s', (_claim, query, points) => {
  expect(shop.points(query)).toBe(points);
});

const PAGE = 'query($n: Int) { customers(first: $n) { nodes { id } } }';

test.each<[string, string, Record<string, unknown>, number, number]>([
  ['of the variable', PAGE, { n: 50 }, 51, 50],
  ["of the variable's default", 'query($n: Int = 50) { customers(first: $n) { nodes { id } } }', {}, 51, 50],
  [
    'a variable that is sent wins over its default',
    'query($n: Int = 50) { customers(first: $n) { nodes { id } } }',
    { n: 2 },
    3,
    2,
  ],
  ["of the argument's default when there is no variable", PAGE, {}, 21, 20],
  ['a null is as if nothing were sent', PAGE, { n: null }, 21, 20],
  ['a literal null, too', '{ customers(first: null) { nodes { id } } }', {}, 21, 20],
  ['a negative number neither lowers the cost nor is free', PAGE, { n: -1_000_000 }, 21, 20],
  ['a literal negative number, too', '{ customers(first: -5) { nodes { id } } }', {}, 21, 20],
  ['what is no whole number counts as not sent', PAGE, { n: '500' }, 21, 20],
  ['a fraction, too', PAGE, { n: 0.001 }, 21, 20],
  ['a million', PAGE, { n: 1_000_000 }, 1_000_001, 1_000_000],
  ['the larger of two', '{ customers(first: 1, last: 300) { nodes { id } } }', {}, 301, 300],
  [
    'the larger when an argument stands there twice',
    '{ customers(first: 1, first: 300) { nodes { id } } }',
    {},
    301,
    300,
  ],
  ['nothing', '{ customers(first: 0) { nodes { id } } }', {}, 1, 0],
  [
    'of a name that every object has',
    'query($constructor: Int) { customers(first: $constructor) { nodes { id } } }',
    {},
    21,
    20,
  ],
])('a list has the size %s', (_claim, query, variables, points, size) => {
  expect({ points: shop.points(query, variables), size: shop.listSize(query, variables) }).toEqual({ points, size });
});

test.each<[Record<string, unknown>, number]>([
  [{}, 1],
  [{ lines: false }, 1],
  [{ lines: true }, 1 + 10],
  [{ lines: true, skip: true }, 1],
  [{ lines: 'yes', skip: null }, 1 + 10],
])('@skip and @include of variables count for each request: %j', (variables, points) => {
  const query = `query($lines: Boolean = false, $skip: Boolean = false) {
    me { ...f @include(if: $lines) } }
    fragment f on Customer { lines @skip(if: $skip) { sku } }`;
  expect(shop.points(query, variables)).toBe(points);
});

test('one compiled cost serves any variables, in any order', () => {
  const cost = shop.costOf(PAGE);
  expect([5, 1, 5, 100].map((n) => cost.points({ n }))).toEqual([6, 2, 6, 101]);
  expect(cost.isConstant).toBe(false);
  expect(shop.costOf('{ customers(first: 3) { nodes { id } } }').isConstant).toBe(true);
});

test('counters stop at a number: no overflow, and no NaN of nothing times too much', () => {
  const levels = Array.from(
    { length: 40 },
    (_, level) => `fragment f${level} on Customer { friends { ...f${level + 1} } friends { ...f${level + 1} } }`,
  );
  const query = `query($n: Int) { customers(first: $n) { nodes { ...f0 } } } ${levels.join(' ')} fragment f40 on Customer { id }`;
  expect(shop.points(query, { n: 1 })).toBe(Number.MAX_SAFE_INTEGER);
  expect(shop.points(query, { n: 0 })).toBe(1);
});

const PRICED = `
  type Query {
    report(first: Int = 10 @cost(weight: 3), deep: Boolean): Reports @listSize(slicingArguments: ["first"], sizedFields: ["rows"], requireOneSlicingArgument: false) @cost(weight: 7)
    fixed: [Row!] @listSize(assumedSize: 4)
    loose: Reports
    second(first: Int = 2): Reports @listSize(slicingArguments: ["first"], sizedFields: ["other"], requireOneSlicingArgument: false)
    free: Row @cost(weight: 0)
    value: Heavy
    kind: Kind
    node: Node
    find(where: Where): Row
  }
  type Reports { rows: [Row!] other: [Row!] }
  interface Node { id: ID! parts: [Part!] self: Node }
  type Row implements Node @cost(weight: 6) { id: ID! parts: [Part!] @listSize(assumedSize: 100) self: Node @cost(weight: 30) }
  type Part { id: ID! }
  scalar Heavy @cost(weight: 4)
  enum Kind @cost(weight: 2) { ONE }
  input Where { text: String @cost(weight: 9) name: String or: [Where!] }
`;

const RENAMED = '{ name: "@cost", as: "@price" }, { name: "@listSize", as: "@items" }';

describeSupergraph('as composition writes them', composeWithCosts([PRICED]));
describeSupergraph(
  'under other names',
  composeWithCosts([PRICED.replaceAll('@cost', '@price').replaceAll('@listSize', '@items')], RENAMED),
);
describeSupergraph(
  'not imported',
  composeWithCosts(
    [PRICED.replaceAll('@cost', '@federation__cost').replaceAll('@listSize', '@federation__listSize')],
    '"@external"',
  ),
);

function describeSupergraph(how: string, supergraphSdl: string): void {
  const priced = pricesOf(supergraphSdl);
  test.each<[string, string, Record<string, unknown>, number]>([
    ['a field', '{ report(deep: true) { rows { id } } }', {}, 7 + 10 * 6],
    ['an argument that is sent', '{ report(first: 2) { rows { id } } }', {}, 7 + 2 * 6 + 3],
    ['only the fields that the argument sizes', '{ report { other { id } } }', {}, 7 + 10 * 6],
    ['an assumed size', '{ fixed { id } }', {}, 4 * 6],
    ['each field only the lists that it names', '{ second { rows { id } other { id } } }', {}, 1 + 10 * 6 + 2 * 6],
    ['a connection that nobody sizes', '{ loose { rows { id } } }', {}, 1 + 10 * 6],
    ['a weight of nothing', '{ free { id } }', {}, 1],
    ['a scalar', '{ value }', {}, 4],
    ['an enum', '{ kind }', {}, 2],
    ['an interface as the dearest of its objects', '{ node { id } }', {}, 6],
    ["an interface's field as the dearest of its objects'", '{ node { self { parts { id } } } }', {}, 6 + 30 + 100],
    ['an input field', '{ find(where: { text: "a", or: [{ text: "b" }, { name: "c" }] }) { id } }', {}, 6 + 18],
    [
      'an input field in a variable',
      'query($w: Where) { find(where: $w) { id } }',
      { w: { text: 'a', or: [{ text: 'b' }] } },
      6 + 18,
    ],
  ])(`@cost and @listSize ${how}: %s`, (_what, query, variables, points) => {
    expect(priced.points(query, variables)).toBe(points);
  });
}

test('of several subgraphs the dearest counts', () => {
  const one = 'type Query { row: Row } type Row @key(fields: "id") @cost(weight: 2) { id: ID! }';
  const other = 'type Row @key(fields: "id") @cost(weight: 8) { id: ID! }';
  expect(pricesOf(composeWithCosts([one, other])).points('{ row { id } }')).toBe(8);
});

test('a negative weight is no supergraph to serve', () => {
  expect(() => pricesOf(composeWithCosts(['type Query { a: Int @cost(weight: -5) }']))).toThrow('Malformed @cost');
});

test("the product's own graph: a page costs as many as it has, and one customer's page fits the default limit", () => {
  const own = pricesOf(readFileSync(new URL('../../schema/supergraph.graphql', import.meta.url), 'utf8'));
  expect(own.points('{ customers(first: 50) { nodes { id displayName } } }')).toBe(51);
  expect(own.points('query($n: Int) { orders(first: $n) { nodes { lines { sku } } } }', { n: 100 })).toBe(1 + 100 * 11);
});
