import { expect, test } from '@jest/globals';
import woocommerce from '@woocommerce/woocommerce-rest-api';
import { SANDBOX_CREDENTIALS } from '../../sandbox/server/vendors.ts';
import { type Sandbox, startSandbox } from '../../sandbox/start.ts';
import { addOrder, address, addShopCustomer, emptyDataset } from './sandbox-fixture.ts';

// A CommonJS package: its class is the `default` of what Node imports.
const WooCommerceRestApi = woocommerce.default;

const { consumerKey, consumerSecret } = SANDBOX_CREDENTIALS.woo;

test("WooCommerce's client pages through every order by the totals in the headers", async () => {
  const dataset = emptyDataset();
  for (let id = 1; id <= 230; id += 1) addOrder(dataset.woo, id);
  await using sandbox = await startSandbox({ dataset });
  const client = clientOf(sandbox);
  const seen: number[] = [];
  let pages = 1;
  for (let page = 1; page <= pages; page += 1) {
    const { data, headers } = await client.get('orders', { page, per_page: 100, orderby: 'id', order: 'asc' });
    pages = Number(headers['x-wp-totalpages']);
    expect(headers['x-wp-total']).toBe('230');
    seen.push(...data.map(({ id }: { id: number }) => id));
  }
  expect(seen).toEqual([...dataset.woo.orders.keys()]);
  expect(sandbox.control.calls().woo.byRoute).toEqual({ 'GET /wp-json/wc/v3/orders': 3 });
});

test('writes an order as the shop does: text sums, a number for the price, local and GMT dates', async () => {
  const dataset = emptyDataset();
  addOrder(dataset.woo, 123, { number: '2026/123', nip: '525-244-57-67', shipments: [shipment()] });
  await using sandbox = await startSandbox({ dataset });
  const { data } = await clientOf(sandbox).get('orders/123');
  expect(data).toMatchObject({
    id: 123,
    number: '2026/123',
    total: '135.28',
    total_tax: '25.30',
    date_created: '2026-03-22T16:28:02',
    date_created_gmt: '2026-03-22T15:28:02',
    billing: { email: 'jan@dom.pl', phone: '600 100 200' },
    line_items: [{ sku: 'KAWA-1', quantity: 2, total: '99.98', price: 49.99, taxes: [{ id: 1, total: '23.00' }] }],
    tax_lines: [{ rate_percent: 23, tax_total: '23.00', shipping_tax_total: '2.30' }],
  });
  expect(data.meta_data).toMatchObject([
    { key: '_billing_nip', value: '525-244-57-67' },
    { key: '_wc_shipment_tracking_items', value: [{ tracking_number: '6200001', date_shipped: '1780000000' }] },
  ]);
  const { data: precise } = await clientOf(sandbox).get('orders/123', { dp: 4, _fields: 'total,billing.email' });
  expect(precise).toEqual({ total: '135.2800', billing: { email: 'jan@dom.pl' } });
});

test('finds orders by customer, status, ids, dates and full text', async () => {
  const dataset = emptyDataset();
  const { woo } = dataset;
  addShopCustomer(woo, 12);
  addOrder(woo, 1, { customerId: 12 });
  addOrder(woo, 2, { status: 'processing', billing: address({ email: 'Ewa@Sklep.pl', phone: '+48 511 222 333' }) });
  addOrder(woo, 3, { number: 'W-77', modifiedAt: Date.parse('2026-10-01T10:00:00Z') });
  await using sandbox = await startSandbox({ dataset });
  const ids = async (params: object) => {
    const { data } = await clientOf(sandbox).get('orders', { orderby: 'id', order: 'asc', ...params });
    return data.map(({ id }: { id: number }) => id);
  };
  expect(await ids({ customer: 12 })).toEqual([1]);
  expect(await ids({ customer: 0 })).toEqual([2, 3]);
  expect(await ids({ status: 'processing,on-hold' })).toEqual([2]);
  expect(await ids({ include: [3, 1] })).toEqual([1, 3]);
  expect(await ids({ search: 'ewa@sklep.pl' })).toEqual([2]);
  expect(await ids({ search: '511 222 333' })).toEqual([2]);
  expect(await ids({ search: 'W-77' })).toEqual([3]);
  expect(await ids({ search: 'kowalski' })).toEqual([1, 2, 3]);
  expect(await ids({ modified_after: '2026-10-01T11:59:59' })).toEqual([3]);
  expect(await ids({ modified_after: '2026-10-01T12:00:00' })).toEqual([]);
  expect(await ids({ modified_after: '2026-10-01T09:59:59', dates_are_gmt: true })).toEqual([3]);
  expect(await ids({ no_such_parameter: 'ignored' })).toEqual([1, 2, 3]);
});

test('finds a customer by e-mail whatever its case, and guests not at all', async () => {
  const dataset = emptyDataset();
  addShopCustomer(dataset.woo, 12, { email: 'Ola@Dom.pl' });
  addOrder(dataset.woo, 1, { billing: address({ email: 'gosc@dom.pl' }) });
  await using sandbox = await startSandbox({ dataset });
  const client = clientOf(sandbox);
  expect((await client.get('customers', { email: 'ola@dom.pl' })).data).toMatchObject([
    { id: 12, email: 'Ola@Dom.pl' },
  ]);
  expect((await client.get('customers', { email: 'gosc@dom.pl' })).data).toEqual([]);
  expect((await client.get('customers/12')).data).toMatchObject({ id: 12, role: 'customer' });
});

test('refunds stand in the order, under the order, and among all refunds', async () => {
  const dataset = emptyDataset();
  addOrder(dataset.woo, 5, { refundIds: [9] });
  dataset.woo.refunds.set(9, {
    id: 9,
    orderId: 5,
    createdAt: Date.parse('2026-07-01T22:30:00Z'),
    amountMinor: 6149,
    reason: 'Zwrot',
    refundedBy: 1,
    lines: [
      {
        id: 91,
        orderLineId: 500,
        productId: 7,
        sku: 'KAWA-1',
        name: 'Kawa',
        quantity: 1,
        totalMinor: 4999,
        totalTaxMinor: 1150,
        vat: '23',
      },
    ],
  });
  await using sandbox = await startSandbox({ dataset });
  const client = clientOf(sandbox);
  expect((await client.get('orders/5')).data.refunds).toEqual([{ id: 9, reason: 'Zwrot', total: '-61.49' }]);
  const expected = {
    id: 9,
    amount: '61.49',
    date_created: '2026-07-02T00:30:00',
    line_items: [{ quantity: -1, total: '-49.99', meta_data: [{ key: '_refunded_item_id', value: '500' }] }],
  };
  expect((await client.get('orders/5/refunds')).data).toMatchObject([expected]);
  expect((await client.get('refunds')).data).toMatchObject([{ ...expected, parent_id: 5 }]);
});

test.each([
  [
    'a wrong secret',
    { consumerKey, consumerSecret: 'cs_wrong' },
    'Invalid signature - provided signature does not match.',
  ],
  ['an unknown key', { consumerKey: 'ck_wrong', consumerSecret }, 'Consumer key is invalid.'],
])('OAuth with %s is answered 401', async (_name, keys, message) => {
  await using sandbox = await startSandbox({ dataset: emptyDataset() });
  const client = new WooCommerceRestApi({ url: sandbox.urls.woo, version: 'wc/v3', ...keys });
  await expect(client.get('orders')).rejects.toMatchObject({
    response: { status: 401, data: { code: 'woocommerce_rest_authentication_error', message, data: { status: 401 } } },
  });
});

test('the key and secret go unsigned over http while the setting is on', async () => {
  const basic = { authorization: `Basic ${Buffer.from(`${consumerKey}:${consumerSecret}`).toString('base64')}` };
  const query = new URLSearchParams({ consumer_key: consumerKey, consumer_secret: consumerSecret });
  for (const [wooPlainCredentials, status] of [
    [true, 200],
    [false, 401],
  ] as const) {
    await using sandbox = await startSandbox({ dataset: emptyDataset(), wooPlainCredentials });
    const url = `${sandbox.urls.woo}/wp-json/wc/v3/orders`;
    expect((await fetch(url, { headers: basic })).status).toBe(status);
    expect((await fetch(`${url}?${query}`)).status).toBe(status);
  }
});

test('no credentials, a wrong pair, an unknown route and an unknown id are answered in the vendor’s form', async () => {
  await using sandbox = await startSandbox({ dataset: emptyDataset() });
  const answer = async (path: string, user?: string) => {
    const headers = user ? { authorization: `Basic ${Buffer.from(user).toString('base64')}` } : undefined;
    const response = await fetch(`${sandbox.urls.woo}/wp-json/wc/v3/${path}`, { headers });
    return response.json();
  };
  const valid = `${consumerKey}:${consumerSecret}`;
  expect(await answer('orders')).toMatchObject({ code: 'woocommerce_rest_cannot_view', data: { status: 401 } });
  expect(await answer('orders', `${consumerKey}:x`)).toMatchObject({ message: 'Consumer secret is invalid.' });
  expect(await answer('nothing', valid)).toMatchObject({ code: 'rest_no_route', data: { status: 404 } });
  expect(await answer('orders/5', valid)).toMatchObject({ code: 'woocommerce_rest_shop_order_invalid_id' });
  expect(await answer('customers/5', valid)).toMatchObject({ code: 'woocommerce_rest_invalid_id' });
});

test.each([
  [{ per_page: 101 }, 'per_page', 'per_page must be between 1 (inclusive) and 100 (inclusive)'],
  [{ page: 0 }, 'page', 'page must be greater than or equal to 1'],
  [{ customer: 'jan' }, 'customer', 'customer is not of type integer.'],
  [{ after: 'yesterday' }, 'after', 'Invalid date.'],
])('orders with %j are answered 400', async (params, name, message) => {
  await using sandbox = await startSandbox({ dataset: emptyDataset() });
  await expect(clientOf(sandbox).get('orders', params)).rejects.toMatchObject({
    response: { status: 400, data: { code: 'rest_invalid_param', data: { status: 400, params: { [name]: message } } } },
  });
});

test('a change of status is dated, noted and seen by the next reader', async () => {
  const dataset = emptyDataset();
  addOrder(dataset.woo, 5, { status: 'processing' });
  await using sandbox = await startSandbox({ dataset });
  const client = clientOf(sandbox);
  await client.put('orders/5', { status: 'completed', billing: { email: 'nowy@dom.pl' } });
  const { data } = await client.get('orders', { search: 'nowy@dom.pl' });
  expect(data).toMatchObject([{ id: 5, status: 'completed', date_completed_gmt: '2026-11-02T09:00:00' }]);
  expect((await client.get('orders/5/notes')).data[0]).toMatchObject({
    note: 'Order status changed from Processing to Completed.',
  });
});

test('a shop without pretty permalinks is asked by rest_route', async () => {
  const dataset = emptyDataset();
  addOrder(dataset.woo, 5);
  await using sandbox = await startSandbox({ dataset });
  const query = new URLSearchParams({
    rest_route: '/wc/v3/orders/5',
    consumer_key: consumerKey,
    consumer_secret: consumerSecret,
  });
  const response = await fetch(`${sandbox.urls.woo}/?${query}`);
  expect(await response.json()).toMatchObject({ id: 5 });
});

function clientOf(sandbox: Sandbox): InstanceType<typeof WooCommerceRestApi> {
  return new WooCommerceRestApi({ url: sandbox.urls.woo, consumerKey, consumerSecret, version: 'wc/v3' });
}

function shipment() {
  return { provider: 'inpost', customProvider: null, number: '6200001', link: null, shippedAt: 1_780_000_000_000 };
}
