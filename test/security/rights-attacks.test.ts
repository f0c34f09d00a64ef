import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { SubgraphParts } from '../contract/gateway-subgraph.ts';
import { compose } from '../unit/rights-fixture.ts';
import { type Asked, startGuardedGraph } from './rights-graph.ts';

/** The subgraphs import the rights directives under other names: @auth and @scopes. */
const RIGHTS =
  'extend schema @link(url: "https://rights.example/rights/v1.0", import: ["@argumentScopes"]) @composeDirective(name: "@argumentScopes")\n' +
  'directive @argumentScopes(scopes: [[String!]!]!) repeatable on ARGUMENT_DEFINITION | INPUT_FIELD_DEFINITION';

const people: SubgraphParts = {
  name: 'people',
  typeDefs: `
    ${RIGHTS}
    type Query {
      person(id: ID!): Person
      people(email: String @argumentScopes(scopes: [["pii"]]), where: Where): [Person!]
      found: [Found!]
      staff: Staff @auth
      named: Named
    }
    type Mutation { rename(id: ID!, to: String!): Person }
    union Found = Person | Firm
    interface Named { name: String }
    type Person implements Named @key(fields: "id") {
      id: ID!
      name: String
      email: String @scopes(scopes: [["pii"]])
      salary: Salary
      mood: Mood
    }
    type Firm implements Named @key(fields: "id") @scopes(scopes: [["firms"]]) { id: ID! name: String }
    type Staff { name: String }
    type Salary @scopes(scopes: [["money"]]) { amount: Int! }
    enum Mood @scopes(scopes: [["mood"]]) { GOOD }
    input Where { email: String @argumentScopes(scopes: [["pii"]]) name: String }`,
  resolvers: {
    Query: {
      person: (_: unknown, { id }: { id: string }) => person(id),
      people: () => [person('1'), person('2')],
      found: () => [person('1'), { __typename: 'Firm', id: '9', name: 'Firm' }],
      staff: () => ({ name: 'Sam' }),
      named: () => person('1'),
    },
    Mutation: { rename: (_: unknown, { id }: { id: string }) => person(id) },
    Person: { __resolveReference: ({ id }: { id: string }) => person(id) },
    Firm: { __resolveReference: ({ id }: { id: string }) => ({ id, name: 'Firm' }) },
  },
};

const scores: SubgraphParts = {
  name: 'scores',
  typeDefs: `
    type Person @key(fields: "id") { id: ID! score: Int @scopes(scopes: [["scores"]]) rank: Int }
    type Firm @key(fields: "id") { id: ID! rank: Int }`,
  resolvers: {
    Person: { __resolveReference: ({ id }: { id: string }) => ({ id, score: Number(id) * 10, rank: Number(id) }) },
    Firm: { __resolveReference: ({ id }: { id: string }) => ({ id, rank: 100 }) },
  },
};

function person(id: string) {
  return { __typename: 'Person', id, name: `Person ${id}`, email: `p${id}@x.pl`, salary: { amount: 7 }, mood: 'GOOD' };
}

/** Fields and values that must not appear anywhere without the scope. */
const PROTECTED = /email|@x\.pl|salary|amount|mood|GOOD|score\b/;

let graph: Awaited<ReturnType<typeof startGuardedGraph>>;
beforeAll(async () => {
  graph = await startGuardedGraph([people, scores]);
});
afterAll(() => graph[Symbol.asyncDispose]());

async function attack(query: string, asked: Asked = {}) {
  graph.takeReceived();
  const answer = await graph.ask(query, asked);
  return { answer, received: graph.takeReceived(), data: JSON.stringify(answer.data) };
}

describe('a protected field never reaches a subgraph', () => {
  test.each([
    ['directly', '{ person(id: 1) { id email } }'],
    ['by an alias', '{ person(id: 1) { id name: email } }'],
    ['by many aliases', `{ person(id: 1) { id ${Array.from({ length: 200 }, (_, n) => `a${n}: email`).join(' ')} } }`],
    [
      'by an alias that is a member of objects',
      '{ person(id: 1) { id __proto__: email constructor: email toString: email } }',
    ],
    ['beside allowed duplicates', '{ person(id: 1) { id id email } person(id: 1) { id email name } }'],
    ['in a named fragment', '{ person(id: 1) { id ...F } } fragment F on Person { email }'],
    [
      'in an inline fragment',
      '{ person(id: 1) { id ... { email } ... on Person { ... on Named { ... on Person { email } } } } }',
    ],
    [
      'in a nested fragment',
      '{ person(id: 1) { id ...F } } fragment F on Person { ...G } fragment G on Person { name ... on Person { email } }',
    ],
    ['through a union', '{ found { ... on Person { id email } } }'],
    [
      'through an interface',
      '{ named { ... on Person { id email } } found { ... on Named { ... on Person { email } } ... on Person { id } } }',
    ],
    ['in a list', '{ people { id email } }'],
    ['of a protected type', '{ person(id: 1) { id salary { amount } } }'],
    ['of a protected enum', '{ person(id: 1) { id mood } }'],
    ['of another subgraph', '{ person(id: 1) { id score rank } found { ... on Person { score rank } } }'],
    ['alone', '{ person(id: 1) { email } }'],
    ['in an operation called __schema', 'query __schema { person(id: 1) { id email } }'],
  ])('%s', async (_how, query) => {
    const { answer, received, data } = await attack(query);
    expect(received).not.toMatch(PROTECTED);
    expect(data).not.toMatch(/p\d@x|GOOD|"(amount|score)":[^n]/);
    expect(answer.errors?.length).toBeGreaterThan(0);
    for (const { extensions } of answer.errors ?? []) {
      expect(extensions?.code).toBe('UNAUTHORIZED_FIELD_OR_TYPE');
    }
  });

  test('and does with its scope', async () => {
    const { received, data, answer } = await attack('{ person(id: 1) { email score } }', { scopes: 'pii scores' });
    expect(received).toMatch(/email/);
    expect(answer.errors).toBeUndefined();
    expect(data).toBe('{"person":{"email":"p1@x.pl","score":10}}');
  });

  test('also when one with the scope asked the same before, and whatever the variables are', async () => {
    const query = 'query ($with: Boolean = true) { person(id: 1) { id email @include(if: $with) } }';
    for (const variables of [{}, { with: true }, { with: false }]) {
      const before = await attack(query, { scopes: 'pii', variables });
      const after = await attack(query, { variables });
      expect(after.received).not.toMatch(PROTECTED);
      expect(before.data).toBe(
        variables.with === false ? '{"person":{"id":"1"}}' : '{"person":{"id":"1","email":"p1@x.pl"}}',
      );
      expect(after.data).toBe(
        variables.with === false ? '{"person":{"id":"1"}}' : '{"person":{"id":"1","email":null}}',
      );
      expect(after.answer.errors?.length ?? 0).toBe(variables.with === false ? 0 : 1);
    }
  });
});

describe('objects of several types through the real planner', () => {
  test('keep their places when one type is denied', async () => {
    const { data } = await attack('{ found { __typename ... on Firm { name rank } ... on Person { id rank } } }');
    expect(data).toBe(
      '{"found":[{"__typename":"Person","id":"1","rank":1},{"__typename":"Firm","name":null,"rank":null}]}',
    );
  });

  test('are told apart although nothing else is left to ask', async () => {
    const { data, received } = await attack('{ found { ... on Firm { name rank } } }');
    expect(data).toBe('{"found":[{},{"name":null,"rank":null}]}');
    expect(received).not.toMatch(/rank|\bname\b/);
  });

  test('cannot be read through a field that all of them share', async () => {
    const { data, answer } = await attack('{ found { ... on Named { name } } }');
    expect(data).toBe('{"found":[{"name":null},{"name":null}]}');
    expect(answer.errors?.map(({ path }) => path)).toEqual([['found', 'name']]);
  });

  test('a failure where only the type was asked for is told at the object', async () => {
    graph.subgraph('people').misbehave(() => ({ kind: 'http', status: 500, body: 'down' }));
    const { answer } = await attack('{ person(id: 1) { email } }');
    graph.subgraph('people').misbehave(() => null);
    expect(answer.data).toEqual({ person: null });
    expect(answer.errors?.map(({ path, extensions }) => [path, extensions?.code])).toEqual([
      [['person', 'email'], 'UNAUTHORIZED_FIELD_OR_TYPE'],
      [['person'], expect.stringMatching(/^SUBGRAPH_/)],
    ]);
  });
});

describe('a mutation with a denied part', () => {
  test('is refused before any write', async () => {
    const { answer, received } = await attack(
      'mutation { a: rename(id: 1, to: "x") { id } b: rename(id: 2, to: "y") { email } }',
    );
    expect(received).toBe('');
    expect(answer.data).toBeNull();
    expect(answer.errors?.map(({ path }) => path)).toEqual([['b', 'email']]);
  });

  test('is written when the part is not included', async () => {
    const query = 'mutation ($with: Boolean!) { rename(id: 1, to: "x") { id email @include(if: $with) } }';
    const { received, data } = await attack(query, { variables: { with: false } });
    expect(received).toMatch(/rename/);
    expect(received).not.toMatch(PROTECTED);
    expect(data).toBe('{"rename":{"id":"1"}}');
  });
});

describe('a forbidden argument', () => {
  test.each([
    ['{ people(email: "p1@x.pl") { id } }', {}],
    ['query ($e: String) { people(email: $e) { id } }', { e: 'p1@x.pl' }],
    ['query ($w: Where) { people(where: $w) { id } }', { w: { email: null } }],
    ['query ($w: Where = { email: "p1@x.pl" }) { people(where: $w) { id } }', {}],
    ['{ found { __typename } people(where: { email: "x" }) { id } }', {}],
  ])('reaches nobody: %s', async (query, variables) => {
    const { answer, received } = await attack(query, { variables });
    expect(received).toBe('');
    expect(answer).toMatchObject({ data: null, errors: [{ extensions: { code: 'FORBIDDEN_ARGUMENT' } }] });
  });

  test('is allowed with its scope, or when it is not sent', async () => {
    const query = 'query ($e: String) { people(email: $e) { id } }';
    const sent = await attack(query, { variables: { e: 'x' }, scopes: 'pii' });
    const unsent = await attack(query);
    expect([sent.data, unsent.data]).toEqual(Array(2).fill('{"people":[{"id":"1"},{"id":"2"}]}'));
  });
});

describe('a document with several operations', () => {
  const query =
    'query Open { person(id: 1) { id } } query Closed { person(id: 1) { id email } } mutation Write { rename(id: 1, to: "x") { email } }';

  test('is judged by the one that runs', async () => {
    const open = await attack(query, { operationName: 'Open' });
    expect(open.answer).toEqual({ data: { person: { id: '1' } } });
    const closed = await attack(query, { operationName: 'Closed' });
    expect(closed.received).not.toMatch(PROTECTED);
    expect(closed.data).toBe('{"person":{"id":"1","email":null}}');
    expect((await attack(query, { operationName: 'Write' })).received).toBe('');
  });
});

describe('internal ways in', () => {
  test.each([
    '{ _service { sdl } }',
    '{ _entities(representations: []) { __typename } }',
    '{ person(id: 1) { claim } }',
  ])('are not part of the graph: %s', async (query) => {
    const { answer, received } = await attack(query);
    expect(answer.errors?.[0]?.message).toMatch(/^Cannot query field/);
    expect(received).toBe('');
  });
});

describe('introspection', () => {
  const query =
    '{ __schema { types { name } } person: __type(name: "Person") { fields { name } } salary: __type(name: "Salary") { name } }';

  test('shows only what the caller could select, and never asks a subgraph', async () => {
    const { answer, received, data } = await attack(query);
    expect(received).toBe('');
    expect(answer).toMatchObject({
      data: { person: { fields: [{ name: 'id' }, { name: 'name' }, { name: 'rank' }] }, salary: null },
    });
    expect(data).not.toMatch(/Salary|Mood|Firm|email/);
    expect((await attack(query, { scopes: 'money mood firms pii scores' })).data).toMatch(/Salary.*Firm|Firm.*Salary/);
  });
});

test('500 requests of 50 callers on one text at once: each gets what its own scopes open', async () => {
  const query = '{ person(id: 1) { id email salary { amount } score } }';
  const scopesOf = (number: number) => ['pii', 'money', 'scores'].filter((_, bit) => (number >> bit) & 1);
  const answers = await Promise.all(
    Array.from({ length: 500 }, async (_, number) => {
      const scopes = scopesOf(number % 50);
      return { scopes, answer: await graph.ask(query, { scopes: [...scopes, `caller-${number % 50}`].join(' ') }) };
    }),
  );
  for (const { scopes, answer } of answers) {
    expect(answer.data).toEqual({
      person: {
        id: '1',
        email: scopes.includes('pii') ? 'p1@x.pl' : null,
        salary: scopes.includes('money') ? { amount: 7 } : null,
        score: scopes.includes('scores') ? 10 : null,
      },
    });
  }
});

test('a derived field cannot leak what it requires: composition refuses it without the same rule', () => {
  const owner =
    'type Query { p: P } type P @key(fields: "id") { id: ID! secret: Int @requiresScopes(scopes: [["x"]]) }';
  const derived = (rule: string) =>
    `type P @key(fields: "id") { id: ID! secret: Int @external derived: Int @requires(fields: "secret") ${rule} }`;
  expect(() => compose(owner, derived(''))).toThrow('does not specify necessary');
  expect(compose(owner, derived('@requiresScopes(scopes: [["x"]])'))).toMatch(/derived/);
});
