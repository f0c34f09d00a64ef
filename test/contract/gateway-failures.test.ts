import { expect, test } from '@jest/globals';
import type { ExecutionResult } from 'graphql';
import { customerGraph } from './gateway-customers.ts';
import { codesByPath, shareGraph, startGraph } from './gateway-fixture.ts';
import type { Misbehaviour } from './gateway-subgraph.ts';

const customers = shareGraph(customerGraph);
const impatient = shareGraph(customerGraph, { limits: { subgraphTimeoutMs: 2000 } });

const CUSTOMER_360 = '{ customer(id: "1") { id name debt orders { number } } invoiceCount }';

test('joins three subgraphs', async () => {
  const graph = customers();
  expect(await graph.ask(CUSTOMER_360)).toEqual({
    data: {
      customer: {
        id: '1',
        name: 'Customer 1',
        debt: 'debt of records-1',
        orders: [{ number: 'no. records-1-a' }, { number: 'no. records-1-b' }],
      },
      invoiceCount: 7,
    },
  });
});

test.each<[string, Misbehaviour, string]>([
  ['breaks the connection', { kind: 'reset' }, 'SUBGRAPH_UNAVAILABLE'],
  ['never answers', { kind: 'hang' }, 'SUBGRAPH_TIMEOUT'],
  ['answers 500', { kind: 'http', status: 500, body: '{"secret":"canary"}' }, 'SUBGRAPH_UNAVAILABLE'],
  [
    'answers 500 with errors',
    { kind: 'http', status: 500, body: '{"errors":[{"message":"canary"}]}' },
    'SUBGRAPH_UNAVAILABLE',
  ],
  [
    'answers 429',
    { kind: 'http', status: 429, headers: { 'retry-after': '3' }, body: 'canary' },
    'SUBGRAPH_UNAVAILABLE',
  ],
  [
    'redirects',
    { kind: 'http', status: 302, headers: { location: 'http://canary/' }, body: '' },
    'SUBGRAPH_UNAVAILABLE',
  ],
  ['answers HTML', { kind: 'http', status: 200, body: '<html>canary</html>' }, 'SUBGRAPH_BAD_RESPONSE'],
  ['answers a list', { kind: 'http', status: 200, body: '["canary"]' }, 'SUBGRAPH_BAD_RESPONSE'],
  ['answers nothing', { kind: 'http', status: 200, body: '{}' }, 'SUBGRAPH_BAD_RESPONSE'],
  ['answers null', { kind: 'http', status: 200, body: '{"data":null}' }, 'SUBGRAPH_BAD_RESPONSE'],
  ['forgets the entities', { kind: 'http', status: 200, body: '{"data":{}}' }, 'SUBGRAPH_BAD_RESPONSE'],
  [
    'answers too few entities',
    { kind: 'http', status: 200, body: '{"data":{"_entities":[]}}' },
    'SUBGRAPH_BAD_RESPONSE',
  ],
  [
    'answers other things',
    { kind: 'http', status: 200, body: '{"data":{"_entities":["canary"]}}' },
    'SUBGRAPH_BAD_RESPONSE',
  ],
  ['leaves out a field', { kind: 'http', status: 200, body: '{"data":{"_entities":[{}]}}' }, 'SUBGRAPH_BAD_RESPONSE'],
  [
    'answers no list',
    { kind: 'http', status: 200, body: '{"data":{"_entities":[{"orders":"canary"}]}}' },
    'SUBGRAPH_BAD_RESPONSE',
  ],
  [
    'answers no objects',
    { kind: 'http', status: 200, body: '{"data":{"_entities":[{"orders":["canary"]}]}}' },
    'SUBGRAPH_BAD_RESPONSE',
  ],
  [
    'reports an uncoded error',
    { kind: 'change', change: () => ({ data: null, errors: [{ message: 'x' }] }) },
    'SUBGRAPH_ERROR',
  ],
])('keeps the other fields when a subgraph %s', async (_what, misbehaviour, code) => {
  const graph = misbehaviour.kind === 'hang' ? impatient() : customers();
  graph.subgraph('shop').misbehave(() => misbehaviour);
  const answer = await graph.ask(CUSTOMER_360);
  expect(answer.data).toEqual({
    customer: { id: '1', name: 'Customer 1', debt: 'debt of records-1', orders: null },
    invoiceCount: 7,
  });
  expect(codesByPath(answer)).toEqual([expect.stringMatching(`^customer.orders(.0)?: ${code}$`)]);
  expect(answer.errors?.[0]?.extensions).toMatchObject({ service: 'shop' });
  expect(JSON.stringify(answer)).not.toMatch(/canary|127\.0\.0\.1/);
});

test('fields that need a lost key have its error, under the names the client gave them', async () => {
  const graph = customers();
  graph.subgraph('identity').misbehave(() => ({ kind: 'reset' }));
  const answer = await graph.ask(
    '{ order(id: "o-1") { id customer { called: name owes: debt orders { id number } } } }',
  );
  expect(answer.data).toEqual({ order: { id: 'o-1', customer: { called: null, owes: null, orders: null } } });
  expect(codesByPath(answer)).toEqual([
    'order.customer.called: SUBGRAPH_UNAVAILABLE',
    'order.customer.orders: SUBGRAPH_UNAVAILABLE',
    'order.customer.owes: SUBGRAPH_UNAVAILABLE',
  ]);
});

test('an error names the entity it belongs to, also behind one whose key is lost', async () => {
  const graph = customers();
  graph
    .subgraph('identity')
    .misbehave(({ query }) =>
      query.includes('_entities') ? change(failEntity(0, 'records', 'UPSTREAM_TIMEOUT', { entity: null })) : null,
    );
  graph
    .subgraph('accounting')
    .misbehave(() => change(failEntity(1, 'debt', 'UPSTREAM_AUTH', { entity: { debt: null } })));
  const answer = await graph.ask('{ customers { orders { customer { name debt } } } }');
  const orders = (name: string | null, debt: string | null) => ({
    orders: [1, 2].map(() => ({ customer: { name, debt } })),
  });
  expect(answer.data).toEqual({
    customers: [orders(null, null), orders('Customer 2', 'debt of records-2'), orders('Customer 3', null)],
  });
  expect(codesByPath(answer)).toEqual([
    'customers.0.orders.0.customer.debt: UPSTREAM_TIMEOUT',
    'customers.0.orders.0.customer.name: UPSTREAM_TIMEOUT',
    'customers.0.orders.1.customer.debt: UPSTREAM_TIMEOUT',
    'customers.0.orders.1.customer.name: UPSTREAM_TIMEOUT',
    'customers.2.orders.0.customer.debt: UPSTREAM_AUTH',
    'customers.2.orders.1.customer.debt: UPSTREAM_AUTH',
  ]);
});

test('asks for an entity once, however often it stands in the answer', async () => {
  const graph = customers();
  await graph.ask('{ customers { orders { customer { name } } } }');
  const asked = graph.subgraph('identity').received.filter(({ query }) => query.includes('_entities'));
  expect(asked.map(({ variables }) => variables.representations)).toEqual([
    ['claim-1', 'claim-2', 'claim-3'].map((claim) => ({ __typename: 'Customer', claim })),
  ]);
});

test('a subgraph is not asked with null for a value that is unknown', async () => {
  const graph = customers();
  const failWeight = (answer: ExecutionResult) => ({
    data: { order: { ...(answer.data?.order as object), weight: null } },
    errors: [
      { message: 'no weight', path: ['order', 'weight'], extensions: { code: 'UPSTREAM_TIMEOUT', source: 'woo' } },
    ],
  });
  graph.subgraph('shop').misbehave(() => change(failWeight));
  const answer = await graph.ask('{ order(id: "o-1") { number freight } }');
  expect(answer).toEqual({
    data: { order: { number: 'no. o-1', freight: null } },
    errors: [
      {
        message: 'no weight',
        path: ['order', 'freight'],
        extensions: { code: 'UPSTREAM_TIMEOUT', source: 'woo', service: 'shop' },
      },
    ],
  });
  expect(graph.subgraph('accounting').received).toEqual([]);
});

test.each([
  ['an object', 'boxes { size }', '[Box]', [{ size: 1 }, new Error('no box')]],
  ['a value', 'boxes', '[Int]', [1, new Error('no box')]],
  ['an object in a list', 'boxes { size }', '[[Box]]', [[{ size: 1 }], [new Error('no box')]]],
])('a subgraph is not asked with null for %s in a list that is unknown', async (_what, required, type, boxes) => {
  const box = 'type Box @shareable { size: Int }';
  await using graph = await startGraph([
    {
      name: 'goods',
      typeDefs: `type Query { product: Product } type Product @key(fields: "id") { id: ID! boxes: ${type} } ${box}`,
      resolvers: { Query: { product: () => ({ id: '1' }) }, Product: { boxes: () => boxes } },
    },
    {
      name: 'freight',
      typeDefs: `
        type Product @key(fields: "id") {
          id: ID! boxes: ${type} @external freight: Int @requires(fields: "${required}")
        }
        ${box}`,
      resolvers: { Product: { __resolveReference: () => ({ freight: 5 }) } },
    },
  ]);
  const answer = await graph.ask('{ product { freight } }');
  expect(answer.data).toEqual({ product: { freight: null } });
  expect(codesByPath(answer)).toEqual(['product.freight: SUBGRAPH_ERROR']);
  expect(graph.subgraph('freight').received).toEqual([]);
});

test('a lost place has one error of one cause, at the field that failed', async () => {
  await using graph = await startGraph([
    {
      name: 'notes',
      typeDefs: `
        type Query { note: Note }
        type Note @key(fields: "id") { id: ID! author: User place: Place }
        type User @key(fields: "id") { id: ID! }
        type Place { rank: Int! user: User! }`,
      resolvers: {
        Query: { note: () => ({ id: 'n' }) },
        Note: { author: () => ({ id: 'u' }), place: () => ({ rank: 1, user: { id: 'u' } }) },
      },
    },
    {
      name: 'users',
      typeDefs: 'type User @key(fields: "id") { id: ID! age: Int name: String! mail: String! }',
      resolvers: {
        User: {
          __resolveReference: () => ({ mail: 'm', age: 5 }),
          name: () => {
            throw new Error('no name');
          },
        },
      },
    },
  ]);
  const query = '{ note { author { age called: name __typename mail } place { rank user { mail } } } }';
  const answer = await graph.ask(query);
  expect(answer.data).toEqual({ note: { author: null, place: { rank: 1, user: { mail: 'm' } } } });
  expect(codesByPath(answer)).toEqual(['note.author.called: SUBGRAPH_ERROR']);
  graph.subgraph('users').misbehave(() => ({ kind: 'reset' }));
  expect(codesByPath(await graph.ask(query))).toEqual([
    'note.author.age: SUBGRAPH_UNAVAILABLE',
    'note.place.user.mail: SUBGRAPH_UNAVAILABLE',
  ]);
});

test('a place that has an error needs no other for what is null inside of it', async () => {
  await using graph = await startGraph([
    {
      name: 'charts',
      typeDefs: `
        type Query { first: Place }
        type Place { rank: Int! song: Song }
        type Song @key(fields: "id") { id: ID! }`,
      resolvers: { Query: { first: () => ({ rank: new Error('no rank'), song: { id: 's' } }) } },
    },
    {
      name: 'media',
      typeDefs: 'type Song @key(fields: "id") { id: ID! title: String! }',
      resolvers: { Song: { __resolveReference: () => null } },
    },
  ]);
  const keepSong = ({ errors }: ExecutionResult) => ({
    data: { first: { rank: null, song: { __typename: 'Song', id: 's' } } },
    errors,
  });
  graph.subgraph('charts').misbehave(() => change(keepSong));
  const answer = await graph.ask('{ first { song { title } rank } }');
  expect(answer.data).toEqual({ first: null });
  expect(codesByPath(answer)).toEqual(['first.rank: SUBGRAPH_ERROR']);
});

test('all root fields of an answer without data have an error, not only the one that is named', async () => {
  const graph = customers();
  const failed = {
    data: null,
    errors: [{ message: 'x', path: ['a', 'source', 'name'], extensions: { code: 'UPSTREAM_AUTH' } }],
  };
  graph.subgraph('shop').misbehave(() => change(() => failed));
  const answer = await graph.ask('{ a: order(id: "1") { source { name } } b: order(id: "2") { number } invoiceCount }');
  expect(answer.data).toEqual({ a: null, b: null, invoiceCount: 7 });
  expect(codesByPath(answer)).toEqual(['a.source.name: UPSTREAM_AUTH', 'b: UPSTREAM_AUTH']);
});

test('null where the schema promises a value is an error with its service, and goes up to where null is allowed', async () => {
  const graph = customers();
  graph.subgraph('shop').misbehave(() => change(() => ({ data: { order: { number: '1', source: { name: null } } } })));
  expect(await graph.ask('{ order(id: "1") { number source { name } } }')).toEqual({
    data: { order: null },
    errors: [
      {
        message: 'Subgraph shop answered null for a field that is never null',
        path: ['order', 'source', 'name'],
        extensions: { code: 'SUBGRAPH_BAD_RESPONSE', service: 'shop' },
      },
    ],
  });
});

test('a value of another kind than the schema promises is an error', async () => {
  const graph = customers();
  graph.subgraph('shop').misbehave(() => change(() => ({ data: { order: { number: { canary: 1 }, weight: 5 } } })));
  expect(await graph.ask('{ order(id: "1") { number weight } }')).toEqual({
    data: { order: { number: null, weight: 5 } },
    errors: [
      {
        message: 'Invalid value found for field Order.number.',
        path: ['order', 'number'],
        extensions: { code: 'SUBGRAPH_BAD_RESPONSE' },
      },
    ],
  });
});

test('an entity that a subgraph does not have is plain null', async () => {
  const graph = customers();
  graph.subgraph('accounting').misbehave(() => change(() => ({ data: { _entities: [null] } })));
  expect(await graph.ask('{ customer(id: "1") { name debt } }')).toEqual({
    data: { customer: { name: 'Customer 1', debt: null } },
  });
});

test("a subgraph's own error keeps its extensions, without stacks, addresses and places in another document", async () => {
  const graph = customers();
  const error = {
    message: 'GET http://10.0.0.7:9000/canary failed',
    path: ['_entities', 0, 'debt'],
    locations: [{ line: 1, column: 1 }],
    extensions: {
      code: 'UPSTREAM_RATE_LIMITED',
      source: 'fakturownia',
      vendor: 'fakturownia',
      retryAfterMs: 3000,
      stacktrace: ['canary'],
      response: { body: 'canary' },
      hint: { see: 'postgres://u:canary@db/x' },
    },
  };
  graph
    .subgraph('accounting')
    .misbehave(() => change(() => ({ data: { _entities: [{ debt: null }] }, errors: [error] })));
  expect((await graph.ask('{ customer(id: "1") { debt } }')).errors).toEqual([
    {
      message: 'GET [url] failed',
      path: ['customer', 'debt'],
      extensions: {
        code: 'UPSTREAM_RATE_LIMITED',
        source: 'fakturownia',
        vendor: 'fakturownia',
        retryAfterMs: 3000,
        hint: { see: '[url]' },
        service: 'accounting',
      },
    },
  ]);
});

test('a subgraph that reports an error beside whole data is still heard', async () => {
  const graph = customers();
  const warn = (answer: ExecutionResult) => ({
    ...answer,
    errors: [{ message: 'old data', extensions: { code: 'STALE' } }],
  });
  graph.subgraph('accounting').misbehave(() => change(warn));
  const answer = await graph.ask('{ customer(id: "1") { debt } }');
  expect(answer.data).toEqual({ customer: { debt: 'debt of records-1' } });
  expect(codesByPath(answer)).toEqual(['customer: STALE']);
});

test('what sources do not provide is told once, beside the data', async () => {
  const graph = customers();
  const entry = { code: 'NOT_PROVIDED_BY_SOURCE', coordinate: 'Customer.debt', source: 'f', vendor: 'v' };
  const tell = (answer: ExecutionResult) => ({ ...answer, extensions: { notProvided: [entry], other: 1 } });
  for (const name of ['identity', 'accounting']) graph.subgraph(name).misbehave(() => change(tell));
  expect((await graph.ask('{ customer(id: "1") { name debt } }')).extensions).toEqual({ notProvided: [entry] });
});

function change(change: (answer: ExecutionResult) => unknown): Misbehaviour {
  return { kind: 'change', change };
}

function failEntity(index: number, key: string, code: string, { entity }: { entity: unknown }) {
  return ({ data }: ExecutionResult) => ({
    data: { _entities: (data!._entities as unknown[]).map((one, at) => (at === index ? entity : one)) },
    errors: [{ message: 'failed', path: ['_entities', index, key], extensions: { code } }],
  });
}
