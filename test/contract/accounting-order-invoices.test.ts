import { expect, test } from '@jest/globals';
import type { ExecutionResultBody } from '../../common/transport.ts';
import type { FakturowniaStore } from '../../sandbox/data/records.ts';
import { createAccountingGraph, type SealedOrder, sealer } from './accounting-subgraph-fixture.ts';
import { startFakturownia } from './fakturownia-fixture.ts';
import { addClient, addInvoice } from './sandbox-fixture.ts';

test('by the field for order numbers: alone, in a list, with a hash; and in a remark', async () => {
  const found = await numbersFound((store) => {
    addClient(store, 77, { email: 'jan@dom.pl' });
    const client = { clientId: 77 };
    addInvoice(store, 1, { ...client, oid: '1001' });
    addInvoice(store, 2, { ...client, oid: '1000,1001' });
    addInvoice(store, 3, { ...client, oid: '#1001' });
    addInvoice(store, 4, { ...client, description: 'Dziękujemy! Zamówienie nr 1001' });
    addInvoice(store, 5, { ...client, description: 'Dotyczy zamówień: 1000 i 1001.' });
    addInvoice(store, 6, { ...client, oid: '10011' });
    addInvoice(store, 7, { ...client, oid: '2002', description: 'Zamówienie nr 1001' });
    addInvoice(store, 8, client);
  });
  expect(found).toEqual(['1', '2', '3', '4', '5']);
});

test('what belongs to a document belongs to its order: corrections, proforma, receipt, advances and final invoice', async () => {
  const found = await numbersFound((store) => {
    addClient(store, 77, { email: 'jan@dom.pl' });
    addInvoice(store, 1, { clientId: 77, kind: 'proforma', issueDate: '2026-10-01' });
    addInvoice(store, 2, { clientId: 77, oid: '1001', fromInvoiceId: 1, issueDate: '2026-10-02' });
    addInvoice(store, 3, { clientId: 77, kind: 'correction', fromInvoiceId: 2, issueDate: '2026-10-03' });
    addInvoice(store, 4, { clientId: 77, kind: 'correction', fromInvoiceId: 3, issueDate: '2026-10-04' });
    addInvoice(store, 5, { clientId: 77, kind: 'advance', oid: '1001', issueDate: '2026-10-05' });
    addInvoice(store, 6, { clientId: 77, kind: 'final', advanceIds: [5], issueDate: '2026-10-06' });
    addInvoice(store, 7, { clientId: 77, kind: 'correction', fromInvoiceId: 8, issueDate: '2026-10-07' });
    addInvoice(store, 8, { clientId: 77, oid: '1002', issueDate: '2026-10-08' });
  });
  expect(found).toEqual(['1', '2', '3', '4', '5', '6']);
});

test('a receipt of the retail client is found by its number, with its corrections, without reading that client', async () => {
  await using account = await startFakturownia((store) => {
    const retail = { clientId: 9, buyer: { ...anyBuyer(store), name: 'Klient detaliczny', taxNumber: null } };
    addInvoice(store, 1, { ...retail, kind: 'receipt', oid: '1001', issueDate: '2026-10-01' });
    addInvoice(store, 2, { ...retail, kind: 'correction', fromInvoiceId: 1, issueDate: '2026-10-02' });
    for (let id = 10; id < 400; id += 1) addInvoice(store, id, { ...retail, kind: 'receipt', oid: `${id}` });
  });
  const { askOrder } = createAccountingGraph([account.source]);
  const answer = await askOrder({}, 'invoices { number kind customer { claim } }');
  expect(answer.data?._entities).toEqual([
    {
      invoices: [
        { number: 'FV/1/2026', kind: 'RECEIPT', customer: null },
        { number: 'FV/2/2026', kind: 'CORRECTION', customer: null },
      ],
    },
  ]);
  expect(account.takeCalls()).toEqual({ 'GET /invoices.json': 2 });
});

test('with several shops the number alone is not enough', async () => {
  const fill = (store: FakturowniaStore) => {
    addInvoice(store, 1, { oid: '1001' });
    addInvoice(store, 2, {
      oid: '1001',
      grossMinor: 99_900,
      buyer: { ...anyBuyer(store), email: 'ewa@dom.pl', taxNumber: null },
    });
  };
  expect(await numbersFound(fill, { shops: 'single' })).toEqual(['1', '2']);
  expect(await numbersFound(fill, { shops: 'multi', gross: '72.57' })).toEqual(['1']);
  expect(await numbersFound(fill, { shops: 'multi', gross: '1.00', email: 'ewa@dom.pl' })).toEqual(['2']);
  expect(await numbersFound(fill, { shops: 'multi', gross: '1.00', taxIdKey: 'PL5252445767' })).toEqual(['1']);
  expect(await numbersFound(fill, { shops: 'multi', gross: '1.00' })).toEqual([]);
});

test('an order without documents has an empty list; one whose accounting is down has none, and an error', async () => {
  await using account = await startFakturownia(() => {});
  const { askOrder } = createAccountingGraph([account.source]);
  expect(await askOrder({ number: '77' }, 'invoices { id }')).toMatchObject({
    data: { _entities: [{ invoices: [] }] },
    extensions: { touched: { Order: ['woo:order:1'] }, freshness: expect.anything() },
  });
  account.sandbox.control.set('fakturownia', { mode: 'outage' });
  const answer = await askOrder({ number: '78' }, 'invoices { id }');
  expect(answer.data?._entities).toEqual([{ invoices: null }]);
  expect(answer.errors).toMatchObject([
    { path: ['_entities', 0, 'invoices'], extensions: { code: 'UPSTREAM_UNAVAILABLE', source: 'fakturownia' } },
  ]);
});

test('a document names its orders so that the shop can find them', async () => {
  await using account = await startFakturownia((store) => {
    addInvoice(store, 1, { oid: '1001' });
    addInvoice(store, 2, { oid: '1001, 1002' });
    addInvoice(store, 3);
  });
  const { ask } = createAccountingGraph([account.source]);
  const { data } = await ask(
    '{ invoices(orderBy: { field: UPDATED_AT, direction: ASC }) { nodes { orderNumbers orders { invoiceRef } } } }',
  );
  const nodes = (data!.invoices as { nodes: { orderNumbers: string[]; orders: { invoiceRef: string }[] }[] }).nodes;
  expect(nodes.map(({ orderNumbers }) => orderNumbers)).toEqual([['1001'], ['1001', '1002'], []]);
  const opened = nodes.map(({ orders }) => orders.map(({ invoiceRef }) => sealer.open('invoiceRef', invoiceRef)));
  expect(opened).toEqual([
    [['fakturownia', '1001', 'klient1@firma.pl', 'PL5252445767', '72.57', 'PLN']],
    [
      ['fakturownia', '1001', 'klient1@firma.pl', 'PL5252445767', '', 'PLN'],
      ['fakturownia', '1002', 'klient1@firma.pl', 'PL5252445767', '', 'PLN'],
    ],
    [],
  ]);
});

async function numbersFound(
  fill: (store: FakturowniaStore) => void,
  order: Partial<SealedOrder> = { email: 'jan@dom.pl' },
): Promise<string[]> {
  await using account = await startFakturownia(fill);
  const answer = await createAccountingGraph([account.source]).askOrder(order, 'invoices { source { remoteId } }');
  expect(answer.errors).toBeUndefined();
  return remoteIds(answer);
}

function remoteIds({ data }: ExecutionResultBody): string[] {
  const [order] = data!._entities as [{ invoices: { source: { remoteId: string } }[] }];
  return order.invoices.map(({ source }) => source.remoteId);
}

function anyBuyer(store: FakturowniaStore) {
  const invoice = addInvoice(store, 1_000_000);
  store.invoices.delete(1_000_000);
  store.invoicesByClient.delete(1);
  return invoice.buyer;
}
