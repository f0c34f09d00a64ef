import { expect, test } from '@jest/globals';
import type { FakturowniaStore } from '../../sandbox/data/records.ts';
import { createAccountingGraph, sealer } from './accounting-subgraph-fixture.ts';
import { addPayment, startFakturownia } from './fakturownia-fixture.ts';
import { addClient, addInvoice } from './sandbox-fixture.ts';

/** What the connector's NOTES.md says of the number of calls. */

const LIST = 'GET /invoices.json';
const ONE = 'GET /invoices/:id.json';

const DEBTS = 'receivables { total { amount } overdue { amount } aging { bucket } oldestDueDate openInvoiceCount }';
const MONEY =
  'balance { amount } paymentStatus isOverdue daysOverdue agingBucket corrections { id } corrects { id } kind';

test('a cold customer: who it is 1, its documents, balances and debts 1, its payments 1 for each paid document', async () => {
  await using account = await startFakturownia((store) => {
    addClient(store, 77);
    for (let id = 1; id <= 30; id += 1) {
      const isPaid = id % 10 === 0;
      addInvoice(store, id, { clientId: 77, ...(isPaid ? { paidMinor: 7257, status: 'paid' } : {}) });
      if (isPaid) addPayment(store, id, { invoiceIds: [id] });
    }
    addInvoice(store, 31, { clientId: 77, kind: 'correction', fromInvoiceId: 1 });
  });
  const { parties, askCustomer } = createAccountingGraph([account.source]);
  await parties([{ kind: 'EMAIL', value: 'klient77@firma.pl' }]);
  expect(account.takeCalls()).toEqual({ 'GET /clients.json': 1 });
  const answer = await askCustomer(
    ['fakturownia:client:77'],
    `invoices(first: 100) { nodes { id ${MONEY} payments { amount { amount } payment { id } } } }
     payments { nodes { amount { amount } allocations { amount { amount } invoice { id } } } } ${DEBTS}`,
  );
  expect(answer.errors).toBeUndefined();
  expect(answer.data?._entities).toMatchObject([
    { payments: { nodes: [{}, {}, {}] }, receivables: { openInvoiceCount: 27 } },
  ]);
  expect(account.takeCalls()).toEqual({ [LIST]: 1, [ONE]: 3 });
});

test('fifty customers with documents and debts: 1 each', async () => {
  await using account = await startFakturownia((store) => {
    for (let id = 1; id <= 50; id += 1) addInvoice(store, id, { clientId: id });
  });
  const { ask } = createAccountingGraph([account.source]);
  await askCustomers(ask, 50, `invoices { nodes { ${MONEY} } } ${DEBTS}`);
  expect(account.takeCalls()).toEqual({ [LIST]: 50 });
});

test('above the vendor’s limit calls wait for their turn: thirty customers still come, and none is refused', async () => {
  const fill = (store: FakturowniaStore) => {
    for (let id = 1; id <= 50; id += 1) addInvoice(store, id, { clientId: id });
  };
  await using account = await startFakturownia(fill, { callsPerSecond: 10 }, { limits: { fakturownia: true } });
  const { ask } = createAccountingGraph([account.source]);
  await askCustomers(ask, 30, DEBTS);
  expect(account.takeCalls()).toEqual({ [LIST]: 30 });
});

test('a customer with 5,000 documents: 1 for the newest, 1 for each hundred when all count', async () => {
  await using account = await startFakturownia((store) => fillBusyClient(store, 5_000));
  const { askCustomer } = createAccountingGraph([account.source]);
  const newest = await askCustomer(['fakturownia:client:77'], `invoices { totalCount nodes { ${MONEY} } }`);
  expect(newest.data?._entities).toMatchObject([{ invoices: { totalCount: null } }]);
  expect(account.takeCalls()).toEqual({ [LIST]: 1 });
  await askCustomer(['fakturownia:client:77'], DEBTS);
  // The first was there already; the last three were asked for at once, though the list had ended with the first of them.
  expect(account.takeCalls()).toEqual({ [LIST]: 50 });
});

test('the newest twenty payments of a customer with hundreds: 1 each, and 1 for what changed on the last one’s day', async () => {
  await using account = await startFakturownia((store) => {
    fillBusyClient(store, 300);
    for (const invoice of store.invoices.values()) {
      Object.assign(invoice, { paidMinor: 7257, status: 'paid' });
      addPayment(store, invoice.id, { invoiceIds: [invoice.id], paidDate: invoice.issueDate });
    }
  });
  const { askCustomer } = createAccountingGraph([account.source]);
  const { data } = await askCustomer(
    ['fakturownia:client:77'],
    'payments { totalCount nodes { valueDate } pageInfo { hasNextPage } }',
  );
  const [customer] = data!._entities as [{ payments: { totalCount: null; nodes: { valueDate: string }[] } }];
  expect(customer.payments.nodes).toHaveLength(20);
  expect(account.takeCalls()[ONE]).toBe(22);
});

test('a hundred documents by reference: 1; their balances 1 for one client, 1 for many', async () => {
  await using account = await startFakturownia((store) => {
    for (let id = 1; id <= 100; id += 1) addInvoice(store, id, { clientId: id });
    addInvoice(store, 200, { clientId: 5, kind: 'correction', fromInvoiceId: 5, issueDate: '2026-10-20' });
  });
  const graph = () => createAccountingGraph([account.source]);
  const query = (fields: string) =>
    `query ($r: [_Any!]!) { _entities(representations: $r) { ... on Invoice { ${fields} } } }`;
  const r = Array.from({ length: 100 }, (_, index) => ({
    __typename: 'Invoice',
    id: `fakturownia:invoice:${index + 1}`,
  }));
  await graph().ask(query('number totals { gross { amount } }'), { r });
  expect(account.takeCalls()).toEqual({ [LIST]: 1 });
  await graph().ask(query('balance { amount }'), { r });
  expect(account.takeCalls()).toEqual({ [LIST]: 2 });
  await graph().ask(query('balance { amount }'), { r: r.slice(4, 5) });
  expect(account.takeCalls()).toEqual({ [LIST]: 2 });
});

test('a page of the newest documents with their balances: 2', async () => {
  await using account = await startFakturownia((store) => {
    for (let id = 1; id <= 300; id += 1) addInvoice(store, id, { clientId: id });
  });
  const { ask } = createAccountingGraph([account.source]);
  const { errors } = await ask(`{ invoices { nodes { number ${MONEY} } } }`);
  expect(errors).toBeUndefined();
  expect(account.takeCalls()).toEqual({ [LIST]: 2 });
});

test('the documents of a customer’s orders: 1 an order; the buyer’s own once', async () => {
  await using account = await startFakturownia((store) => {
    addClient(store, 77, { email: 'jan@dom.pl' });
    for (let id = 1; id <= 10; id += 1) addInvoice(store, id, { clientId: 77, oid: `${1000 + id}` });
  });
  const { subgraph, askOrder, parties } = createAccountingGraph([account.source]);
  await parties([{ kind: 'EMAIL', value: 'jan@dom.pl' }]);
  account.takeCalls();
  for (let number = 1001; number <= 1010; number += 1) {
    await askOrder({ number: `${number}`, email: 'jan@dom.pl' }, 'invoices { number balance { amount } }');
  }
  expect(account.takeCalls()).toEqual({ [LIST]: 11 });
  await subgraph.close();
});

test('what one request has read, the next one has in the cache', async () => {
  await using account = await startFakturownia((store) => {
    addClient(store, 77);
    addInvoice(store, 1, { clientId: 77 });
    addInvoice(store, 2, { clientId: 77, kind: 'correction', fromInvoiceId: 1 });
  });
  const { ask, askCustomer } = createAccountingGraph([account.source]);
  await askCustomer(['fakturownia:client:77'], `invoices { nodes { ${MONEY} } } ${DEBTS}`);
  account.takeCalls();
  await askCustomer(['fakturownia:client:77'], `invoices(filter: { overdue: true }) { nodes { id } } ${DEBTS}`);
  await ask('{ invoice(id: "fakturownia:invoice:2") { kind corrects { number } } }');
  expect(account.takeCalls()).toEqual({});
});

type Ask = ReturnType<typeof createAccountingGraph>['ask'];

async function askCustomers(ask: Ask, count: number, fields: string): Promise<void> {
  const r = Array.from({ length: count }, (_, index) => {
    const reference = `fakturownia:client:${index + 1}`;
    return { __typename: 'Customer', records: sealer.seal('records', [reference, reference]) };
  });
  const query = `query ($r: [_Any!]!) { _entities(representations: $r) { ... on Customer { ${fields} } } }`;
  const { errors } = await ask(query, { r });
  expect(errors).toBeUndefined();
}

/** Three documents a day. */
function fillBusyClient(store: FakturowniaStore, count: number): void {
  addClient(store, 77);
  for (let id = 1; id <= count; id += 1) {
    const at = Date.parse('2020-01-01T10:00:00Z') + Math.floor(id / 3) * 86_400_000;
    const issueDate = new Date(at).toISOString().slice(0, 10);
    addInvoice(store, id, { clientId: 77, issueDate, updatedAt: at });
  }
}
