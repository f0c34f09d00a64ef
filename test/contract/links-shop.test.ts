import { expect, test } from '@jest/globals';
import { SANDBOX_CREDENTIALS } from '../../sandbox/server/vendors.ts';
import { createRecordCache } from '../../subgraphs/shared/record-cache.ts';
import { createCachedSource } from '../../subgraphs/shop/cached-source.ts';
import type { Order } from '../../subgraphs/shop/model.ts';
import { placesOfOrder } from '../../subgraphs/shop/order-places.ts';
import { NO_FILTER, type ShopSource } from '../../subgraphs/shop/source.ts';
import { addOrder, addShopCustomer } from './sandbox-fixture.ts';
import { callContext } from './shop-contract.ts';
import { startWooShop, type WooShop } from './shop-woo-fixture.ts';

const day = (date: string) => Date.parse(`${date}T10:00:00Z`);

/** Orders 1, 2, 3 of account 12, one after the other; order 4 of account 13. */
async function startShop(customerOf = (id: number): number => (id === 4 ? 13 : 12)) {
  const shop = await startWooShop((store) => {
    for (const id of [12, 13]) addShopCustomer(store, id);
    for (const id of [1, 2, 3, 4]) {
      addOrder(store, id, { customerId: customerOf(id), status: 'processing', createdAt: day(`2026-03-0${id}`) });
    }
  });
  const cache = createRecordCache({ ttlMs: 600_000 });
  return { shop, cache, source: createCachedSource(shop.source, cache) };
}

async function ordersOf(source: ShopSource, customerId: string, first = 20): Promise<Order[]> {
  const orderBy = { field: 'PLACED_AT', direction: 'DESC' } as const;
  const page = await source.listOrders({ customerId, filter: NO_FILTER, orderBy, first, after: null }, callContext());
  return page.items.map(({ node }) => node);
}

const idsOf = (orders: readonly Order[]) => orders.map(({ source }) => source.remoteId);

async function writeInShop({ sandbox }: WooShop, id: number, change: object): Promise<void> {
  const { consumerKey, consumerSecret } = SANDBOX_CREDENTIALS.woo;
  const response = await fetch(`${sandbox.urls.woo}/wp-json/wc/v3/orders/${id}`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json', authorization: `Basic ${btoa(`${consumerKey}:${consumerSecret}`)}` },
    body: JSON.stringify(change),
  });
  expect(response.status).toBe(200);
}

test('one changed order costs one call, and the rest of its list none', async () => {
  const { shop, cache, source } = await startShop();
  await using _ = shop;
  await ordersOf(source, '12');
  await writeInShop(shop, 2, { status: 'completed' });
  shop.takeCalls();

  expect((await ordersOf(source, '12')).map(({ status }) => status)).not.toContain('DELIVERED');
  expect(shop.takeCalls()).toEqual({});

  await cache.invalidate(['woo:order:2']);
  const orders = await ordersOf(source, '12');
  expect(shop.takeCalls()).toEqual({ 'GET /orders': 1 });
  expect(idsOf(orders)).toEqual(['3', '2', '1']);
  expect(orders[1]!.statusRaw).toBe('completed');
  await ordersOf(source, '12');
  await source.ordersByIds(['1', '2', '3'], callContext());
  expect(shop.takeCalls()).toEqual({});
});

test('only the orders that are asked for are read again', async () => {
  const { shop, cache, source } = await startShop();
  await using _ = shop;
  await ordersOf(source, '12');
  shop.takeCalls();
  await cache.invalidate(['woo:order:1']);
  expect(idsOf(await ordersOf(source, '12', 2))).toEqual(['3', '2']);
  expect(shop.takeCalls()).toEqual({});
});

test('an order that moved to another account stands in the one list and not in the other', async () => {
  const { shop, cache, source } = await startShop();
  await using _ = shop;
  const before = [...(await ordersOf(source, '12')), ...(await ordersOf(source, '13'))];
  const moved = shop.store.orders.get(2)!;
  shop.store.ordersByCustomer.set(12, [1, 3]);
  shop.store.ordersByCustomer.set(13, [2, 4]);
  moved.customerId = 13;

  // Whoever knows of the change alone: the list that the order left is put right by what the order says.
  await cache.invalidate(['woo:order:2']);
  expect(idsOf(await ordersOf(source, '12'))).toEqual(['3', '1']);
  // Whoever read it as well also tells the list where it came to.
  const [after] = await source.ordersByIds(['2'], callContext());
  const left = placesOfOrder(before.find(({ id }) => id === 'woo:order:2')!);
  const came = placesOfOrder(after!);
  expect(left.filter((tag) => !came.includes(tag))).toEqual(['woo:orders-of:12']);
  expect(came.filter((tag) => !left.includes(tag))).toEqual(['woo:orders-of:13']);
  await cache.invalidate(['woo:orders-of:13']);
  expect(idsOf(await ordersOf(source, '13'))).toEqual(['4', '2']);
});

test('an order that was deleted, or dated back, is not where it was', async () => {
  const { shop, cache, source } = await startShop();
  await using _ = shop;
  await ordersOf(source, '12');
  shop.store.orders.delete(3);
  await cache.invalidate(['woo:order:3']);
  expect(idsOf(await ordersOf(source, '12'))).toEqual(['2', '1']);

  shop.store.orders.get(2)!.createdAt = day('2026-02-01');
  await cache.invalidate(['woo:order:2']);
  expect(idsOf(await ordersOf(source, '12'))).toEqual(['1', '2']);
});

test("a new order is in its account's list after the list's tag was invalidated, whose other orders are not read", async () => {
  const { shop, cache, source } = await startShop();
  await using _ = shop;
  await ordersOf(source, '12');
  addOrder(shop.store, 5, { customerId: 12, createdAt: day('2026-03-05') });
  shop.takeCalls();
  await cache.invalidate(['woo:orders-of:12']);
  expect(idsOf(await ordersOf(source, '12'))).toEqual(['5', '3', '2', '1']);
  expect(shop.takeCalls()).toEqual({ 'GET /orders': 1 });
});

test('a filtered list follows a change of any order by the tag of all orders', async () => {
  const { shop, cache, source } = await startShop();
  await using _ = shop;
  const orderBy = { field: 'PLACED_AT', direction: 'DESC' } as const;
  const filter = { ...NO_FILTER, status: ['DELIVERED' as const] };
  const read = () => source.listOrders({ customerId: '12', filter, orderBy, first: 20, after: null }, callContext());
  expect((await read()).items).toHaveLength(0);
  await writeInShop(shop, 2, { status: 'completed' });
  await cache.invalidate(['woo:order:2', 'woo:orders']);
  expect(idsOf((await read()).items.map(({ node }) => node))).toEqual(['2']);
});

test('a search that found nobody, and one whose guest has another address now, follow their tags', async () => {
  const { shop, cache, source } = await startShop(() => 0);
  await using _ = shop;
  const find = async (value: string) =>
    idsOf(await source.findOrders({ by: 'EMAIL', value, guestsOnly: true }, callContext()));
  expect(await find('nowy@dom.pl')).toEqual([]);
  expect((await find('jan@dom.pl')).sort()).toEqual(['1', '2', '3', '4']);
  const [before] = await source.ordersByIds(['2'], callContext());
  await writeInShop(shop, 2, { billing: { email: 'nowy@dom.pl' } });

  await cache.invalidate(['woo:order:2']);
  expect((await find('jan@dom.pl')).sort()).toEqual(['1', '3', '4']);
  const [after] = await source.ordersByIds(['2'], callContext());
  await cache.invalidate(placesOfOrder(after!).filter((tag) => !placesOfOrder(before!).includes(tag)));
  expect(await find('nowy@dom.pl')).toEqual(['2']);
});
