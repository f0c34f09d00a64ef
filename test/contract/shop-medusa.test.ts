import { expect, test } from '@jest/globals';
import { NO_FILTER, type OrderQuery } from '../../subgraphs/shop/source.ts';
import { medusaAddress, medusaBuyer, medusaCustomer, medusaOrder, medusaVariant } from './medusa-payloads.ts';
import { callContext } from './shop-contract.ts';
import { sendList, sendText, startFakeMedusa } from './shop-medusa-fixture.ts';

const ALL_ORDERS: OrderQuery = {
  customerId: null,
  filter: NO_FILTER,
  orderBy: { field: 'PLACED_AT', direction: 'DESC' },
  first: 100,
  after: null,
};

test('sends the secret key as the user of Basic, and names the fields it needs', async () => {
  await using medusa = await startFakeMedusa((_request, response) => sendList(response, 'orders', []));
  await medusa.source.ordersByIds(['order_1'], callContext());
  const [request] = medusa.seen;
  expect(request!.authorization).toBe(`Basic ${Buffer.from('sk_secret:').toString('base64')}`);
  expect(request!.query.get('fields')).toContain('email,customer_id');
});

test('reads 250 orders in three calls, in the order asked whatever order they come in', async () => {
  await using medusa = await startFakeMedusa(({ query }, response) => {
    const orders = query.getAll('id[]').map((id) => medusaOrder(id));
    sendList(response, 'orders', orders.reverse());
  });
  const ids = Array.from({ length: 250 }, (_, index) => `order_${index}`);
  const orders = await medusa.source.ordersByIds(ids, callContext());
  expect(orders.map((order) => order?.source.remoteId)).toEqual(ids);
  expect(medusa.seen.map(({ query }) => query.getAll('id[]').length)).toEqual([100, 100, 50]);
});

test('a filter that Medusa dropped fails the call: orders of others must not be shown as somebody’s own', async () => {
  const orders = [medusaOrder('order_1'), medusaOrder('order_2', { customer_id: 'cus_other' })];
  await using medusa = await startFakeMedusa((_request, response) => sendList(response, 'orders', orders));
  await expect(medusa.source.listOrders({ ...ALL_ORDERS, customerId: 'cus_1' }, callContext())).rejects.toMatchObject({
    code: 'UPSTREAM_BAD_RESPONSE',
    details: { operation: 'orders.of_customer' },
  });
  const cancelled = { ...NO_FILTER, status: ['CANCELLED' as const] };
  await expect(medusa.source.listOrders({ ...ALL_ORDERS, filter: cancelled }, callContext())).rejects.toMatchObject({
    code: 'UPSTREAM_BAD_RESPONSE',
  });
});

test('reads on behind an order without the ones of its instant that were given', async () => {
  const orders = ['order_1', 'order_2'].map((id) => medusaOrder(id, { created_at: '2026-06-01T10:00:00.500Z' }));
  await using medusa = await startFakeMedusa((_request, response) => sendList(response, 'orders', orders, 5));
  const query = { ...ALL_ORDERS, first: 2 };
  const page = await medusa.source.listOrders(query, callContext());
  expect(page).toMatchObject({ hasNextPage: true, totalCount: 5 });
  await medusa.source.listOrders({ ...query, after: page.items.at(-1)!.position }, callContext());
  const { query: second } = medusa.seen[1]!;
  expect(second.getAll('id[$nin][]')).toEqual(['order_1', 'order_2']);
  // The database keeps finer instants than the answer shows: the whole millisecond belongs to the rest.
  expect(second.get('created_at[$lt]')).toBe('2026-06-01T10:00:00.501Z');
  expect(second.get('order')).toBe('-created_at');
});

test('looks through orders for a status that Medusa does not have', async () => {
  const orders = [
    medusaOrder('order_1', { fulfillment_status: 'shipped' }),
    medusaOrder('order_2', { payment_status: 'captured' }),
  ];
  await using medusa = await startFakeMedusa((_request, response) => sendList(response, 'orders', orders));
  const list = async (filter: Partial<OrderQuery['filter']>) => {
    const page = await medusa.source.listOrders({ ...ALL_ORDERS, filter: { ...NO_FILTER, ...filter } }, callContext());
    return page.items.map(({ node }) => node.source.remoteId);
  };
  expect(await list({ status: ['SHIPPED'] })).toEqual(['order_1']);
  expect(medusa.seen[0]!.query.getAll('status[]')).not.toContain('canceled');
  expect(await list({ financialStatus: ['PAID'] })).toEqual(['order_2']);
});

test('checks each hit of a search by e-mail: other mailboxes and accounts are not the guest', async () => {
  const orders = [
    medusaOrder('order_1', { email: 'Ewa@Sklep.pl' }),
    medusaOrder('order_2', { email: 'zewa@sklep.pl' }),
    medusaOrder('order_3', { email: 'ewa@sklep.pl', customer: medusaBuyer({ has_account: true }) }),
    medusaOrder('order_4', { email: 'jan@dom.pl', billing_address: medusaAddress({ company: 'ewa@sklep.pl' }) }),
  ];
  await using medusa = await startFakeMedusa((_request, response) => sendList(response, 'orders', orders));
  const key = { by: 'EMAIL', value: 'ewa@sklep.pl', guestsOnly: true } as const;
  const found = await medusa.source.findOrders(key, callContext());
  expect(found.map(({ source }) => source.remoteId)).toEqual(['order_1']);
  expect(medusa.seen.map(({ query }) => query.get('q'))).toEqual(['ewa@sklep.pl']);
});

test('looks for a telephone number by its groups, which every spelling holds', async () => {
  const orders = ['600 100 200', '+48600100200', '600-100-200', '600 100 201'].map((phone, index) =>
    medusaOrder(`order_${index}`, { billing_address: medusaAddress({ phone }) }),
  );
  await using medusa = await startFakeMedusa((_request, response) => sendList(response, 'orders', orders));
  const key = { by: 'PHONE', value: '+48600100200', guestsOnly: false } as const;
  const found = await medusa.source.findOrders(key, callContext());
  expect(found.map(({ source }) => source.remoteId)).toEqual(['order_0', 'order_1', 'order_2']);
  expect(medusa.seen.map(({ query }) => query.get('q'))).toEqual(['600 100 200']);
});

test('looks for Polish letters as people write them, because a database may not know their case', async () => {
  const order = medusaOrder('order_1', {
    email: null,
    customer: null,
    billing_address: medusaAddress({ last_name: 'Żak' }),
  });
  await using medusa = await startFakeMedusa(({ query }, response) =>
    sendList(response, 'orders', query.get('q') === 'Żak' ? [order] : []),
  );
  const found = await medusa.source.findOrders({ by: 'NAME', value: 'żak', guestsOnly: true }, callContext());
  expect(found).toHaveLength(1);
  expect(medusa.seen.map(({ query }) => query.get('q')).sort()).toEqual(['ŻAK', 'Żak', 'żak']);
});

test('finds a number among what looks like it, and takes the custom one for the number', async () => {
  const orders = [
    medusaOrder('order_1', { display_id: 77 }),
    medusaOrder('order_2', { display_id: 770 }),
    medusaOrder('order_3', { display_id: 5, custom_display_id: '77' }),
    medusaOrder('order_4', { display_id: 6, billing_address: medusaAddress({ address_1: 'Krótka 77' }) }),
  ];
  await using medusa = await startFakeMedusa((_request, response) => sendList(response, 'orders', orders));
  const [found] = await medusa.source.ordersByNumbers(['77'], callContext());
  expect(found!.map(({ source }) => source.remoteId)).toEqual(['order_1', 'order_3']);
  expect(medusa.seen).toHaveLength(1);
});

test('looks through the orders once for all numbers that stand in metadata', async () => {
  const orders = [
    medusaOrder('order_1', { metadata: { shop_number: '2026/7' } }),
    medusaOrder('order_2', { metadata: { shop_number: 'A-1' } }),
  ];
  await using medusa = await startFakeMedusa(
    ({ query }, response) => {
      const ids = query.getAll('id[]');
      sendList(response, 'orders', ids.length === 0 ? orders : orders.filter(({ id }) => ids.includes(String(id))));
    },
    { orderNumberMetadataKey: 'shop_number' },
  );
  const found = await medusa.source.ordersByNumbers(['A-1', '2026/7', '1'], callContext());
  expect(found.map((hits) => hits.map(({ number }) => number))).toEqual([['A-1'], ['2026/7'], []]);
  expect(medusa.seen).toHaveLength(2);
});

test('refuses a search that finds too many orders, after one call', async () => {
  const orders = Array.from({ length: 100 }, (_, index) => medusaOrder(`order_${index}`));
  await using medusa = await startFakeMedusa((_request, response) => sendList(response, 'orders', orders, 1001));
  await expect(medusa.source.ordersByNumbers(['1'], callContext())).rejects.toMatchObject({
    code: 'FILTER_NOT_SUPPORTED',
    details: { source: 'medusa', filter: 'search' },
  });
  expect(medusa.seen).toHaveLength(1);
});

test('finds an account by an e-mail that was typed with capitals, and no guest’s row', async () => {
  const customers = [
    medusaCustomer('cus_1', { email: 'Anna@Firma.pl' }),
    medusaCustomer('cus_2', { email: 'joanna@firma.pl' }),
    medusaCustomer('cus_3', { ...medusaBuyer(), email: 'anna@firma.pl' }),
  ];
  await using medusa = await startFakeMedusa((_request, response) => sendList(response, 'customers', customers));
  const [found] = await medusa.source.customersByEmails(['anna@firma.pl'], callContext());
  expect(found!.map(({ id }) => id)).toEqual(['cus_1']);
  expect(medusa.seen.map(({ query }) => query.get('q'))).toEqual(['anna@firma.pl']);
});

test('where e-mails are known to be in lower case, a hundred are one call', async () => {
  const emails = Array.from({ length: 100 }, (_, index) => `klient${index}@dom.pl`);
  await using medusa = await startFakeMedusa(
    ({ query }, response) =>
      sendList(
        response,
        'customers',
        query.getAll('email[]').map((email) => medusaCustomer(`cus_${email}`, { email })),
      ),
    { mixedCaseEmails: false },
  );
  const found = await medusa.source.customersByEmails(emails, callContext());
  expect(found.map(([customer]) => customer?.accountEmail)).toEqual(emails);
  expect(medusa.seen).toHaveLength(1);
});

test('finds an account by the telephone number of its address', async () => {
  const customers = [
    medusaCustomer('cus_1', { addresses: [medusaAddress({ phone: '600-100-200' })] }),
    medusaCustomer('cus_2', { phone: '600100201' }),
  ];
  await using medusa = await startFakeMedusa((_request, response) => sendList(response, 'customers', customers));
  const [found] = await medusa.source.customersByPhones(['+48600100200'], callContext());
  expect(found!.map(({ id }) => id)).toEqual(['cus_1']);
});

test('reads the returns of all orders in one call, the latest first, and none for orders without', async () => {
  const begun = { id: 'return_1', created_at: '2026-06-05T10:00:00.000Z', received_at: null, canceled_at: null };
  const orders = [medusaOrder('order_1', { returns: [begun] }), medusaOrder('order_2')];
  const item = { item_id: 'ordli_1', quantity: 1, note: null, reason: { label: 'Uszkodzony' } };
  const returned = { ...begun, order_id: 'order_1', status: 'received', refund_amount: 61.4877, items: [item] };
  await using medusa = await startFakeMedusa(({ path }, response) =>
    path === 'returns'
      ? sendList(response, 'returns', [
          returned,
          { ...returned, id: 'return_2' },
          { ...returned, id: 'return_3', items: [] },
        ])
      : sendList(response, 'orders', orders),
  );
  const found = await medusa.source.ordersByIds(['order_1', 'order_2'], callContext());
  const [after, none] = await medusa.source.aftermath(
    found.map((order) => order!),
    callContext(),
  );
  expect(after!.returns.map(({ id }) => id)).toEqual([
    'medusa:return:order_1-return_2',
    'medusa:return:order_1-return_1',
  ]);
  expect(after!.returns[1]).toMatchObject({
    reason: 'Uszkodzony',
    refunded: { amount: '61.49', currency: 'PLN' },
    lines: [{ sku: 'KAWA-250', name: 'Kawa ziarnista – 250 g', quantity: '1' }],
  });
  expect(none).toEqual({ refunds: [], returns: [] });
  expect(medusa.seen.map(({ path, query }) => [path, query.getAll('order_id[]')])).toEqual([
    ['orders', []],
    ['returns', ['order_1']],
  ]);
});

test('keeps every digit of a sum, which a double would change', async () => {
  const text = JSON.stringify({ orders: [medusaOrder('order_1')], count: 1 }).replace(
    '202.9131',
    '20291310000000.0049',
  );
  await using medusa = await startFakeMedusa((_request, response) => sendText(response, 200, text));
  const [order] = await medusa.source.ordersByIds(['order_1'], callContext());
  expect(order!.totals.gross.amount).toBe('20291310000000.00');
  expect(order!.totals.net.amount).toBe('20291309999962.06');
});

test('lists variants with a SKU, and reads on behind those without', async () => {
  const variants = [medusaVariant('variant_1', { sku: null }), medusaVariant('variant_2', { sku: 'B' })];
  await using medusa = await startFakeMedusa((_request, response) => sendList(response, 'variants', variants));
  const page = await medusa.source.listProducts({ search: 'kawa', first: 2, after: null }, callContext());
  expect(page.items.map(({ node, position }) => [node.sku, position])).toEqual([['B', '2']]);
  expect(medusa.seen[0]!.query.get('order')).toBe('id');
});

test.each([
  [401, '{"message":"Unauthorized"}', 'UPSTREAM_AUTH', 'refused our credentials'],
  [400, '{"type":"invalid_data","message":"anna@firma.pl is wrong"}', 'UPSTREAM_REFUSED', 'invalid_data'],
  [500, '{"type":"unknown_error","message":"anna@firma.pl"}', 'UPSTREAM_UNAVAILABLE', 'unknown_error'],
  [200, '{"orders":[{"id":"order_1"}],"count":1}', 'UPSTREAM_BAD_RESPONSE', 'must be'],
  [200, '{"orders":[]}', 'UPSTREAM_BAD_RESPONSE', '$.count'],
])('status %i with %s is %s, and quotes nothing of it', async (status, body, code, said) => {
  await using medusa = await startFakeMedusa((_request, response) => sendText(response, status, body));
  const failure = await medusa.source.ordersByIds(['order_1'], callContext()).catch((error: unknown) => error);
  expect(failure).toMatchObject({ code, details: { source: 'medusa', vendor: 'medusa', operation: 'orders.by_ids' } });
  expect(String(failure)).toContain(said);
  expect(String(failure)).not.toMatch(/anna@|sk_secret|127\.0\.0\.1/);
});
