import { expect, test } from '@jest/globals';
import { probe } from '../../subgraphs/shop/connectors/medusa/probe.ts';
import { medusaBuyer, medusaCustomer, medusaOrder, medusaVariant } from './medusa-payloads.ts';
import { callContext } from './shop-contract.ts';
import { sendList, sendText, startFakeMedusa } from './shop-medusa-fixture.ts';

type Payloads = readonly Record<string, unknown>[];

function startShop(orders: Payloads, customers: Payloads = [], variants: Payloads = []) {
  return startFakeMedusa(({ path }, response) => {
    if (path === 'orders') return sendList(response, 'orders', orders, 250);
    if (path === 'customers') return sendList(response, 'customers', customers);
    return sendList(response, 'variants', variants);
  });
}

test('reports which fields hold identifiers and how full they are', async () => {
  const orders = [
    medusaOrder('order_1', { display_id: 1, metadata: { nip: '5252445767', woo_order: '2026/1' } }),
    medusaOrder('order_2', {
      display_id: 2,
      metadata: { vat_id: 'PL5252445767', woo_order: '2026/2', shop_order: '2' },
    }),
    medusaOrder('order_3', { display_id: 3, email: null, metadata: { note: { text: 'x' } } }),
  ];
  const customers = [
    medusaCustomer('cus_1', { email: 'Anna@Firma.pl', metadata: { nip: '5252445767' } }),
    medusaCustomer('cus_2', { ...medusaBuyer(), email: 'gosc@dom.pl' }),
  ];
  await using medusa = await startShop(orders, customers, [medusaVariant('A'), medusaVariant('A')]);
  const report = await probe(medusa.config, callContext());
  expect(report.ok).toBe(true);
  expect(report.checks).toEqual([
    { name: 'orders', ok: true, detail: 'readable, 3 of 250 sampled' },
    { name: 'customers', ok: true, detail: 'readable, 2 of 2 sampled' },
    { name: 'product-variants', ok: true, detail: 'readable, 2 of 2 sampled' },
    { name: 'order numbers', ok: true, detail: '3 sampled, each once' },
    { name: 'product SKUs', ok: false, detail: '2 sampled, 1 of 1 different ones several times' },
    { name: 'account e-mails', ok: true, detail: '1 of 1 have capitals; MIXED_CASE_EMAILS is true' },
  ]);
  expect(report.fields).toEqual(
    expect.arrayContaining([
      { field: 'orders.number', filled: 3, sampled: 3, looksLike: 'ORDER_NUMBER' },
      { field: 'orders.email', filled: 2, sampled: 3, looksLike: 'EMAIL' },
      { field: 'orders.metadata.nip', filled: 1, sampled: 3, looksLike: 'TAX_ID' },
      { field: 'orders.metadata.tax_id', filled: 0, sampled: 3, looksLike: 'TAX_ID' },
      { field: 'orders.metadata.vat_id', filled: 1, sampled: 3, looksLike: 'TAX_ID' },
      { field: 'orders.metadata.woo_order', filled: 2, sampled: 3, looksLike: 'ORDER_NUMBER' },
      { field: 'customers.metadata.nip', filled: 1, sampled: 1, looksLike: 'TAX_ID' },
    ]),
  );
  // It says again what the order's number is.
  expect(report.fields.map(({ field }) => field)).not.toContain('orders.metadata.shop_order');
  expect(report.sample.map(({ reference }) => reference)).toEqual(['medusa:customer:cus_1']);
  expect(medusa.seen).toHaveLength(3);
});

test('says when e-mails are taken for lower case and are not', async () => {
  await using medusa = await startShop([], [medusaCustomer('cus_1', { email: 'Anna@Firma.pl' })]);
  const report = await probe({ ...medusa.config, mixedCaseEmails: false }, callContext());
  expect(report.checks.at(-1)).toMatchObject({ name: 'account e-mails', ok: false });
});

test('a wrong key is failed checks, and nothing is told of the shop', async () => {
  await using medusa = await startFakeMedusa((_request, response) =>
    sendText(response, 401, '{"message":"Unauthorized"}'),
  );
  const report = await probe(medusa.config, callContext());
  expect(report).toMatchObject({ ok: false, budget: null, sample: [] });
  expect(report.checks.map(({ ok, detail }) => [ok, detail.split(':')[0]])).toEqual(
    Array.from({ length: 3 }, () => [false, 'UPSTREAM_AUTH']),
  );
});
