import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { createRedisStore } from '../../common/cache/redis-store.ts';
import { startRedis, type TestRedis } from '../setup/redis.ts';
import { until } from '../setup/until.ts';
import { startShelf } from './entity-cache-fixture.ts';

type Shelf = Awaited<ReturnType<typeof startShelf>>;

let started: AsyncDisposableStack;
let redis: TestRedis;
let here: Shelf;
let there: Shelf;
beforeAll(async () => {
  started = new AsyncDisposableStack();
  redis = started.use(await startRedis());
  [here, there] = [await startReplica('here'), await startReplica('there')];
  await untilShared();
});
afterAll(() => started.disposeAsync());
beforeEach(async () => {
  await here.cache.invalidate(['graph/products', 'graph/reviews']);
  for (const one of [here, there]) {
    one.say({ headers: { 'cache-control': 'max-age=60' } });
    one.calls();
  }
});

/** The deadline is a busy machine's, not a gateway's. */
async function startReplica(name: string): Promise<Shelf> {
  const secrets = [Buffer.alloc(32, 1)];
  const store = createRedisStore({ url: redis.url, name, secrets, deadlineMs: 2000 });
  started.defer(store.close);
  return started.use(await startShelf({ store }));
}

/** Until both use Redis. */
async function untilShared(): Promise<void> {
  for (const [one, other] of [[here, there] as const, [there, here] as const]) {
    await until(async () => {
      await one.ask('{ product(id: "0") { name } }');
      other.calls();
      await other.ask('{ product(id: "0") { name } }');
      const isShared = other.calls() === 0;
      await one.cache.invalidate(['graph/products']);
      return isShared;
    });
  }
}

const QUERY = '{ top { name maker { name } reviews { body product { name } } } }';

test('what one gateway keeps, another one finds', async () => {
  const cold = await here.ask(QUERY);
  expect(await here.ask(QUERY)).toEqual(cold);
  await until(async () => {
    there.calls();
    expect(await there.ask(QUERY)).toEqual(cold);
    return there.calls() === 0;
  });
});

test('asks for the entities alone that nobody has, and says of those what is wrong', async () => {
  await here.ask('{ product(id: "2") { reviews { body } } }');
  await untilKept('{ product(id: "2") { reviews { body } } }');
  const query = '{ top(first: 3) { id reviews { body } } }';
  const { data } = await there.ask(query);
  expect(there.lastAsked('reviews')).toEqual([
    { __typename: 'Product', id: '1' },
    { __typename: 'Product', id: '3' },
  ]);
  expect(data).toEqual({
    top: [
      { id: '1', reviews: [{ body: 'a of 1' }, { body: 'b of 1' }] },
      { id: '2', reviews: [{ body: 'a of 2' }, { body: 'b of 2' }] },
      { id: '3', reviews: null },
    ],
  });
  await here.cache.invalidate(['graph/reviews/tag/reviews-of-1', 'graph/reviews/tag/reviews-of-3']);
  there.subgraph('reviews').misbehave(() => ({ kind: 'http', status: 500, body: '{}' }));
  const partly = await there.ask(query);
  expect(partly.data?.top).toEqual([
    { id: '1', reviews: null },
    { id: '2', reviews: [{ body: 'a of 2' }, { body: 'b of 2' }] },
    { id: '3', reviews: null },
  ]);
  expect(partly.errors?.map(({ path, extensions }) => [path?.join('.'), extensions?.code])).toEqual([
    ['top.0.reviews', 'SUBGRAPH_UNAVAILABLE'],
    ['top.2.reviews', 'SUBGRAPH_UNAVAILABLE'],
  ]);
});

async function untilKept(query: string): Promise<void> {
  await until(async () => {
    here.calls();
    await here.ask(query);
    return here.calls() === 0;
  });
}

test('what one gateway is told to forget, no other one answers', async () => {
  const query = '{ product(id: "1") { name } }';
  await here.ask(query);
  await untilKept(query);
  await there.ask(query);
  there.calls();
  there.subgraph('products').misbehave(() => ({
    kind: 'change',
    headers: { 'cache-control': 'max-age=60' },
    change: () => ({ data: { product: { name: 'new' } } }),
  }));
  await here.cache.invalidate(['graph/products/tag/product-1']);
  expect((await there.ask(query)).data).toEqual({ product: { name: 'new' } });
});

test('a question that began before another gateway’s invalidation keeps nothing', async () => {
  const query = '{ product(id: "1") { name } }';
  const { promise, resolve } = Promise.withResolvers<void>();
  const headers = { 'cache-control': 'max-age=60' };
  there.subgraph('products').misbehave(() => ({ kind: 'wait', until: promise, headers }));
  const reached = there.subgraph('products').whenReceived(1);
  const asking = there.ask(query);
  await reached;
  await here.cache.invalidate(['graph/products']);
  resolve();
  await asking;
  there.say({ headers });
  here.calls();
  await here.ask(query);
  expect(here.calls()).toBe(1);
});

test('without Redis all is asked for, and none fails', async () => {
  await here.ask(QUERY);
  const cold = await here.ask(QUERY);
  await redis.stop();
  here.calls();
  for (let time = 0; time < 3; time += 1) expect(await here.ask(QUERY)).toEqual(cold);
  expect(here.calls()).toBeGreaterThanOrEqual(9);
  await redis.start();
  await untilShared();
  expect(await there.ask(QUERY)).toEqual(cold);
});
