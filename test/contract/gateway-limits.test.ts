import { expect, test } from '@jest/globals';
import type { GatewayLimits } from '../../gateway/limits.ts';
import { customerGraph } from './gateway-customers.ts';
import { codesByPath, shareGraph, startGraph } from './gateway-fixture.ts';

const customers = shareGraph(customerGraph);
const start = (limits: Partial<GatewayLimits>) => startGraph(customerGraph, { limits });

test.each([
  ['nests too deep', deep(31), 'nests deeper than 30 levels'],
  ['nests thousandfold', deep(1200), /nests (too deep|deeper than 30 levels)/],
  ['nests deep in a fragment', `{ ...f } fragment f on Query ${deep(31)}`, 'nests deeper than 30 levels'],
  ['has too many tokens', `{ ${'invoiceCount '.repeat(10_001)} }`, 'has more than 10000 tokens'],
  ['has too many fields', `{ ${'invoiceCount '.repeat(5001)} }`, 'asks for more than 5000 fields'],
  ['multiplies fragments 2^14 times', fanOut(14), 'asks for more than 5000 fields'],
  ['multiplies fragments 2^60 times', fanOut(60), /asks for more than 5000 fields|nests deeper/],
])('refuses an operation that %s before it is planned', async (_what, query, message) => {
  const graph = customers();
  expect(await graph.ask(query)).toEqual({
    errors: [
      { message: expect.stringMatching(message), extensions: expect.objectContaining({ code: 'OPERATION_TOO_LARGE' }) },
    ],
  });
});

test('refuses fragments that go in circles', async () => {
  const graph = customers();
  const query = '{ ...a } fragment a on Query { invoiceCount ...b } fragment b on Query { ...a }';
  expect((await graph.ask(query)).errors).toMatchObject([{ extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } }]);
});

test('answers as many aliases as are allowed', async () => {
  await using graph = await start({ planningTimeoutMs: 20_000, maxAliases: 2000, maxRootFields: 2000 });
  const { data } = await graph.ask(aliases(2000));
  expect(Object.keys(data ?? {})).toHaveLength(2000);
});

test('refuses an operation whose fields would all have to be compared with all others', async () => {
  await using graph = await start({ maxRootFields: 5000 });
  expect(await graph.ask(`{ ${'invoiceCount '.repeat(4900)} }`)).toMatchObject({
    errors: [{ extensions: { code: 'OPERATION_TOO_LARGE' } }],
  });
});

test('ends planning at its deadline and goes on planning others', async () => {
  await using graph = await start({ ...HUGE, planningTimeoutMs: 1500 });
  const slow = `{ ${Array.from({ length: 3000 }, (_, index) => `a${index}: ${JOIN}`).join(' ')} }`;
  const refusal = {
    errors: [{ message: expect.stringContaining('within 1500 ms'), extensions: { code: 'OPERATION_TOO_LARGE' } }],
  };
  expect(await graph.ask(slow)).toEqual(refusal);
  expect(await graph.ask('{ invoiceCount }')).toEqual({ data: { invoiceCount: 7 } });
});

test.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty'])(
  'takes %s as a name for an alias, a fragment and an operation',
  async (name) => {
    const graph = customers();
    const query = `query ${name} { ...${name} } fragment ${name} on Query { ${name}: customer(id: "1") { ${name}: name x: debt } }`;
    const answer = (await graph.ask(query)) as { data: Record<string, Record<string, unknown>> };
    expect(Object.entries(answer.data)).toEqual([[name, expect.anything()]]);
    expect(Object.entries(answer.data[name]!)).toEqual([
      [name, 'Customer 1'],
      ['x', 'debt of records-1'],
    ]);
  },
);

test('names such fields in errors', async () => {
  const graph = customers();
  graph.subgraph('accounting').misbehave(() => ({ kind: 'reset' }));
  const { errors } = await graph.ask('{ __proto__: customer(id: "1") { constructor: debt name } }');
  expect(errors?.map(({ path }) => path)).toEqual([['__proto__', 'constructor']]);
});

test.each([
  '{ _entities(representations: []) { __typename } }',
  '{ _service { sdl } }',
  '{ customer(id: "1") { records } }',
])('does not know %s', async (query) => {
  const graph = customers();
  expect((await graph.ask(query)).errors).toMatchObject([{ extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } }]);
  for (const name of ['identity', 'shop', 'accounting']) expect(graph.subgraph(name).received).toEqual([]);
});

test('an alias that is called like a key neither shows the key nor takes its place', async () => {
  const graph = customers();
  const query =
    '{ customer(id: "1") { records: name claim: name debt orders { id: number weight: number freight customer { id: name debt } } } }';
  const answer = await graph.ask(query);
  const owner = { id: 'Customer 1', debt: 'debt of records-1' };
  const order = (name: string) => ({ id: `no. ${name}`, weight: `no. ${name}`, freight: 10, customer: owner });
  expect(answer).toEqual({
    data: {
      customer: {
        records: 'Customer 1',
        claim: 'Customer 1',
        debt: 'debt of records-1',
        orders: [order('records-1-a'), order('records-1-b')],
      },
    },
  });
  const asked = graph.subgraph('accounting').received.map(({ variables }) => JSON.stringify(variables));
  expect(asked.join()).not.toMatch(/no\. |Customer 1/);
  graph.subgraph('identity').misbehave(() => ({ kind: 'reset' }));
  expect(
    codesByPath(await graph.ask('{ customer(id: "1") { id: name } order(id: "o-1") { customer { id: name } } }')),
  ).toEqual(['customer: SUBGRAPH_UNAVAILABLE', 'order.customer.id: SUBGRAPH_UNAVAILABLE']);
});

test.each([
  ['a variable', 'representations', 'query($representations: ID!) { customer(id: $representations) { debt } }'],
  ['an alias', '__typename', '{ customer(id: "1") { __typename: name debt } }'],
])('%s cannot have the name %s, which plans use themselves', async (_what, name, query) => {
  const graph = customers();
  expect((await graph.ask(query, { representations: '1' })).errors).toMatchObject([
    { message: expect.stringContaining(`"${name}"`), extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } },
  ]);
});

test('introspection shows what clients may use, and nothing internal', async () => {
  const graph = customers();
  const { data } = await graph.ask('{ __schema { types { name } } __type(name: "Customer") { fields { name } } }');
  expect(JSON.stringify(data)).not.toMatch(/_Entity|_Any|join__|link__|"claim"|"records"/);
  expect(data).toMatchObject({
    __type: { fields: ['debt', 'id', 'name', 'orders'].map((name) => ({ name })) },
  });
});

test('500 requests at once for one query get each their own answer', async () => {
  const graph = customers();
  const query = 'query($id: ID!) { customer(id: $id) { id name debt orders { number } } }';
  const ids = Array.from({ length: 500 }, (_, index) => `c${index}`);
  const answers = await Promise.all(ids.map((id) => graph.ask(query, { id })));
  expect(answers).toEqual(
    ids.map((id) => ({
      data: {
        customer: {
          id,
          name: `Customer ${id}`,
          debt: `debt of records-${id}`,
          orders: [{ number: `no. records-${id}-a` }, { number: `no. records-${id}-b` }],
        },
      },
    })),
  );
});

const HUGE = {
  maxTokens: 100_000,
  maxFields: 100_000,
  maxAliases: 100_000,
  maxRootFields: 100_000,
  maxCost: 1_000_000,
};

const JOIN = 'customer(id: "1") { name debt orders { number freight } }';

function deep(levels: number): string {
  return `${'{ customer(id: "1") '.repeat(levels - 1)}{ __typename }${' }'.repeat(levels - 1)}`;
}

function aliases(count: number): string {
  return `{ ${Array.from({ length: count }, (_, index) => `a${index}:__typename`).join(' ')} }`;
}

/** Each fragment spreads the next one twice. */
function fanOut(levels: number): string {
  const fragments = Array.from(
    { length: levels },
    (_, level) => `fragment f${level} on Query { ...f${level + 1} ...f${level + 1} }`,
  );
  return `{ ...f0 } ${fragments.join(' ')} fragment f${levels} on Query { invoiceCount }`;
}
