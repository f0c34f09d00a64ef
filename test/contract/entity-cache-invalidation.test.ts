import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { startAdminServer } from '../../common/admin-server.ts';
import { createLogger } from '../../common/log.ts';
import { addInvalidationRoute } from '../../gateway/entity-cache/invalidation-route.ts';
import { startShelf } from './entity-cache-fixture.ts';

const KEY = 'a key of operators';
const QUERY = '{ top { name maker { id } reviews { body } } }';

let started: AsyncDisposableStack;
let shelf: Awaited<ReturnType<typeof startShelf>>;
let adminUrl: string;
beforeAll(async () => {
  started = new AsyncDisposableStack();
  shelf = started.use(await startShelf());
  const log = createLogger({ level: 'silent', name: 'test' });
  const admin = await startAdminServer({
    port: 0,
    adminPort: 0,
    adminHost: '127.0.0.1',
    log,
    metrics: shelf.metrics,
    addRoutes: (server) => addInvalidationRoute(server, shelf.cache, KEY),
  });
  started.use(admin);
  adminUrl = admin.url!;
});
afterAll(() => started.disposeAsync());
beforeEach(async () => {
  await invalidate([
    { kind: 'subgraph', subgraph: 'products' },
    { kind: 'subgraph', subgraph: 'reviews' },
  ]);
  shelf.say({ headers: { 'cache-control': 'max-age=60' } });
  await shelf.ask(QUERY);
  shelf.calls();
});

async function invalidate(body: unknown, authorization = KEY) {
  const response = await fetch(`${adminUrl}/cache/invalidate`, {
    method: 'POST',
    headers: { authorization, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  return { status: response.status, body: (await response.json()) as { count?: number } };
}

/** Which subgraphs the query has to be asked of, with how many representations. */
async function asked(query = QUERY): Promise<string[]> {
  await shelf.ask(query);
  const told = ['products', 'reviews'].flatMap((name) =>
    shelf.subgraph(name).received.map(({ variables }) => `${name} ${[variables.representations ?? []].flat().length}`),
  );
  shelf.calls();
  return told;
}

test.each([
  ['of a subgraph', { kind: 'subgraph', subgraph: 'reviews' }, 2, ['reviews 2']],
  ['of a type of a subgraph', { kind: 'type', subgraph: 'reviews', type: 'Product' }, 2, ['reviews 2']],
  ['of root fields', { kind: 'type', subgraph: 'products', type: 'Query' }, 1, ['products 0']],
  [
    'with a tag of one entity',
    { kind: 'cache_tag', subgraphs: ['reviews'], cache_tag: 'reviews-of-2' },
    1,
    ['reviews 1'],
  ],
  ['with a tag of a root field', { kind: 'cache_tag', subgraphs: ['products'], cache_tag: 'top' }, 1, ['products 0']],
  [
    'with a tag of an argument’s default',
    { kind: 'cache_tag', subgraphs: ['products', 'reviews'], cache_tag: 'top-2' },
    1,
    ['products 0'],
  ],
])('forgets what is kept %s, and nothing else', async (_, invalidation, count, again) => {
  expect(await invalidate([invalidation])).toEqual({ status: 202, body: { count } });
  expect(await asked()).toEqual(again);
  expect(await asked()).toEqual([]);
});

test.each([
  ['another subgraph', { kind: 'cache_tag', subgraphs: ['products'], cache_tag: 'reviews-of-2' }],
  ['another type', { kind: 'type', subgraph: 'reviews', type: 'Review' }],
  ['another value', { kind: 'cache_tag', subgraphs: ['products'], cache_tag: 'top-1' }],
])('what has the tag of %s stays', async (_, invalidation) => {
  expect(await invalidate([invalidation])).toEqual({ status: 202, body: { count: 0 } });
  expect(await asked()).toEqual([]);
});

test('a tag holds the value of a variable', async () => {
  const query = 'query ($id: ID!) { product(id: $id) { name } }';
  await shelf.ask(query, { id: '7' });
  await shelf.ask(query, { id: '8' });
  shelf.calls();
  await invalidate([{ kind: 'cache_tag', subgraphs: ['products'], cache_tag: 'product-7' }]);
  await shelf.ask(query, { id: '8' });
  expect(shelf.calls()).toBe(0);
  await shelf.ask(query, { id: '7' });
  expect(shelf.calls()).toBe(1);
});

test('subgraphs may tag what they answer themselves', async () => {
  const headers = { 'cache-control': 'max-age=60' };
  shelf.say({ headers, extensions: { apolloEntityCacheTags: [['first'], ['second']] } }, ['reviews']);
  shelf.say({ headers, extensions: { apolloCacheTags: ['listing'] } }, ['products']);
  const query = '{ top { name reviews { body maker { id } } } }';
  await shelf.ask(query);
  shelf.calls();
  await invalidate([{ kind: 'cache_tag', subgraphs: ['reviews'], cache_tag: 'second' }]);
  expect(await asked(query)).toEqual(['reviews 1']);
  await invalidate([{ kind: 'cache_tag', subgraphs: ['products'], cache_tag: 'listing' }]);
  expect(await asked(query)).toEqual(['products 0']);
});

test('refuses whoever has not the key, and what is no invalidation', async () => {
  expect((await invalidate([{ kind: 'subgraph', subgraph: 'reviews' }], 'another key')).status).toBe(401);
  expect((await invalidate([{ kind: 'everything' }])).status).toBe(400);
  expect(await asked()).toEqual([]);
});
