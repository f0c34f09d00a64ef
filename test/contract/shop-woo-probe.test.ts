import { expect, test } from '@jest/globals';
import { SANDBOX_CREDENTIALS } from '../../sandbox/server/vendors.ts';
import { probe } from '../../subgraphs/shop/connectors/woocommerce/probe.ts';
import { addOrder, address, addShopCustomer } from './sandbox-fixture.ts';
import { callContext } from './shop-contract.ts';
import { addProduct, startWooShop, type WooShop } from './shop-woo-fixture.ts';

const configOf = (shop: WooShop) => ({ name: 'woo', url: shop.sandbox.urls.woo, ...SANDBOX_CREDENTIALS.woo });

const meta = (key: string, value: unknown) => ({ id: 1, key, value });

test('reports which fields hold identifiers and how full they are, and changes nothing', async () => {
  await using shop = await startWooShop((store) => {
    addShopCustomer(store, 12, { nip: '525-244-57-67' });
    addShopCustomer(store, 13, { nip: null });
    addOrder(store, 1, { number: '2026/1', nip: '5252445767' });
    addOrder(store, 2, { number: '2026/2', meta: [meta('vat_id', 'PL5252445767'), meta('_cart_hash', 'a1b2')] });
    addOrder(store, 3, { number: '2026/3', billing: address({ email: '' }) });
    addProduct(store, 7);
  });
  shop.takeCalls();
  const report = await probe(configOf(shop), callContext());
  expect(report.ok).toBe(true);
  expect(report.checks).toEqual([
    { name: 'orders', ok: true, detail: 'readable, 3 of 3 sampled' },
    { name: 'customers', ok: true, detail: 'readable, 2 of 2 sampled' },
    { name: 'products', ok: true, detail: 'readable, 1 of 1 sampled' },
    { name: 'order numbers', ok: true, detail: '3 sampled, each once; not the id: looked up by search' },
    { name: 'order statuses', ok: true, detail: 'all known' },
    { name: 'shipment tracking', ok: true, detail: 'found in 0 of 3 orders' },
    { name: 'product SKUs', ok: true, detail: '1 sampled, each once' },
  ]);
  expect(report.fields).toEqual(
    expect.arrayContaining([
      { field: 'orders.number', filled: 3, sampled: 3, looksLike: 'ORDER_NUMBER' },
      { field: 'orders._billing_nip', filled: 1, sampled: 3, looksLike: 'TAX_ID' },
      { field: 'orders.billing_nip', filled: 0, sampled: 3, looksLike: 'TAX_ID' },
      { field: 'orders.vat_id', filled: 1, sampled: 3, looksLike: 'TAX_ID' },
      { field: 'orders.billing.email', filled: 2, sampled: 3, looksLike: 'EMAIL' },
      { field: 'customers._billing_nip', filled: 1, sampled: 2, looksLike: 'TAX_ID' },
    ]),
  );
  expect(report.fields.map(({ field }) => field)).not.toContain('orders._cart_hash');
  expect(report.sample.map(({ reference }) => reference).sort()).toEqual(['woo:customer:12', 'woo:customer:13']);
  expect(shop.takeCalls()).toEqual({ 'GET /orders': 1, 'GET /customers': 1, 'GET /products': 1 });
});

test('tells of numbers that repeat and of statuses that nobody explained', async () => {
  await using shop = await startWooShop((store) => {
    for (const id of [1, 2]) addOrder(store, id, { number: 'A-1' });
    // Cast: the sandbox's own orders have WooCommerce's own statuses; a plugin adds more.
    addOrder(store, 3, { status: 'packed' as 'processing' });
  });
  const report = await probe(configOf(shop), callContext());
  const check = (name: string) => report.checks.find((one) => one.name === name);
  expect(check('order numbers')).toMatchObject({ ok: false, detail: expect.stringContaining('1 of 2 different ones') });
  expect(check('order statuses')).toEqual({
    name: 'order statuses',
    ok: false,
    detail: 'say in STATUSES what these mean: packed',
  });
  expect(report.ok).toBe(true);
});

test('wrong credentials are failed checks, and nothing is told of the shop', async () => {
  await using shop = await startWooShop((store) => addOrder(store, 1));
  const report = await probe({ ...configOf(shop), consumerSecret: 'cs_wrong' }, callContext());
  expect(report).toMatchObject({ ok: false, budget: null, sample: [] });
  expect(report.checks.map(({ ok }) => ok)).toEqual([false, false, false]);
  expect(report.checks[0]!.detail).toMatch(/^UPSTREAM_AUTH/);
});

test('an empty shop works', async () => {
  await using shop = await startWooShop(() => {});
  const report = await probe(configOf(shop), callContext());
  expect(report.ok).toBe(true);
  expect(report.checks.map(({ name }) => name)).toEqual(['orders', 'customers', 'products']);
});
