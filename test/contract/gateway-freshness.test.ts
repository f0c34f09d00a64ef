import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { customerGraph } from './gateway-customers.ts';
import { post, startGraph } from './gateway-fixture.ts';

let graph: Awaited<ReturnType<typeof startGraph>>;
beforeAll(async () => {
  graph = await startGraph(customerGraph);
});
afterAll(() => graph[Symbol.asyncDispose]());

const QUERY = '{ customer(id: "1") { name orders { id } } }';

/** Lets both subgraphs say how fresh they are. */
function say(freshness: { identity?: unknown; shop?: unknown }, more: Record<string, unknown> = {}) {
  for (const name of ['identity', 'shop'] as const) {
    const extensions = { ...(freshness[name] === undefined ? {} : { freshness: freshness[name] }), ...more };
    graph.subgraph(name).misbehave(() => ({ kind: 'change', change: (answer) => ({ ...answer, extensions }) }));
  }
}

async function headersOf(query = QUERY) {
  const { headers } = await post(graph.endpoint, { query });
  return { cacheControl: headers.get('cache-control'), age: headers.get('age') };
}

test('an answer is as old as its oldest part, and may be kept as long as its least fresh one', async () => {
  say({ identity: { ageMs: 20_000, freshMs: 40_000 }, shop: { ageMs: 5_000, freshMs: 25_000 } });
  expect(await headersOf()).toEqual({ cacheControl: 'public, max-age=45', age: '20' });
});

test('what is stale may not be used again without asking', async () => {
  say({ identity: { ageMs: 90_000, freshMs: 0 }, shop: { ageMs: 0, freshMs: 30_000 } });
  expect(await headersOf()).toEqual({ cacheControl: 'public, max-age=90', age: '90' });
});

test.each([
  ['a part says nothing', { identity: { ageMs: 0, freshMs: 30_000 } }, {}],
  ['a part says something else', { identity: { ageMs: 0, freshMs: 30_000 }, shop: { ageMs: '0', freshMs: -1 } }, {}],
  [
    'the answer may lack something',
    { identity: { ageMs: 0, freshMs: 30_000 }, shop: { ageMs: 0, freshMs: 30_000 } },
    { incomplete: [{ source: 'woo', code: 'UPSTREAM_TIMEOUT' }] },
  ],
])('nobody keeps it when %s', async (_, freshness, more) => {
  say(freshness, more);
  expect(await headersOf()).toEqual({ cacheControl: 'no-store', age: null });
});

test('nobody keeps an answer with errors', async () => {
  const fresh = { ageMs: 0, freshMs: 30_000 };
  say({ identity: fresh, shop: fresh });
  graph.subgraph('shop').misbehave(() => ({ kind: 'http', status: 500, body: '{}' }));
  expect(await headersOf()).toEqual({ cacheControl: 'no-store', age: null });
});

test('nobody keeps a mutation, nor what no subgraph was asked for', async () => {
  const fresh = { ageMs: 0, freshMs: 30_000 };
  say({ identity: fresh, shop: fresh });
  expect((await headersOf('mutation { cancel(id: "1") { id } }')).cacheControl).toBe('no-store');
  expect((await headersOf('{ __typename }')).cacheControl).toBe('no-store');
});

test('says what the answer depends on', async () => {
  const { headers } = await post(graph.endpoint, { query: QUERY });
  expect(headers.get('vary')).toBe('Accept, Authorization, X-Actor-Assertion, X-Authorization-Errors');
});
