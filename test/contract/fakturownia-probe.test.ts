import { expect, test } from '@jest/globals';
import { SANDBOX_CREDENTIALS } from '../../sandbox/server/vendors.ts';
import { probe } from '../../subgraphs/accounting/connectors/fakturownia/probe.ts';
import { callContext } from './accounting-subgraph-fixture.ts';
import { type FakturowniaAccount, ksefNumber, startFakturownia } from './fakturownia-fixture.ts';
import { addClient, addInvoice } from './sandbox-fixture.ts';

test('reports what is readable, how full the fields are and what the filters do, and changes nothing', async () => {
  await using account = await startFakturownia((store) => {
    addClient(store, 77, { taxNumber: '5252445767', externalId: '12' });
    addClient(store, 78, { email: null });
    addInvoice(store, 1, { oid: '1001', govId: ksefNumber() });
    addInvoice(store, 2, {
      number: 'FV/1/2026',
      buyer: { ...addInvoice(store, 3).buyer, name: 'Klient detaliczny', taxNumber: null, email: null },
    });
  });
  const report = await probe(configOf(account), callContext());
  expect(report.ok).toBe(true);
  expect(Object.fromEntries(report.checks.map(({ name, ok, detail }) => [name, ok ? detail : `! ${detail}`]))).toEqual({
    invoices: 'readable, 3 sampled',
    clients: 'readable, 2 sampled',
    payments: 'readable, 0 sampled',
    products: 'readable, 0 sampled',
    'document kinds': 'all known',
    'document numbers': '1 repeat another one',
    'retail client': '1 of 3 documents are issued to it',
    'documents without client': '0 of 3',
    // The other two have the fixture's made-up number.
    'KSeF numbers': '! 3 of 3 documents have a number, 1 of these a valid one',
    'payments of documents': 'take one call for each document that was paid',
    'filter by order number': 'applied',
    'filter by KSeF number': 'applied',
  });
  expect(report.fields).toEqual([
    { field: 'invoices.oid', filled: 1, sampled: 3, looksLike: 'ORDER_NUMBER' },
    { field: 'invoices.buyer_tax_no', filled: 2, sampled: 3, looksLike: 'TAX_ID' },
    { field: 'invoices.buyer_email', filled: 2, sampled: 3, looksLike: 'EMAIL' },
    { field: 'clients.tax_no', filled: 1, sampled: 2, looksLike: 'TAX_ID' },
    { field: 'clients.email', filled: 1, sampled: 2, looksLike: 'EMAIL' },
    { field: 'clients.phone', filled: 0, sampled: 2, looksLike: 'PHONE' },
    { field: 'clients.external_id', filled: 1, sampled: 2, looksLike: 'EXTERNAL_ID' },
  ]);
  expect(report.budget).toBeNull();
  expect(report.sample.map(({ reference }) => reference)).toEqual(['fakturownia:client:78', 'fakturownia:client:77']);
  expect(account.takeCalls()).toEqual({
    'GET /invoices.json': 3,
    'GET /clients.json': 1,
    'GET /banking/payments.json': 1,
    'GET /products.json': 1,
  });
});

test('a wrong token fails every check and says so', async () => {
  await using account = await startFakturownia(() => {});
  const report = await probe({ ...configOf(account), apiToken: 'wrong' }, callContext());
  expect(report).toMatchObject({ ok: false, fields: [], sample: [] });
  for (const { ok, detail } of report.checks)
    expect([ok, detail]).toEqual([false, expect.stringContaining('UPSTREAM_AUTH')]);
});

test('an empty account is a working one', async () => {
  await using account = await startFakturownia(() => {});
  const report = await probe(configOf(account), callContext());
  expect(report).toMatchObject({ ok: true, fields: [], sample: [] });
  expect(report.checks.map(({ ok }) => ok)).toEqual([true, true, true, true]);
});

function configOf({ sandbox }: FakturowniaAccount) {
  const { apiToken } = SANDBOX_CREDENTIALS.fakturownia;
  return { name: 'fakturownia', url: sandbox.urls.fakturownia, apiToken };
}
