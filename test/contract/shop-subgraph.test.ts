import { expect, test } from '@jest/globals';
import { parseReference } from '../../subgraphs/shared/reference.ts';
import { addOrder, address, addShopCustomer } from './sandbox-fixture.ts';
import { createShopGraph, sealer } from './shop-subgraph-fixture.ts';
import { addProduct, addRefund, startWooShop } from './shop-woo-fixture.ts';

const day = (date: string) => Date.parse(`${date}T10:00:00Z`);

test('one order with everything that happened to it', async () => {
  await using shop = await startWooShop(
    (store) => {
      const order = addOrder(store, 123, { nip: '525-244-57-67', customerNote: 'Proszę zadzwonić' });
      addRefund(store, 50, order);
      addProduct(store, 7, { sku: 'KAWA-1', gtin: '5901234123457' });
    },
    { shipmentTracking: true, pricesIncludeTax: false },
  );
  const { ask } = createShopGraph([shop.source]);
  const answer = await ask(`{
    order(id: "woo:order:123") {
      id number placedAt updatedAt currency status statusRaw financialStatus fulfillmentStatus billingEmail customerNote
      channel { code name } billingTaxId { scheme country value valid } billingAddress { name street city postalCode country }
      lines { sku name quantity unitPriceNet unitPriceGross net { amount currency } vat { amount } gross { amount }
        discount { amount } vatRate { code kind percent country } product { name gtin availability stock { source quantity } price { amount } priceIncludesTax } }
      totals { subtotal { amount } discount { amount } shipping { amount } fees { amount } net { amount } tax { amount } gross { amount } refunded { amount } current { amount } }
      shipments { id } refunds { id amount { amount } reason createdAt }
      returns { id order { id } lines { sku quantity } refunded { amount } source { system source vendor remoteId } }
      transactions { kind amount { amount } method at }
      source { system source vendor remoteId url stale }
    }
  }`);
  expect(answer.errors).toBeUndefined();
  expect(Object.keys(answer.extensions ?? {})).toEqual(['touched', 'freshness']);
  expect(answer.data?.order).toMatchObject({
    id: 'woo:order:123',
    number: '123',
    placedAt: '2026-03-22T15:28:02.000Z',
    status: 'DELIVERED',
    financialStatus: 'PARTIALLY_REFUNDED',
    channel: { code: 'web', name: 'checkout' },
    billingTaxId: { scheme: 'PL_NIP', country: 'PL', value: '5252445767', valid: true },
    billingAddress: { name: 'Jan Kowalski', street: 'Długa 1', city: 'Gdańsk', postalCode: '80-001', country: 'PL' },
    lines: [
      {
        sku: 'KAWA-1',
        quantity: '2',
        unitPriceNet: '49.99',
        unitPriceGross: '61.49',
        net: { amount: '99.98', currency: 'PLN' },
        vat: { amount: '23.00' },
        gross: { amount: '122.98' },
        vatRate: { code: '23', kind: 'STANDARD', percent: '23', country: 'PL' },
        product: {
          name: 'Produkt 7',
          gtin: '5901234123457',
          availability: 'IN_STOCK',
          stock: [{ source: 'woo', quantity: '5' }],
          price: { amount: '49.99' },
          priceIncludesTax: false,
        },
      },
    ],
    totals: {
      gross: { amount: '135.28' },
      net: { amount: '109.98' },
      refunded: { amount: '61.49' },
      current: { amount: '73.79' },
    },
    shipments: [],
    refunds: [{ id: '50', amount: { amount: '61.49' }, reason: 'Zwrot towaru', createdAt: '2026-03-23T15:28:02.000Z' }],
    returns: [{ id: 'woo:return:123-50', order: { id: 'woo:order:123' }, lines: [{ sku: 'KAWA-1', quantity: '1' }] }],
    transactions: [
      { kind: 'PAYMENT', amount: { amount: '135.28' }, method: 'Przelewy24', at: '2026-03-22T15:28:02.000Z' },
      { kind: 'REFUND', amount: { amount: '61.49' }, at: '2026-03-23T15:28:02.000Z' },
    ],
    source: { system: 'SHOP', source: 'woo', vendor: 'woocommerce', remoteId: '123', stale: false },
  });
  expect(shop.takeCalls()).toEqual({ 'GET /orders': 1, 'GET /orders/:id/refunds': 1, 'GET /products': 1 });
});

test('an order claims the record of its buyer: an account, or a guest by what the order says of it', async () => {
  await using shop = await startWooShop((store) => {
    addShopCustomer(store, 12);
    addOrder(store, 1, { customerId: 12 });
    addOrder(store, 2);
    addOrder(store, 3, { billing: address({ firstName: ' JAN ', phone: '+48600100200', email: 'Jan@Dom.pl' }) });
  });
  const { ask } = createShopGraph([shop.source]);
  const { data } = await ask(
    '{ orders(orderBy: { field: PLACED_AT, direction: ASC }) { nodes { id customer { claim } } } }',
  );
  const nodes = (data!.orders as { nodes: { id: string; customer: { claim: string } }[] }).nodes;
  const claims = Object.fromEntries(nodes.map(({ id, customer }) => [id, sealer.open('claim', customer.claim)[0]!]));
  expect(claims['woo:order:1']).toBe('woo:customer:12');
  expect(claims['woo:order:2']).toBe(claims['woo:order:3']);
  const guest = parseReference(claims['woo:order:2']!);
  expect(sealer.open('guest', guest!.remoteId)).toEqual(['jan@dom.pl', '+48600100200', '', 'jan', 'kowalski', '']);
});

test("a customer's orders and returns: accounts and guests in one list, one call each and one a refund", async () => {
  await using shop = await startWooShop((store) => {
    addShopCustomer(store, 12);
    addOrder(store, 1, { customerId: 12, createdAt: day('2026-03-01') });
    addOrder(store, 2, { createdAt: day('2026-03-02') });
    const third = addOrder(store, 3, { customerId: 12, createdAt: day('2026-03-03') });
    addRefund(store, 50, third);
    addOrder(store, 4, { createdAt: day('2026-03-04') });
    addRefund(store, 51, store.orders.get(4)!);
    addOrder(store, 5, { billing: address({ email: 'jan@dom.pl', firstName: 'Ewa' }) });
  });
  const { askCustomer, parties } = createShopGraph([shop.source]);
  const [[guest]] = (await parties([{ kind: 'REFERENCE', value: 'woo:order:2' }])).found as [[string]];
  shop.takeCalls();
  const fields = (after: string | null) => `
    orders(first: 3, after: ${JSON.stringify(after)}) { nodes { id } totalCount pageInfo { hasNextPage endCursor } }
    returns { nodes { id createdAt } totalCount }`;
  const answer = await askCustomer(['woo:customer:12', guest], fields(null));
  expect(answer.errors).toBeUndefined();
  const [customer] = answer.data!._entities as [{ orders: { pageInfo: { endCursor: string } } }];
  expect(customer).toMatchObject({
    orders: {
      nodes: [{ id: 'woo:order:4' }, { id: 'woo:order:3' }, { id: 'woo:order:2' }],
      totalCount: 4,
      pageInfo: { hasNextPage: true },
    },
    returns: { nodes: [{ id: 'woo:return:4-51' }, { id: 'woo:return:3-50' }], totalCount: 2 },
  });
  // The guest's orders came with the parties: the cache still has them.
  expect(shop.takeCalls()).toEqual({ 'GET /orders': 1, 'GET /orders/:id/refunds': 2 });
  const next = await askCustomer(['woo:customer:12', guest], fields(customer.orders.pageInfo.endCursor));
  expect(next.data?._entities).toMatchObject([
    { orders: { nodes: [{ id: 'woo:order:1' }], totalCount: 4, pageInfo: { hasNextPage: false } } },
  ]);
});

test("filters a customer's orders by days of the company's time zone, guests alike", async () => {
  await using shop = await startWooShop((store) => {
    addShopCustomer(store, 12);
    // Half past midnight in Warsaw is still the day before in UTC.
    addOrder(store, 1, { customerId: 12, createdAt: Date.parse('2026-06-30T22:30:00Z') });
    addOrder(store, 2, { customerId: 12, createdAt: Date.parse('2026-06-30T21:30:00Z') });
    addOrder(store, 3, { createdAt: Date.parse('2026-07-01T21:59:59Z') });
    addOrder(store, 4, { createdAt: Date.parse('2026-07-01T22:00:00Z') });
  });
  const { askCustomer, parties } = createShopGraph([shop.source]);
  const [[guest]] = (await parties([{ kind: 'REFERENCE', value: 'woo:order:3' }])).found as [[string]];
  const { data } = await askCustomer(
    ['woo:customer:12', guest],
    'orders(filter: { placed: { from: "2026-07-01", to: "2026-07-01" } }) { nodes { id } }',
  );
  expect(data?._entities).toEqual([{ orders: { nodes: [{ id: 'woo:order:3' }, { id: 'woo:order:1' }] } }]);
});

test('a customer without a record in the shop has no orders: an empty list, and no call', async () => {
  await using shop = await startWooShop(() => {});
  const { askCustomer } = createShopGraph([shop.source]);
  const { data } = await askCustomer(
    ['hubspot:company:7'],
    'orders { nodes { id } totalCount } returns { totalCount }',
  );
  expect(data?._entities).toEqual([{ orders: { nodes: [], totalCount: 0 }, returns: { totalCount: 0 } }]);
  expect(shop.takeCalls()).toEqual({});
});

test('a shop that is down fails the list instead of shortening it, and says which shop', async () => {
  await using up = await startWooShop((store) => addOrder(store, 1));
  await using down = await startWooShop(() => {}, { name: 'outlet' });
  down.sandbox.control.set('woo', { mode: 'outage' });
  const { ask } = createShopGraph([up.source, down.source]);
  const answer = await ask('{ order(id: "woo:order:1") { number } orders { nodes { id } } }');
  expect(answer.data).toEqual({ order: { number: '1' }, orders: null });
  expect(answer.errors).toMatchObject([
    { path: ['orders'], extensions: { code: 'UPSTREAM_UNAVAILABLE', source: 'outlet', vendor: 'woocommerce' } },
  ]);
});

test('two shops: merged lists, numbers that both have, a SKU with the stock of both', async () => {
  await using woo = await startWooShop((store) => {
    addOrder(store, 1, { createdAt: day('2026-03-01') });
    addOrder(store, 3, { createdAt: day('2026-03-03') });
    addProduct(store, 7, { stockQuantity: 0 });
    addProduct(store, 8);
  });
  await using outlet = await startWooShop(
    (store) => {
      addOrder(store, 1, { createdAt: day('2026-03-02'), billing: address({ email: 'ewa@dom.pl' }) });
      addProduct(store, 7, { stockQuantity: 2 });
      addProduct(store, 9);
    },
    { name: 'outlet' },
  );
  const { ask } = createShopGraph([woo.source, outlet.source]);
  const first = await ask('{ orders(first: 2) { nodes { id } totalCount pageInfo { endCursor hasNextPage } } }');
  const page = first.data!.orders as { pageInfo: { endCursor: string } };
  expect(page).toMatchObject({ nodes: [{ id: 'woo:order:3' }, { id: 'outlet:order:1' }], totalCount: 3 });
  const rest = await ask('query ($after: String) { orders(after: $after) { nodes { id } } }', {
    after: page.pageInfo.endCursor,
  });
  expect(rest.data?.orders).toEqual({ nodes: [{ id: 'woo:order:1' }] });
  const byNumber = await ask(`{
    both: orderByNumber(number: "#1") { id } one: orderByNumber(number: "1", source: "outlet") { id }
    three: orderByNumber(number: "3") { id } none: orderByNumber(number: "9") { id }
  }`);
  expect(byNumber.data).toEqual({
    both: null,
    one: { id: 'outlet:order:1' },
    three: { id: 'woo:order:3' },
    none: null,
  });
  expect(byNumber.errors).toMatchObject([
    { path: ['both'], extensions: { code: 'AMBIGUOUS', sources: ['woo', 'outlet'] } },
  ]);
  const products = await ask(
    '{ products { nodes { sku availability stock { source quantity } } pageInfo { hasNextPage } } }',
  );
  expect(products.data?.products).toEqual({
    nodes: [
      {
        sku: 'SKU-7',
        availability: 'IN_STOCK',
        stock: [
          { source: 'woo', quantity: '0' },
          { source: 'outlet', quantity: '2' },
        ],
      },
      { sku: 'SKU-8', availability: 'IN_STOCK', stock: [{ source: 'woo', quantity: '5' }] },
      { sku: 'SKU-9', availability: 'IN_STOCK', stock: [{ source: 'outlet', quantity: '5' }] },
    ],
    pageInfo: { hasNextPage: false },
  });
});

test("an invoice's order is found by its number, and among two shops by what else agrees", async () => {
  await using woo = await startWooShop((store) => addOrder(store, 1));
  await using outlet = await startWooShop(
    (store) => addOrder(store, 1, { billing: address({ email: 'ewa@dom.pl' }), totalMinor: 999 }),
    {
      name: 'outlet',
    },
  );
  const ref = (number: string, email: string, total: string) =>
    sealer.seal('invoiceRef', ['fakturownia', number, email, '', total, 'PLN']);
  const ask = async (invoiceRef: string) => {
    const query = 'query ($r: [_Any!]!) { _entities(representations: $r) { ... on Order { id invoiceRef orderRef } } }';
    const representations = [{ __typename: 'Order', invoiceRef }];
    return createShopGraph([woo.source, outlet.source]).ask(query, { r: representations });
  };
  const byEmail = await ask(ref('1', 'ewa@dom.pl', '0'));
  expect(byEmail.data?._entities).toMatchObject([{ id: 'outlet:order:1', invoiceRef: ref('1', 'ewa@dom.pl', '0') }]);
  const byTotal = await ask(ref('1', '', '135.28'));
  const [order] = byTotal.data!._entities as [{ id: string; orderRef: string }];
  expect(order.id).toBe('woo:order:1');
  expect(sealer.open('orderRef', order.orderRef)).toEqual(['woo', '1', 'jan@dom.pl', '', '135.28', 'PLN', 'multi']);
  expect((await ask(ref('1', '', '0'))).errors).toMatchObject([{ extensions: { code: 'AMBIGUOUS' } }]);
  expect((await ask(ref('77', '', '0'))).data?._entities).toEqual([null]);
});

test('fifty orders as entities take one call', async () => {
  await using shop = await startWooShop((store) => {
    for (let id = 1; id <= 50; id += 1) addOrder(store, id);
  });
  const representations = Array.from({ length: 50 }, (_, index) => ({
    __typename: 'Order',
    id: `woo:order:${index + 1}`,
  }));
  const query =
    'query ($r: [_Any!]!) { _entities(representations: $r) { ... on Order { number lines { product { name } } } } }';
  const { data } = await createShopGraph([shop.source]).ask(query, { r: representations });
  expect(data?._entities).toHaveLength(50);
  expect(shop.takeCalls()).toEqual({ 'GET /orders': 1, 'GET /products': 1 });
});

test('what the shop does not have is null and named in the extensions; without a shop, everything', async () => {
  await using shop = await startWooShop((store) => addOrder(store, 1));
  const answer = await createShopGraph([shop.source]).ask('{ order(id: "woo:order:1") { shipments { id } } }');
  expect(answer.data).toEqual({ order: { shipments: null } });
  expect(answer.errors).toBeUndefined();
  expect(answer.extensions?.notProvided).toEqual([
    { code: 'NOT_PROVIDED_BY_SOURCE', coordinate: 'Order.shipments', source: 'woo', vendor: 'woocommerce' },
  ]);
  const none = await createShopGraph([]).ask(
    '{ orders { totalCount } products { totalCount } product(sku: "X") { name } }',
  );
  expect(none).toMatchObject({ data: { orders: null, products: null, product: null } });
  expect(none.extensions?.notProvided).toMatchObject([
    { coordinate: 'Query.orders' },
    { coordinate: 'Query.products' },
  ]);
});

test('arguments out of bounds are refused with a reason', async () => {
  await using shop = await startWooShop(() => {});
  const { ask } = createShopGraph([shop.source]);
  const answer = await ask(
    '{ a: orders(first: 101) { totalCount } b: orderByNumber(number: "1", source: "nope") { id } }',
  );
  expect(answer.errors).toMatchObject([
    { extensions: { code: 'BAD_USER_INPUT' } },
    { extensions: { code: 'BAD_USER_INPUT' } },
  ]);
  expect(shop.takeCalls()).toEqual({});
});
