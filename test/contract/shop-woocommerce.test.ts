import { expect, test } from '@jest/globals';
import type { FinancialStatus, Order, OrderStatus } from '../../subgraphs/shop/model.ts';
import { NO_FILTER, type OrderQuery } from '../../subgraphs/shop/source.ts';
import { addOrder, address, addShopCustomer } from './sandbox-fixture.ts';
import { callContext, describeShopSource } from './shop-contract.ts';
import { addProduct, addRefund, startWooShop } from './shop-woo-fixture.ts';

const day = (date: string) => Date.parse(`${date}T10:00:00Z`);

const ALL_ORDERS: OrderQuery = {
  customerId: null,
  filter: NO_FILTER,
  orderBy: { field: 'PLACED_AT', direction: 'DESC' },
  first: 100,
  after: null,
};

describeShopSource('woocommerce', async () => {
  const shop = await startWooShop((store) => {
    addShopCustomer(store, 12, { email: 'anna@firma.pl' });
    addShopCustomer(store, 13);
    addOrder(store, 101, { customerId: 12, createdAt: day('2026-03-01'), modifiedAt: day('2026-09-01') });
    addOrder(store, 102, { customerId: 12, createdAt: day('2026-03-02'), modifiedAt: day('2026-08-01') });
    addOrder(store, 103, { customerId: 12, createdAt: day('2026-03-03'), status: 'processing' });
    addOrder(store, 104, { customerId: 13 });
    addOrder(store, 105);
    for (const id of [7, 8]) addProduct(store, id);
  });
  return {
    source: shop.source,
    refused: shop.connect({ consumerSecret: 'cs_wrong' }),
    account: { id: '12', email: 'anna@firma.pl', orderIds: ['103', '102', '101'] },
    other: { id: '13', email: 'klient13@dom.pl', orderIds: ['104'] },
    skus: ['SKU-7', 'SKU-8'],
    unknown: { orderId: '999', customerId: '999' },
    takeCalls: () => Object.values(shop.takeCalls()).reduce((sum, count) => sum + count, 0),
    [Symbol.asyncDispose]: () => shop[Symbol.asyncDispose](),
  };
});

test('signs requests over http as WooCommerce checks them, whatever stands in the query', async () => {
  await using shop = await startWooShop((store) => addOrder(store, 1), {}, { wooPlainCredentials: false });
  expect(await shop.source.ordersByIds(['1'], callContext())).toHaveLength(1);
  for (const value of ["o'brien+zażółć (x)*~!@dom.pl", '100% & więcej=tak']) {
    await expect(shop.source.findOrders({ by: 'NAME', value, guestsOnly: true }, callContext())).resolves.toEqual([]);
  }
  const basic = shop.connect({ basicOverHttp: true });
  await expect(basic.ordersByIds(['1'], callContext())).rejects.toMatchObject({ code: 'UPSTREAM_AUTH' });
});

test('sends Basic over http where the operator says so', async () => {
  await using shop = await startWooShop((store) => addOrder(store, 1), { basicOverHttp: true });
  expect(await shop.source.ordersByIds(['1'], callContext())).toHaveLength(1);
});

test('reads 250 orders in three calls', async () => {
  const ids = Array.from({ length: 250 }, (_, index) => String(index + 1));
  await using shop = await startWooShop((store) => {
    for (const id of ids) addOrder(store, Number(id));
  });
  const orders = await shop.source.ordersByIds(ids, callContext());
  expect(orders.map((order) => order?.source.remoteId)).toEqual(ids);
  expect(shop.takeCalls()).toEqual({ 'GET /orders': 3 });
});

test('checks each hit of a search by e-mail: other mailboxes and accounts are not the guest', async () => {
  await using shop = await startWooShop((store) => {
    addShopCustomer(store, 12, { email: 'ewa@sklep.pl' });
    addOrder(store, 1, { billing: address({ email: 'Ewa@Sklep.PL' }) });
    addOrder(store, 2, { billing: address({ email: 'zewa@sklep.pl' }) });
    addOrder(store, 3, { billing: address({ email: 'ewa@sklep.pl' }), customerId: 12 });
    addOrder(store, 4, { billing: address({ email: 'jan@dom.pl', company: 'ewa@sklep.pl' }) });
  });
  const found = await shop.source.findOrders({ by: 'EMAIL', value: 'ewa@sklep.pl', guestsOnly: true }, callContext());
  expect(found.map(({ source }) => source.remoteId)).toEqual(['1']);
  expect(shop.takeCalls()).toEqual({ 'GET /orders': 1 });
});

test('finds a telephone number in the spellings that people use', async () => {
  const phones = ['600 100 200', '+48600100200', '600-100-200', '0048 600 100 200', '600100201'];
  await using shop = await startWooShop((store) => {
    phones.forEach((phone, index) => {
      addOrder(store, index + 1, { billing: address({ phone }) });
    });
  });
  const found = await shop.source.findOrders({ by: 'PHONE', value: '+48600100200', guestsOnly: false }, callContext());
  expect(found.map(({ source }) => source.remoteId).sort()).toEqual(['1', '2', '3', '4']);
});

test('searches for a number that is not the id, and takes no look-alike', async () => {
  await using shop = await startWooShop((store) => {
    addOrder(store, 501, { number: '77' });
    addOrder(store, 502, { number: '770' });
    addOrder(store, 77, { number: '2026/9' });
    // The sandbox's search knows one order a number: the other one is found by its buyer's name.
    addOrder(store, 503, { number: 'A-1', billing: address({ company: 'A-1' }) });
    addOrder(store, 504, { number: 'A-1' });
  });
  const found = await shop.source.ordersByNumbers(['77', '2026/9', 'A-1', '770'], callContext());
  const ids = found.map((orders) => orders.map(({ source }) => source.remoteId));
  expect(ids).toEqual([['501'], ['77'], ['503', '504'], ['502']]);
  expect(shop.takeCalls()).toEqual({ 'GET /orders': 5 });
});

test('refuses a search that finds too many orders, after one call', async () => {
  await using shop = await startWooShop((store) => {
    for (let id = 1; id <= 1001; id += 1) addOrder(store, id, { billing: address({ email: 'brak@brak.pl' }) });
  });
  const search = shop.source.findOrders({ by: 'EMAIL', value: 'brak@brak.pl', guestsOnly: true }, callContext());
  await expect(search).rejects.toMatchObject({ code: 'FILTER_NOT_SUPPORTED', details: { source: 'woo' } });
  expect(shop.takeCalls()).toEqual({ 'GET /orders': 1 });
});

test('pages past orders of the same second without skipping or repeating one', async () => {
  await using shop = await startWooShop((store) => {
    addShopCustomer(store, 12);
    for (let id = 1; id <= 7; id += 1) addOrder(store, id, { customerId: 12, createdAt: day('2026-03-01') + (id % 2) });
    addOrder(store, 8, { customerId: 12, createdAt: day('2026-03-02') });
  });
  for (const direction of ['ASC', 'DESC'] as const) {
    const seen: string[] = [];
    for (let after: string | null = null, more = true; more; ) {
      const orderBy = { field: 'PLACED_AT', direction } as const;
      const query = { customerId: '12', filter: NO_FILTER, orderBy, first: 3, after };
      const page = await shop.source.listOrders(query, callContext());
      seen.push(...page.items.map(({ node }) => node.source.remoteId));
      [after, more] = [page.items.at(-1)!.position, page.hasNextPage];
    }
    expect([...seen].sort()).toEqual(['1', '2', '3', '4', '5', '6', '7', '8']);
  }
});

test('an order with a parcel is shipped, and filters tell it from one that is picked', async () => {
  const parcel = {
    provider: 'inpost',
    customProvider: null,
    number: '6200001',
    link: null,
    shippedAt: day('2026-03-02'),
  };
  await using shop = await startWooShop(
    (store) => {
      addOrder(store, 1, { status: 'processing' });
      addOrder(store, 2, { status: 'processing', shipments: [parcel] });
      addOrder(store, 3, { status: 'completed', shipments: [parcel] });
    },
    { shipmentTracking: true },
  );
  const ids = async (status: OrderStatus[]) => {
    const filter = { ...NO_FILTER, status };
    const query = { ...ALL_ORDERS, filter };
    return (await shop.source.listOrders(query, callContext())).items.map(({ node }) => node.source.remoteId);
  };
  expect(await ids(['SHIPPED'])).toEqual(['2']);
  expect(await ids(['PICKING'])).toEqual(['1']);
  expect((await ids(['PICKING', 'SHIPPED'])).sort()).toEqual(['1', '2']);
  expect(await ids(['RECEIVED'])).toEqual([]);
  const [shipped] = await shop.source.ordersByIds(['2'], callContext());
  expect(shipped).toMatchObject({ status: 'SHIPPED', statusRaw: 'processing', fulfillmentStatus: 'FULFILLED' });
  expect(shipped!.shipments).toMatchObject([
    {
      carrier: 'inpost',
      trackingNumber: '6200001',
      trackingUrl: 'https://inpost.pl/sledzenie-przesylek?number=6200001',
      status: 'SHIPPED',
      shippedAt: '2026-03-02T10:00:00.000Z',
    },
  ]);
});

test('no parcels is an empty list only where the tracking plugin is known to be there', async () => {
  await using shop = await startWooShop((store) => addOrder(store, 1));
  const shipments = async (shipmentTracking: boolean | null) =>
    (await shop.connect({ shipmentTracking }).ordersByIds(['1'], callContext()))[0]?.shipments;
  expect(await shipments(true)).toEqual([]);
  expect(await shipments(null)).toBeNull();
  expect(await shipments(false)).toBeNull();
});

test('looks through orders for a payment status that WooCommerce does not have, but not for ever', async () => {
  await using shop = await startWooShop((store) => {
    for (let id = 1; id <= 1100; id += 1) addOrder(store, id, { createdAt: day('2026-03-01') + id * 60_000 });
    addOrder(store, 2000, { createdAt: day('2026-06-01'), paidAt: null, status: 'processing' });
  });
  const list = (financialStatus: FinancialStatus[], first: number) =>
    shop.source.listOrders({ ...ALL_ORDERS, first, filter: { ...NO_FILTER, financialStatus } }, callContext());
  const paid = await list(['PAID'], 3);
  expect(paid).toMatchObject({ hasNextPage: true, totalCount: null });
  expect(shop.takeCalls()).toEqual({ 'GET /orders': 1 });
  await expect(list(['PENDING'], 3)).rejects.toMatchObject({
    code: 'FILTER_NOT_SUPPORTED',
    details: { source: 'woo', filter: 'financialStatus' },
  });
  expect(shop.takeCalls()).toEqual({ 'GET /orders': 10 });
});

test('a refund with goods is a return, one of money alone is not, and no refund costs no call', async () => {
  await using shop = await startWooShop((store) => {
    const order = addOrder(store, 1);
    addRefund(store, 50, order);
    addRefund(store, 51, store.orders.get(1)!, { lines: [], amountMinor: 1000 });
    addOrder(store, 2);
  });
  const [refunded, plain] = (await shop.source.ordersByIds(['1', '2'], callContext())) as [Order, Order];
  expect(refunded.totals).toMatchObject({ refunded: { amount: '71.49' }, current: { amount: '63.79' } });
  expect(refunded.financialStatus).toBe('PARTIALLY_REFUNDED');
  shop.takeCalls();
  const [after, none] = await shop.source.aftermath([refunded, plain], callContext());
  expect(shop.takeCalls()).toEqual({ 'GET /orders/:id/refunds': 1 });
  expect(after!.refunds.map(({ id }) => id)).toEqual(['51', '50']);
  expect(after!.returns).toMatchObject([
    { id: 'woo:return:1-50', reason: 'Zwrot towaru', refunded: { amount: '61.49', currency: 'PLN' } },
  ]);
  expect(after!.returns[0]!.lines).toEqual([{ sku: 'KAWA-1', name: 'Kawa ziarnista', quantity: '1' }]);
  expect(none).toEqual({ refunds: [], returns: [] });
});

test('reads the history of statuses from notes, in English and in Polish', async () => {
  const note = (id: number, text: string) => ({
    id,
    author: 'WooCommerce',
    createdAt: day(`2026-03-0${id}`),
    note: text,
    customerNote: false,
  });
  await using shop = await startWooShop((store) => {
    addOrder(store, 1, {
      writtenNotes: [
        note(1, 'Order status changed from Pending payment to Processing.'),
        note(2, 'Klient prosi o fakturę'),
        note(3, 'Zapłacono. Status zamówienia zmieniono z Oczekujące na płatność na W trakcie realizacji.'),
        note(4, 'Status zamówienia zmieniony z W trakcie realizacji na Zrealizowane.'),
      ],
    });
  });
  const [history] = await shop.source.statusHistory(['1'], callContext());
  expect(history).toEqual([
    { at: '2026-03-01T10:00:00.000Z', from: 'RECEIVED', to: 'PICKING', raw: 'Pending payment → Processing' },
    {
      at: '2026-03-03T10:00:00.000Z',
      from: 'RECEIVED',
      to: 'PICKING',
      raw: 'Oczekujące na płatność → W trakcie realizacji',
    },
    { at: '2026-03-04T10:00:00.000Z', from: 'PICKING', to: 'DELIVERED', raw: 'W trakcie realizacji → Zrealizowane' },
  ]);
});

test('reads dates as UTC, also in the hour that the clocks repeat', async () => {
  await using shop = await startWooShop((store) => {
    addOrder(store, 1, { createdAt: Date.parse('2026-10-25T00:30:00Z') });
    addOrder(store, 2, { createdAt: Date.parse('2026-10-25T01:30:00Z') });
  });
  const orders = await shop.source.ordersByIds(['1', '2'], callContext());
  expect(orders.map((order) => order?.placedAt)).toEqual(['2026-10-25T00:30:00.000Z', '2026-10-25T01:30:00.000Z']);
  const filter = { ...NO_FILTER, placedFrom: '2026-10-25T01:30:00.000Z' };
  const page = await shop.source.listOrders({ ...ALL_ORDERS, filter }, callContext());
  expect(page.items.map(({ node }) => node.source.remoteId)).toEqual(['2']);
});

test.each([
  ['html', 'UPSTREAM_BAD_RESPONSE'],
  ['truncated', 'UPSTREAM_BAD_RESPONSE'],
  ['wrong-shape', 'UPSTREAM_BAD_RESPONSE'],
  ['outage', 'UPSTREAM_UNAVAILABLE'],
  ['hang', 'UPSTREAM_TIMEOUT'],
] as const)('names the shop and the call when its answer is %s', async (mode, code) => {
  await using shop = await startWooShop((store) => addOrder(store, 1), { timeoutMs: 1500 });
  shop.sandbox.control.set('woo', { mode });
  const failure = await shop.source.ordersByIds(['1'], callContext()).catch((error: unknown) => error);
  expect(failure).toMatchObject({
    code,
    details: { source: 'woo', vendor: 'woocommerce', operation: 'orders.by_ids' },
  });
  expect(String(failure)).not.toMatch(/cs_sandbox|oauth_signature|127\.0\.0\.1/);
});

test('tries again when the host says 503 once', async () => {
  await using shop = await startWooShop((store) => addOrder(store, 1));
  shop.sandbox.control.set('woo', { errorRate: 1, errorStatus: 503, times: 1 });
  expect(await shop.source.ordersByIds(['1'], callContext())).toMatchObject([{ number: '1' }]);
  expect(shop.takeCalls()).toEqual({ 'GET /orders': 2 });
});
