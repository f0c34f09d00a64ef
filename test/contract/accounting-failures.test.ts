import { expect, test } from '@jest/globals';
import type { FakturowniaStore } from '../../sandbox/data/records.ts';
import { createAccountingGraph } from './accounting-subgraph-fixture.ts';
import { startFakturownia } from './fakturownia-fixture.ts';
import { addClient, addInvoice } from './sandbox-fixture.ts';

const FIELDS = 'invoices { nodes { id } } payments { nodes { id } } receivables { total { amount } }';

for (const [mode, code] of [
  ['outage', 'UPSTREAM_UNAVAILABLE'],
  ['hang', 'UPSTREAM_TIMEOUT'],
  ['html', 'UPSTREAM_BAD_RESPONSE'],
  ['truncated', 'UPSTREAM_BAD_RESPONSE'],
  ['wrong-shape', 'UPSTREAM_BAD_RESPONSE'],
] as const) {
  test(`${mode}: documents, payments and debts are unknown, never empty or zero`, async () => {
    await using account = await startFakturownia(fill, mode === 'hang' ? { timeoutMs: 300 } : {});
    account.sandbox.control.set('fakturownia', { mode });
    const { askCustomer } = createAccountingGraph([account.source]);
    const answer = await askCustomer(['fakturownia:client:77'], FIELDS);
    expect(answer.data?._entities).toEqual([{ invoices: null, payments: null, receivables: null }]);
    const fields = ['invoices', 'payments', 'receivables'];
    expect(answer.errors?.map(({ path }) => path?.at(-1)).sort()).toEqual(fields);
    for (const { extensions } of answer.errors ?? []) {
      expect(extensions).toMatchObject({ code, source: 'fakturownia', vendor: 'fakturownia' });
    }
  });
}

test('one of two systems down: what both have to tell is unknown, what one tells alone stands', async () => {
  await using up = await startFakturownia(fill);
  await using down = await startFakturownia(fill, { name: 'ledger' });
  down.sandbox.control.set('fakturownia', { mode: 'outage' });
  const { ask, askCustomer } = createAccountingGraph([up.source, down.source]);
  const both = await askCustomer(['fakturownia:client:77', 'ledger:client:77'], FIELDS);
  expect(both.data?._entities).toEqual([{ invoices: null, payments: null, receivables: null }]);
  expect(both.errors?.every(({ extensions }) => extensions?.source === 'ledger')).toBe(true);
  const one = await askCustomer(['fakturownia:client:77'], FIELDS);
  expect(one.errors).toBeUndefined();
  expect(one.data?._entities).toMatchObject([{ receivables: { total: [{ amount: '72.57' }] } }]);
  const answer = await ask(`{
    mine: invoice(id: "fakturownia:invoice:1") { number } theirs: invoice(id: "ledger:invoice:1") { number }
    either: invoiceByNumber(number: "FV/1/2026") { number }
  }`);
  // The other system may have that number, too.
  expect(answer.data).toEqual({ mine: { number: 'FV/1/2026' }, theirs: null, either: null });
  expect(answer.errors?.map(({ path }) => path?.[0]).sort()).toEqual(['either', 'theirs']);
});

test('a failure while a long list is read fails the list', async () => {
  await using account = await startFakturownia((store) => {
    for (let id = 1; id <= 250; id += 1) {
      addInvoice(store, id, { clientId: 77, issueDate: `2026-0${1 + Math.floor(id / 28)}-${10 + (id % 18)}` });
    }
  });
  const { askCustomer } = createAccountingGraph([account.source]);
  expect((await askCustomer(['fakturownia:client:77'], 'invoices { nodes { id } }')).errors).toBeUndefined();
  account.sandbox.control.set('fakturownia', { errorRate: 1, errorStatus: 500 });
  const answer = await askCustomer(
    ['fakturownia:client:77'],
    'invoices { totalCount } receivables { total { amount } }',
  );
  expect(answer.data?._entities).toEqual([{ invoices: { totalCount: null }, receivables: null }]);
  expect(answer.errors).toMatchObject([{ path: ['_entities', 0, 'receivables'] }]);
});

test('payments that can’t be read leave the invoices standing', async () => {
  await using account = await startFakturownia((store) => {
    addInvoice(store, 1, { clientId: 77, paidMinor: 7257, status: 'paid' });
  });
  account.sandbox.control.set('fakturownia', { errorRate: 1, errorStatus: 500, path: '/invoices/' });
  const { askCustomer } = createAccountingGraph([account.source]);
  const answer = await askCustomer(
    ['fakturownia:client:77'],
    'invoices { nodes { balance { amount } payments { amount { amount } } } }',
  );
  expect(answer.data?._entities).toEqual([{ invoices: { nodes: [{ balance: { amount: '0.00' }, payments: null }] } }]);
  expect(answer.errors).toMatchObject([{ extensions: { code: 'UPSTREAM_UNAVAILABLE' } }]);
});

test('nothing is kept of a failure: the next request asks again', async () => {
  await using account = await startFakturownia(fill);
  account.sandbox.control.set('fakturownia', { errorRate: 1, errorStatus: 500 });
  const { askCustomer } = createAccountingGraph([account.source]);
  expect((await askCustomer(['fakturownia:client:77'], FIELDS)).errors).toHaveLength(3);
  account.sandbox.control.reset('fakturownia');
  expect((await askCustomer(['fakturownia:client:77'], FIELDS)).errors).toBeUndefined();
});

function fill(store: FakturowniaStore): void {
  addClient(store, 77);
  addInvoice(store, 1, { clientId: 77 });
}
