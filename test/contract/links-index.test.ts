import { once } from 'node:events';
import { type AddressInfo, connect, createServer } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { connectRedis, type Redis } from '../../common/redis.ts';
import { SANDBOX_CREDENTIALS } from '../../sandbox/server/vendors.ts';
import { createLinks, type LinksOptions } from '../../subgraphs/shared/links/links.ts';
import { createRecordCache } from '../../subgraphs/shared/record-cache.ts';
import { createCachedSource } from '../../subgraphs/shop/cached-source.ts';
import type { Order } from '../../subgraphs/shop/model.ts';
import { indexOrders } from '../../subgraphs/shop/order-index.ts';
import { NO_FILTER, type ShopSource } from '../../subgraphs/shop/source.ts';
import { startRedis, type TestRedis } from '../setup/redis.ts';
import { until } from '../setup/until.ts';
import { addOrder, address, addShopCustomer } from './sandbox-fixture.ts';
import { callContext } from './shop-contract.ts';
import { startWooShop, type WooShop } from './shop-woo-fixture.ts';

const MINUTE = 60_000;
const day = (date: string) => Date.parse(`${date}T10:00:00Z`);

let server: TestRedis;
beforeAll(async () => {
  server = await startRedis();
});
afterAll(async () => {
  await server[Symbol.asyncDispose]();
});

/** Orders 1 to 3 of account 12, 4 of account 13, 5 and 6 of a guest. */
function fill(shop: WooShop): void {
  for (const id of [12, 13, 14]) addShopCustomer(shop.store, id);
  for (const id of [1, 2, 3, 4]) {
    addOrder(shop.store, id, {
      customerId: id === 4 ? 13 : 12,
      status: 'processing',
      createdAt: day(`2026-03-0${id}`),
    });
  }
  for (const id of [5, 6]) addOrder(shop.store, id, { billing: address({ email: 'gosc@dom.pl' }) });
}

/** A shop behind an index that has not begun, at a time that the test moves on. */
async function startIndexed(redis: Redis | null, options: Partial<LinksOptions> = {}) {
  await redis?.client.flushAll();
  const shop = await startWooShop(() => {});
  fill(shop);
  const clock = { now: Date.parse('2026-11-02T09:00:00Z') };
  const replica = (connection = redis) => {
    const cache = createRecordCache({ ttlMs: 600_000 });
    const links = createLinks({
      cache,
      redis: connection,
      hashKey: Buffer.alloc(32, 9),
      now: () => clock.now,
      ...options,
    });
    const source = createCachedSource(shop.source, cache, indexOrders(shop.source, links));
    const tell = (...tags: string[]) => links.watch(cache).invalidate(tags);
    const erase = (...tags: string[]) => links.watch(cache).erase(tags, clock.now + 60 * MINUTE);
    return { links, source, tell, erase };
  };
  return { shop, clock, replica, ...replica() };
}

async function ordersOf(source: ShopSource, customerId: string, first = 20): Promise<Order[]> {
  const orderBy = { field: 'PLACED_AT', direction: 'DESC' } as const;
  const page = await source.listOrders({ customerId, filter: NO_FILTER, orderBy, first, after: null }, callContext());
  return page.items.map(({ node }) => node);
}

const idsOf = (orders: readonly Order[]) => orders.map(({ source }) => source.remoteId);

const guestOrders = async (source: ShopSource) =>
  idsOf(await source.findOrders({ by: 'EMAIL', value: 'gosc@dom.pl', guestsOnly: true }, callContext())).sort();

async function complete({ sandbox }: WooShop, id: number): Promise<void> {
  const { consumerKey, consumerSecret } = SANDBOX_CREDENTIALS.woo;
  await fetch(`${sandbox.urls.woo}/wp-json/wc/v3/orders/${id}`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json', authorization: `Basic ${btoa(`${consumerKey}:${consumerSecret}`)}` },
    body: JSON.stringify({ status: 'completed' }),
  });
}

describe.each(['memory', 'Redis'])('an index in %s', (kind) => {
  let redis: Redis | null = null;
  beforeAll(async () => {
    if (kind === 'memory') return;
    redis = connectRedis({ url: server.url, name: 'test', timeoutMs: 5000 });
    await redis.untilReady(5000);
  });
  afterAll(async () => {
    await redis?.close();
  });

  test('lists orders of accounts and guests without a call once everything is read, and not before', async () => {
    const { shop, links, source } = await startIndexed(redis);
    await using _ = shop;
    expect(idsOf(await ordersOf(source, '13'))).toEqual(['4']);
    expect(shop.takeCalls()).toEqual({ 'GET /orders': 1 });
    await links.catchUp();
    shop.takeCalls();

    const [ofAccount, ofNobody] = await Promise.all([ordersOf(source, '12'), ordersOf(source, '14')]);
    expect(idsOf(ofAccount)).toEqual(['3', '2', '1']);
    expect(ofNobody).toEqual([]);
    expect(await guestOrders(source)).toEqual(['5', '6']);
    expect(await source.returnHints('12', callContext())).toEqual([]);
    expect(shop.takeCalls()).toEqual({});
    const [read] = await shop.source.ordersByIds(['3'], callContext());
    const kept = ofAccount[0]!;
    expect(kept).toEqual({ ...read, source: { ...read!.source, fetchedAt: kept.source.fetchedAt } });
    expect(await links.statusOf('woo')).toMatchObject({ phase: 'WAITING', recordsSeen: 6, recordsTotal: 6 });
  });

  test('a changed order is never served old once it was told, and costs one call however many ask', async () => {
    const { shop, links, source, tell } = await startIndexed(redis);
    await using _ = shop;
    await links.catchUp();
    await complete(shop, 2);
    shop.takeCalls();
    await tell('woo:order:2', 'woo:orders', 'woo:orders-of:12');
    const lists = await Promise.all(Array.from({ length: 20 }, () => ordersOf(source, '12')));
    for (const list of lists)
      expect(list.map(({ statusRaw }) => statusRaw)).toEqual(['processing', 'completed', 'processing']);
    await ordersOf(source, '12');
    expect(shop.takeCalls()).toEqual({ 'GET /orders': 1 });
  });

  test('a changed order that was read behind the webhook costs its readers nothing', async () => {
    const { shop, links, source, tell } = await startIndexed(redis);
    await using _ = shop;
    await links.catchUp();
    await complete(shop, 2);
    await tell('woo:order:2', 'woo:orders', 'woo:orders-of:12');
    await source.ordersByIds(['2'], callContext());
    shop.takeCalls();
    expect((await ordersOf(source, '12'))[1]!.statusRaw).toBe('completed');
    expect(shop.takeCalls()).toEqual({});
  });

  test('an order that moved is in the one list and not in the other; one that was deleted is in none', async () => {
    const { shop, links, source, tell } = await startIndexed(redis);
    await using _ = shop;
    await links.catchUp();
    shop.store.ordersByCustomer.set(12, [1, 3]);
    shop.store.ordersByCustomer.set(13, [2, 4]);
    shop.store.orders.get(2)!.customerId = 13;
    shop.store.orders.delete(3);
    await tell('woo:order:2', 'woo:orders-of:13', 'woo:orders');
    await tell('woo:order:3', 'woo:orders');
    expect(idsOf(await ordersOf(source, '13'))).toEqual(['4', '2']);
    expect(idsOf(await ordersOf(source, '12'))).toEqual(['1']);
    shop.takeCalls();
    await ordersOf(source, '12');
    expect(shop.takeCalls()).toEqual({});
  });

  test('a new order is in its list as soon as its account was told, and once it was seen the index has it', async () => {
    const { shop, clock, links, source, tell } = await startIndexed(redis);
    await using _ = shop;
    await links.catchUp();
    addOrder(shop.store, 7, { customerId: 12, createdAt: day('2026-03-07'), modifiedAt: day('2026-10-01') });
    await tell('woo:order:7', 'woo:orders', 'woo:orders-of:12');
    expect(idsOf(await ordersOf(source, '12'))).toEqual(['7', '3', '2', '1']);
    clock.now += 2 * MINUTE;
    await links.catchUp();
    shop.takeCalls();
    expect(idsOf(await ordersOf(source, '12'))).toEqual(['7', '3', '2', '1']);
    expect(shop.takeCalls()).toEqual({});
  });

  test('without a webhook, changes are there after the next look for them, also where the cache held the old', async () => {
    const { shop, clock, links, source } = await startIndexed(redis);
    await using _ = shop;
    await links.catchUp();
    await source.ordersByIds(['2'], callContext());
    await complete(shop, 2);
    addOrder(shop.store, 7, { modifiedAt: day('2026-10-01'), billing: address({ email: 'gosc@dom.pl' }) });
    clock.now += 2 * MINUTE;
    await links.catchUp();
    expect((await ordersOf(source, '12'))[1]!.statusRaw).toBe('completed');
    expect((await source.ordersByIds(['2'], callContext()))[0]!.statusRaw).toBe('completed');
    expect(await guestOrders(source)).toEqual(['5', '6', '7']);
  });

  test('reading everything again finds what was deleted without a word', async () => {
    const { shop, clock, links, source } = await startIndexed(redis, { reconcileMs: 10 * MINUTE });
    await using _ = shop;
    await links.catchUp();
    shop.store.orders.delete(1);
    clock.now += 2 * MINUTE;
    await links.catchUp();
    expect(idsOf(await ordersOf(source, '12'))).toEqual(['3', '2', '1']);
    clock.now += 9 * MINUTE;
    await links.catchUp();
    expect(idsOf(await ordersOf(source, '12'))).toEqual(['3', '2']);
  });

  test('what was erased is gone, and no sync brings it back: who asks, asks the shop', async () => {
    const { shop, clock, links, source, erase } = await startIndexed(redis, { reconcileMs: MINUTE });
    await using _ = shop;
    await links.catchUp();
    await erase('woo:orders-of:12', 'woo:order:1', 'woo:order:2', 'woo:order:3');
    for (const id of [1, 2, 3]) shop.store.orders.get(id)!.modifiedAt += MINUTE;
    clock.now += 2 * MINUTE;
    await links.catchUp();
    shop.takeCalls();
    expect(idsOf(await ordersOf(source, '13'))).toEqual(['4']);
    expect(shop.takeCalls()).toEqual({});
    expect(idsOf(await ordersOf(source, '12'))).toEqual(['3', '2', '1']);
    expect(shop.takeCalls()).toEqual({ 'GET /orders': 1 });
  });

  test('an index whose sync has failed for long is not believed', async () => {
    const { shop, clock, links, source } = await startIndexed(redis);
    await using _ = shop;
    await links.catchUp();
    clock.now += 6 * MINUTE;
    shop.takeCalls();
    expect(idsOf(await ordersOf(source, '13'))).toEqual(['4']);
    expect(shop.takeCalls()).toEqual({ 'GET /orders': 1 });
  });
});

test('replicas share one index: one works, all read, and what one was told no other serves old', async () => {
  await using redis = connectRedis({ url: server.url, name: 'test', timeoutMs: 5000 });
  await redis.untilReady(5000);
  const { shop, replica, ...one } = await startIndexed(redis);
  await using _ = shop;
  const two = replica();
  await Promise.all([one.links.catchUp(), two.links.catchUp()]);
  await one.links.catchUp();
  expect(shop.takeCalls()).toEqual({ 'GET /orders': 2 });
  expect(idsOf(await ordersOf(two.source, '12'))).toEqual(['3', '2', '1']);
  await complete(shop, 2);
  await one.tell('woo:order:2');
  shop.takeCalls();
  expect((await ordersOf(two.source, '12'))[1]!.statusRaw).toBe('completed');
  expect((await ordersOf(one.source, '12'))[1]!.statusRaw).toBe('completed');
  expect(shop.takeCalls()).toEqual({ 'GET /orders': 1 });
});

test('what one was told while Redis hung no other serves old afterwards, though nobody asks the one', async () => {
  await using own = await startRedis();
  await using redis = connectRedis({ url: own.url, name: 'test', timeoutMs: 200 });
  await using second = connectRedis({ url: own.url, name: 'test', timeoutMs: 200 });
  await Promise.all([redis.untilReady(5000), second.untilReady(5000)]);
  const { shop, replica, ...one } = await startIndexed(redis);
  await using _ = shop;
  await one.links.catchUp();
  const two = replica(second);
  const statusAtTwo = async () => (await ordersOf(two.source, '12'))[1]!.statusRaw;
  expect(await statusAtTwo()).not.toBe('completed');
  own.pause();
  try {
    await until(() => !redis.isUsable() && !second.isUsable());
    await complete(shop, 2);
    await one.tell('woo:order:2');
  } finally {
    own.resume();
  }
  await until(() => second.isUsable());
  shop.takeCalls();
  await until(async () => {
    expect(await statusAtTwo()).toBe('completed');
    await pause(50);
    return second.isSettled() && Object.keys(shop.takeCalls()).length === 0;
  });
}, 30_000);

test('a Redis that may evict a list by itself is not used: what is gone would look like no orders', async () => {
  await using own = await startRedis();
  await using redis = connectRedis({ url: own.url, name: 'test', timeoutMs: 5000 });
  await redis.untilReady(5000);
  const { shop, links, source, clock } = await startIndexed(redis);
  await using _ = shop;
  await links.catchUp();
  await redis.client.configSet('maxmemory-policy', 'allkeys-lru');
  clock.now += 6 * MINUTE;
  await expect(links.catchUp()).rejects.toThrow(/maxmemory-policy/);
  shop.takeCalls();
  expect(idsOf(await ordersOf(source, '13'))).toEqual(['4']);
  expect(shop.takeCalls()).toEqual({ 'GET /orders': 1 });
});

test('fifty customers are listed in one round trip', async () => {
  await using counted = await startRoundTripCounter(server.url);
  await using redis = connectRedis({ url: counted.url, name: 'test', timeoutMs: 5000 });
  await redis.untilReady(5000);
  const { shop, links, source } = await startIndexed(redis);
  await using _ = shop;
  await links.catchUp();
  shop.takeCalls();
  counted.reset();
  await Promise.all(Array.from({ length: 50 }, (_, index) => ordersOf(source, String(index + 1))));
  expect(counted.roundTrips()).toBe(1);
  expect(shop.takeCalls()).toEqual({});
});

/** Passes everything on, and counts how often the client speaks after the server did. */
async function startRoundTripCounter(target: string) {
  const { hostname, port } = new URL(target);
  const state = { count: 0, isAnswered: true };
  const proxy = createServer((client) => {
    const redis = connect(Number(port), hostname);
    client.on('data', (bytes) => {
      if (state.isAnswered) state.count += 1;
      state.isAnswered = false;
      redis.write(bytes);
    });
    redis.on('data', (bytes) => {
      state.isAnswered = true;
      client.write(bytes);
    });
    for (const [one, other] of [
      [client, redis],
      [redis, client],
    ] as const) {
      one.on('error', () => {}).on('close', () => other.destroy());
    }
  }).listen(0, '127.0.0.1');
  await once(proxy, 'listening');
  return {
    // Cast: it listens on TCP.
    url: `redis://127.0.0.1:${(proxy.address() as AddressInfo).port}`,
    roundTrips: () => state.count,
    reset: () => {
      state.count = 0;
    },
    [Symbol.asyncDispose]: async () => void proxy.close(),
  };
}
