import { expect, test } from '@jest/globals';
import { connectRedis, type Redis } from '../../common/redis.ts';
import { createLinks } from '../../subgraphs/shared/links/links.ts';
import { createRecordCache } from '../../subgraphs/shared/record-cache.ts';
import { createCachedSource } from '../../subgraphs/shop/cached-source.ts';
import { indexOrders } from '../../subgraphs/shop/order-index.ts';
import { NO_FILTER, type ShopSource } from '../../subgraphs/shop/source.ts';
import { addOrder, addShopCustomer } from '../contract/sandbox-fixture.ts';
import { callContext } from '../contract/shop-contract.ts';
import { startWooShop } from '../contract/shop-woo-fixture.ts';
import { startRedis } from '../setup/redis.ts';

const NEWEST_FIRST = { field: 'PLACED_AT', direction: 'DESC' } as const;
const MARCH = Date.parse('2026-03-01T10:00:00Z');
const SEPTEMBER = Date.parse('2026-09-01T10:00:00Z');
const ACCOUNTS = 7;
const BULK_EDITED = 150;

/** Ends the work at the `at`th call to the outside, before it or when it is done; after that nothing works any more. */
function createDeath(at: number, isDone: boolean) {
  const state = { calls: 0 };
  return async <T>(call: () => Promise<T>): Promise<T> => {
    state.calls += 1;
    if (state.calls > at || (state.calls === at && !isDone)) throw new Error('killed');
    const value = await call();
    if (state.calls >= at) throw new Error('killed');
    return value;
  };
}

type Death = ReturnType<typeof createDeath>;

const ALIVE: Death = (call) => call();

function mortal(redis: Redis, death: Death): Redis {
  return {
    ...redis,
    ask: (call) => death(() => redis.ask(call)),
    within: (ms, call) => death(() => redis.within(ms, call)),
  };
}

function mortalSource(source: ShopSource, death: Death): ShopSource {
  return {
    ...source,
    ordersByIds: (ids, context) => death(() => source.ordersByIds(ids, context)),
    orderChanges: { read: (cursor, context) => death(() => source.orderChanges!.read(cursor, context)) },
  };
}

test('a sync that is killed ten times at any call loses and doubles nothing, whatever changes meanwhile', async () => {
  await using shop = await startWooShop((store) => {
    for (let id = 1; id <= ACCOUNTS; id += 1) addShopCustomer(store, id);
    // More orders of one second than a page holds, as after a bulk edit, and others before and after.
    for (let id = 1; id <= 400; id += 1) {
      const isBulk = id > 100 && id <= 100 + BULK_EDITED;
      const modifiedAt = isBulk ? SEPTEMBER : MARCH + id * 7000 + (id > 250 ? SEPTEMBER - MARCH : 0);
      addOrder(store, id, { customerId: 1 + (id % ACCOUNTS), createdAt: MARCH + id * 1000, modifiedAt });
    }
  });
  await using server = await startRedis();
  await using redis = connectRedis({ url: server.url, name: 'test', timeoutMs: 5000 });
  await redis.untilReady(5000);
  const clock = { now: Date.parse('2026-11-02T09:00:00Z') };
  const startProcess = (death: Death) => {
    const cache = createRecordCache();
    const links = createLinks({
      cache,
      redis: mortal(redis, death),
      hashKey: Buffer.alloc(32, 9),
      now: () => clock.now,
      reconcileMs: 60_000,
    });
    const source = mortalSource(shop.source, death);
    return { links, source: createCachedSource(source, cache, indexOrders(source, links)) };
  };
  const change = (kill: number) => {
    const modifiedAt = Date.parse('2026-10-01T10:00:00Z') + kill * 60_000;
    const order = shop.store.orders.get(kill * 31)!;
    shop.store.orders.set(order.id, { ...order, customerNote: `changed ${kill}`, modifiedAt });
    addOrder(shop.store, 1000 + kill, { customerId: 1, createdAt: MARCH + kill, modifiedAt });
    shop.store.orders.delete(kill * 17);
  };

  let wasKilled = 0;
  for (let kill = 1; kill <= 10; kill += 1) {
    // Spread over the whole length of a sync, which makes some sixty calls.
    const death = createDeath(3 + ((kill * 37) % 53), kill % 2 === 0);
    await startProcess(death)
      .links.catchUp()
      .catch(() => {
        wasKilled += 1;
      });
    // The lease of the dead runs out.
    await redis.client.del('jeden:lease:{sync:woo:orders}');
    change(kill);
    clock.now += 120_000;
  }
  expect(wasKilled).toBe(10);
  const { links, source } = startProcess(ALIVE);
  await links.catchUp();
  // What was deleted after a reading of everything had passed it, the next one finds.
  clock.now += 120_000;
  await links.catchUp();
  shop.takeCalls();

  const seen: string[] = [];
  for (let id = 1; id <= ACCOUNTS; id += 1) {
    const query = { customerId: String(id), filter: NO_FILTER, orderBy: NEWEST_FIRST, first: 1000, after: null };
    const { items } = await source.listOrders(query, callContext());
    seen.push(...items.map(({ node }) => `${node.source.remoteId} of ${id}: ${node.customerNote ?? ''}`));
  }
  expect(shop.takeCalls()).toEqual({});
  const there = [...shop.store.orders.values()];
  expect(seen.sort()).toEqual(there.map((order) => `${order.id} of ${order.customerId}: ${order.customerNote}`).sort());
  expect(await links.statusOf('woo')).toMatchObject({ phase: 'WAITING', recordsSeen: there.length });
}, 120_000);
