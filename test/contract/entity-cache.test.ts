import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { startShelf } from './entity-cache-fixture.ts';
import { post } from './gateway-fixture.ts';

let shelf: Awaited<ReturnType<typeof startShelf>>;
beforeAll(async () => {
  shelf = await startShelf();
});
afterAll(() => shelf[Symbol.asyncDispose]());
beforeEach(async () => {
  await shelf.cache.invalidate(['graph/products', 'graph/reviews']);
  shelf.say({ headers: { 'cache-control': 'max-age=60' } });
  shelf.calls();
});

const QUERY = '{ top { name maker { name } reviews { body product { name } } rating { stars by { name } } } }';

test('what subgraphs allow to keep is not asked for again, and the answer is the same', async () => {
  const cold = await shelf.ask(QUERY);
  expect(shelf.calls()).toBeGreaterThan(1);
  for (let time = 0; time < 3; time += 1) expect(await shelf.ask(QUERY)).toEqual(cold);
  expect(shelf.calls()).toBe(0);
  expect(JSON.stringify(cold)).toContain('"b of 2"');
});

test('asks for the entities alone that are not there', async () => {
  await shelf.ask('{ product(id: "1") { reviews { body } } }');
  await shelf.ask('{ top { reviews { body } } }');
  expect(shelf.lastAsked('reviews')).toEqual([{ __typename: 'Product', id: '2' }]);
});

test('another operation finds what was kept of the same question', async () => {
  await shelf.ask('query A { product(id: "1") { reviews { body } } }');
  shelf.calls();
  const answer = await shelf.ask('query B { again: product(id: "1") { texts: reviews { body } } }');
  expect(answer.data).toEqual({ again: { texts: [{ body: 'a of 1' }, { body: 'b of 1' }] } });
});

test('what was kept does not change by what is put into it', async () => {
  const narrow = '{ product(id: "1") { reviews { product { id } } } }';
  const wide = '{ product(id: "1") { reviews { product { id name } } } }';
  const first = await shelf.ask(narrow);
  await shelf.ask(wide);
  expect(await shelf.ask(narrow)).toEqual(first);
  const both =
    '{ a: product(id: "1") { reviews { product { id } } } b: product(id: "1") { reviews { product { __typename id name } } } }';
  const cold = await shelf.ask(both);
  expect(await shelf.ask(both)).toEqual(cold);
  expect(cold.data).toEqual({
    a: { reviews: Array(2).fill({ product: { id: '1' } }) },
    b: { reviews: Array(2).fill({ product: { __typename: 'Product', id: '1', name: 'product 1' } }) },
  });
});

test('variables tell questions apart, as values and as what was not sent', async () => {
  const query = 'query ($first: Int) { product(id: "1") { reviews(first: $first) { body } } }';
  const bodies = async (variables: Record<string, unknown>) => (await shelf.ask(query, variables)).data?.product;
  const three = await bodies({ first: 3 });
  expect(await bodies({ first: 1 })).toEqual({ reviews: [{ body: 'a of 1' }] });
  expect(await bodies({ first: 3 })).toEqual(three);
  expect(await bodies({})).toEqual({ reviews: [{ body: 'a of 1' }, { body: 'b of 1' }] });
});

test.each([
  ['no-store', 'no-store'],
  ['no-cache', 'max-age=60, no-cache'],
  ['max-age=0', 'max-age=0'],
  ['private and nobody known', 'private, max-age=60'],
  ['no time', 'public'],
  ['an unreadable time', 'max-age=soon'],
])('does not keep what says %s', async (_, cacheControl) => {
  shelf.say({ headers: { 'cache-control': cacheControl } });
  await shelf.ask(QUERY);
  const first = shelf.calls();
  await shelf.ask(QUERY);
  expect(shelf.calls()).toBe(first);
});

test('does not keep what says nothing of how fresh it is', async () => {
  shelf.say({});
  await shelf.ask(QUERY);
  shelf.calls();
  await shelf.ask(QUERY);
  expect(shelf.calls()).toBeGreaterThan(0);
});

test('keeps what is left of max-age, and nothing beyond it', async () => {
  shelf.say({ headers: { 'cache-control': 'public, max-age=60', age: '40' } });
  await shelf.ask(QUERY);
  shelf.calls();
  shelf.clock.nowMs += 19_000;
  await shelf.ask(QUERY);
  expect(shelf.calls()).toBe(0);
  shelf.clock.nowMs += 2_000;
  await shelf.ask(QUERY);
  expect(shelf.calls()).toBeGreaterThan(0);
});

/** As our own subgraphs say it. */
const FRESH = { freshness: { ageMs: 0, freshMs: 60_000 }, recordTags: ['woo:order:1'] };

test.each([
  ['stale', { ...FRESH, stale: [{ source: 'woo', fetchedAt: '2026-01-01T00:00:00Z' }] }],
  ['incomplete', { ...FRESH, incomplete: [{ source: 'woo', code: 'UPSTREAM_TIMEOUT' }] }],
])('does not keep what is %s', async (_, extensions) => {
  shelf.say({ extensions });
  const first = await shelf.ask('{ product(id: "1") { name } }');
  expect(first.extensions).toBeDefined();
  expect(await shelf.ask('{ product(id: "1") { name } }')).toEqual(first);
  expect(shelf.calls()).toBe(2);
});

test('does not keep an answer with errors, nor one that is not as its schema says', async () => {
  const query = '{ product(id: "1") { reviews { body } } }';
  const answers = [
    (answer: object) => ({ ...answer, errors: [{ message: 'broken', path: ['_entities', 0, 'reviews', 0, 'body'] }] }),
    () => ({ data: { _entities: [{ reviews: 'none' }] } }),
  ];
  for (const change of answers) {
    shelf.subgraph('reviews').misbehave(() => ({ kind: 'change', change, headers: { 'cache-control': 'max-age=60' } }));
    expect((await shelf.ask(query)).errors).toHaveLength(1);
  }
  shelf.say({ headers: { 'cache-control': 'max-age=60' } });
  const right = await shelf.ask(query);
  expect(right.errors).toBeUndefined();
  expect(right.data).toEqual({ product: { reviews: [{ body: 'a of 1' }, { body: 'b of 1' }] } });
});

test('that there is no such entity is kept for a short while', async () => {
  const query = '{ top(first: 3) { reviews { body } } }';
  const cold = await shelf.ask(query);
  expect(cold.errors).toBeUndefined();
  shelf.calls();
  expect(await shelf.ask(query)).toEqual(cold);
  expect(shelf.calls()).toBe(0);
  shelf.clock.nowMs += 11_000;
  expect(await shelf.ask(query)).toEqual(cold);
  expect(shelf.lastAsked('reviews')).toEqual([{ __typename: 'Product', id: '3' }]);
});

test('nothing of a mutation is kept or taken from what was kept', async () => {
  await shelf.ask('{ product(id: "1") { id reviews { body } } }');
  shelf.calls();
  await shelf.ask('mutation { rename(id: "1") { id reviews { body } } }');
  expect(shelf.calls()).toBe(2);
  await shelf.ask('mutation { rename(id: "2") { id reviews { body } } }');
  await shelf.ask('{ product(id: "2") { id reviews { body } } }');
  expect(shelf.lastAsked('reviews')).toEqual([{ __typename: 'Product', id: '2' }]);
});

test('the answer says how old its oldest part is, and for how long the least fresh one counts', async () => {
  shelf.say({ headers: { 'cache-control': 'max-age=60', age: '10' } });
  const query = '{ top { name reviews { body } } }';
  const told = async () => {
    const { headers } = await post(shelf.endpoint, { query });
    return [headers.get('cache-control'), headers.get('age')];
  };
  expect(await told()).toEqual(['public, max-age=60', '10']);
  shelf.clock.nowMs += 20_000;
  expect(await told()).toEqual(['public, max-age=60', '30']);
  shelf.say({ headers: { 'cache-control': 'private, max-age=60' } });
  expect((await post(shelf.endpoint, { query: '{ product(id: "9") { name } }' })).headers.get('cache-control')).toBe(
    'private, max-age=60',
  );
});

test('a question that began before an invalidation keeps nothing', async () => {
  const query = '{ product(id: "1") { name } }';
  const { promise, resolve } = Promise.withResolvers<void>();
  shelf
    .subgraph('products')
    .misbehave(() => ({ kind: 'wait', until: promise, headers: { 'cache-control': 'max-age=60' } }));
  const reached = shelf.subgraph('products').whenReceived(1);
  const asking = shelf.ask(query);
  await reached;
  shelf.cache.invalidate(['graph/products']);
  resolve();
  await asking;
  shelf.say({ headers: { 'cache-control': 'max-age=60' } });
  shelf.calls();
  await shelf.ask(query);
  expect(shelf.calls()).toBe(1);
  await shelf.ask(query);
  expect(shelf.calls()).toBe(0);
});

test('what was invalidated is never answered again, and the rest stays as it was', async () => {
  const query = '{ top { reviews { body } } }';
  for (let time = 0; time < 3; time += 1) await shelf.ask(query);
  const headers = { 'cache-control': 'max-age=60' };
  const change = () => ({ data: { _entities: [{ reviews: [{ body: 'new' }] }] } });
  shelf.subgraph('reviews').misbehave(() => ({ kind: 'change', headers, change }));
  shelf.cache.invalidate(['graph/reviews/tag/reviews-of-2']);
  for (let time = 0; time < 3; time += 1) {
    expect((await shelf.ask(query)).data).toEqual({
      top: [{ reviews: [{ body: 'a of 1' }, { body: 'b of 1' }] }, { reviews: [{ body: 'new' }] }],
    });
  }
});

test('what is kept is bounded by its size: what was not used longest goes', async () => {
  await using small = await startShelf({ maxBytes: 20_000 });
  for (let id = 0; id < 50; id += 1) await small.ask(`{ product(id: "${id}") { name } }`);
  small.calls();
  await small.ask('{ product(id: "49") { name } }');
  expect(small.calls()).toBe(0);
  await small.ask('{ product(id: "0") { name } }');
  expect(small.calls()).toBe(1);
});

test('counts what was found and what was not', async () => {
  await shelf.ask('{ product(id: "1") { reviews { body } } }');
  await shelf.ask('{ product(id: "1") { reviews { body } } }');
  const text = await shelf.metrics.scrape();
  expect(text).toMatch(/jeden_cache_reads_total\{layer="entities-memory",result="hit"\} [1-9]/);
  expect(text).toMatch(/jeden_cache_reads_total\{layer="entities",result="miss"\} [1-9]/);
});
