import { expect, test } from '@jest/globals';
import { renderOrder } from '../../sandbox/server/woo/render-order.ts';
import { createRecordCache, recordTag } from '../../subgraphs/shared/record-cache.ts';
import type { RereadQueueOptions } from '../../subgraphs/shared/webhooks/reread-queue.ts';
import { createCachedSource } from '../../subgraphs/shop/cached-source.ts';
import { createChangedRecords } from '../../subgraphs/shop/changed-records.ts';
import { NO_FILTER, type OrderQuery } from '../../subgraphs/shop/source.ts';
import { addOrder, addShopCustomer } from './sandbox-fixture.ts';
import { startWooShop } from './shop-woo-fixture.ts';
import { type Receiver, SECRETS, startReceiver, wooHeaders } from './webhooks-fixture.ts';

const context = { requestId: 'test', signal: new AbortController().signal, notProvided: () => {} };

const ordersOf = (customerId: string): OrderQuery => ({
  customerId,
  filter: NO_FILTER,
  orderBy: { field: 'PLACED_AT', direction: 'DESC' },
  first: 20,
  after: null,
});

test('a changed order is read alone, and no list of its account', async () => {
  await using shop = await startShop();
  await shop.source.listOrders(ordersOf('12'), context);
  shop.takeCalls();
  await shop.receiver.post(...shop.webhookOf(1001, 'order.updated'));
  await shop.receiver.idle();
  const { items } = await shop.source.listOrders(ordersOf('12'), context);
  expect(items.map(({ node }) => node.number)).toEqual(['1002', '1001']);
  expect(Object.values(shop.takeCalls())).toEqual([1]);
  expect(shop.receiver.takeReread()).toEqual(['woo order 1001']);
});

test('a new order is in the list of its account at once, and in no other', async () => {
  // Time enough for whoever asks to come before the re-read.
  await using shop = await startShop({ gatherMs: 1_000 });
  const numbers = async (id: string) =>
    (await shop.source.listOrders(ordersOf(id), context)).items.map(({ node }) => node.number).sort();
  expect([await numbers('12'), await numbers('13')]).toEqual([['1001', '1002'], []]);
  addOrder(shop.store, 1003, { customerId: 12 });
  shop.takeCalls();
  await shop.receiver.post(...shop.webhookOf(1003, 'order.created'));
  expect([await numbers('12'), await numbers('13')]).toEqual([['1001', '1002', '1003'], []]);
  await shop.receiver.idle();
  // One list, with the order in it: the other account's was not read again, nor the order itself.
  expect(Object.values(shop.takeCalls())).toEqual([1]);
  expect(shop.receiver.takeReread()).toEqual(['woo order 1003']);
});

test('a payload that can no longer be read still has its record read anew', async () => {
  await using shop = await startShop();
  await shop.source.ordersByIds(['1001'], context);
  const body = JSON.stringify({ id: 1001, currency: 17, line_items: 'none' });
  shop.takeCalls();
  expect(await shop.receiver.post('/webhooks/woo', body, wooHeaders(body, 'order.updated', 'd1'))).toBe(200);
  await shop.receiver.idle();
  expect(Object.values(shop.takeCalls())).toEqual([1]);
});

test('nothing of a payload is ever served, only what the shop answers', async () => {
  await using shop = await startShop();
  const body = JSON.stringify({ ...shop.payloadOf(1001), status: 'cancelled', customer_note: 'podrzucone' });
  await shop.receiver.post('/webhooks/woo', body, wooHeaders(body, 'order.updated', 'd1'));
  await shop.receiver.idle();
  const [order] = await shop.source.ordersByIds(['1001'], context);
  expect(order).toMatchObject({ statusRaw: 'completed' });
  expect(JSON.stringify(order)).not.toContain('podrzucone');
});

test("an erased person's late webhook brings nothing back", async () => {
  await using shop = await startShop();
  const key = { source: 'woo', type: 'customer', id: '12' };
  await shop.source.customersByIds(['12'], context);
  await shop.cache.erase([recordTag(key)], Date.now() + 60_000);
  const body = JSON.stringify({ id: 12, email: 'ewa@dom.pl' });
  await shop.receiver.post('/webhooks/woo', body, wooHeaders(body, 'customer.updated', 'd1'));
  await shop.receiver.idle();
  expect(shop.receiver.takeReread()).toEqual(['woo customer 12']);
  expect(await shop.cache.peekMany([key])).toEqual([null]);
});

/** A shop behind the cache that its webhooks invalidate. */
async function startShop(queue: RereadQueueOptions = {}) {
  const woo = await startWooShop((store) => {
    addShopCustomer(store, 12, { email: 'ewa@dom.pl' });
    addShopCustomer(store, 13, { email: 'jan@dom.pl' });
    addOrder(store, 1001, { customerId: 12 });
    addOrder(store, 1002, { customerId: 12 });
  });
  const cache = createRecordCache({ ttlMs: 60_000 });
  const source = createCachedSource(woo.source, cache);
  const receiver: Receiver = await startReceiver({ cache, queue, ...createChangedRecords([source], cache) });
  const payloadOf = (id: number) => renderOrder(woo.store.orders.get(id)!, woo.store);
  return {
    ...woo,
    cache,
    source,
    receiver,
    payloadOf,
    webhookOf: (id: number, topic: string): Parameters<Receiver['post']> => {
      const body = JSON.stringify(payloadOf(id));
      return ['/webhooks/woo', body, wooHeaders(body, topic, `delivery ${id}`, SECRETS.woo)];
    },
    [Symbol.asyncDispose]: async () => {
      await receiver[Symbol.asyncDispose]();
      await woo[Symbol.asyncDispose]();
    },
  };
}
