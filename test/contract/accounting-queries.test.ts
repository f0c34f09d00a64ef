import { expect, test } from '@jest/globals';
import type { FakturowniaStore } from '../../sandbox/data/records.ts';
import { type AccountingGraph, createAccountingGraph } from './accounting-subgraph-fixture.ts';
import { ksefNumber, startFakturownia } from './fakturownia-fixture.ts';
import { addInvoice } from './sandbox-fixture.ts';

test('pages through all documents, the newest first, each once, also while others are issued', async () => {
  await using account = await startFakturownia((store) => {
    for (let id = 1; id <= 7; id += 1) addInvoice(store, id, { issueDate: id < 4 ? '2026-10-01' : '2026-10-02' });
  });
  const graph = createAccountingGraph([account.source]);
  const seen: string[] = [];
  for (let after: string | null = null, more = true; more; ) {
    const page = await list(graph, 'first: 2', after);
    seen.push(...page.ids);
    [after, more] = [page.endCursor, page.hasNextPage];
    if (seen.length === 2) addInvoice(account.store, 8, { issueDate: '2026-10-03' });
  }
  expect(seen).toEqual(['7', '6', '5', '4', '3', '2', '1']);
});

test('filters by kind, status and days of issue; by due days it checks each', async () => {
  await using account = await startFakturownia((store) => {
    addInvoice(store, 1, { issueDate: '2026-10-01', dueDate: '2026-10-08' });
    addInvoice(store, 2, { issueDate: '2026-10-02', dueDate: '2026-10-30', kind: 'proforma' });
    addInvoice(store, 3, { issueDate: '2026-10-03', dueDate: null, cancelled: true });
    addInvoice(store, 4, { issueDate: '2026-10-04', dueDate: '2026-10-09', kind: 'correction', fromInvoiceId: 1 });
    addInvoice(store, 5, { issueDate: '2026-10-05', kind: 'correction', fromInvoiceId: 6, dueDate: '2026-11-09' });
    addInvoice(store, 6, { issueDate: '2026-09-30', kind: 'advance', dueDate: '2026-11-10' });
  });
  const graph = createAccountingGraph([account.source]);
  const ids = async (filter: string) => (await list(graph, `filter: { ${filter} }`)).ids;
  expect(await ids('kind: [PROFORMA]')).toEqual(['2']);
  expect(await ids('kind: [CORRECTION]')).toEqual(['4']);
  expect(await ids('kind: [CORRECTION_ADVANCE, ADVANCE]')).toEqual(['5', '6']);
  expect(await ids('kind: [OTHER]')).toEqual([]);
  expect(await ids('kind: []')).toEqual([]);
  expect(await ids('status: [CANCELLED]')).toEqual(['3']);
  expect(await ids('status: [DRAFT]')).toEqual([]);
  expect(await ids('issued: { from: "2026-10-02", to: "2026-10-03" }')).toEqual(['3', '2']);
  expect(await ids('due: { from: "2026-10-09", to: "2026-10-30" }')).toEqual(['4', '2']);
  expect(await ids('due: { from: "2026-11-10" }, issued: { to: "2026-10-01" }')).toEqual(['6']);
});

test('filters by what is overdue and how it is paid, after corrections', async () => {
  await using account = await startFakturownia((store) => {
    addInvoice(store, 1, { dueDate: '2026-10-23' });
    addInvoice(store, 2, { dueDate: '2026-11-02' });
    addInvoice(store, 3, { dueDate: '2026-10-23', paidMinor: 7257, status: 'paid', clientId: 3 });
    addInvoice(store, 4, { dueDate: '2026-10-23', clientId: 4 });
    addInvoice(store, 5, { kind: 'correction', fromInvoiceId: 4, grossMinor: -7257, clientId: 4 });
    addInvoice(store, 6, { kind: 'proforma', dueDate: '2026-10-01' });
    addInvoice(store, 7, { dueDate: '2026-10-23', paidMinor: 8000, status: 'paid', clientId: 5 });
  });
  const graph = createAccountingGraph([account.source]);
  const ids = async (filter: string) => (await list(graph, `filter: { ${filter} }`)).ids.sort();
  expect(await ids('overdue: true')).toEqual(['1']);
  expect(await ids('overdue: false')).toEqual(['2', '3', '4', '5', '6', '7']);
  expect(await ids('paymentStatus: [UNPAID]')).toEqual(['1', '2']);
  expect(await ids('paymentStatus: [PAID]')).toEqual(['3', '4']);
  expect(await ids('paymentStatus: [OVERPAID]')).toEqual(['7']);
  expect(await ids('paymentStatus: [NOT_APPLICABLE]')).toEqual(['5', '6']);
});

test('sorts by due day, undated where the vendor puts them, and by the last change', async () => {
  await using account = await startFakturownia((store) => {
    addInvoice(store, 1, { dueDate: '2026-10-08', updatedAt: 3000 });
    addInvoice(store, 2, { dueDate: null, updatedAt: 1000 });
    addInvoice(store, 3, { dueDate: '2026-10-01', updatedAt: 2000 });
  });
  const graph = createAccountingGraph([account.source]);
  const ids = async (order: string) => (await list(graph, `orderBy: { ${order} }`)).ids;
  expect(await ids('field: DUE_DATE, direction: DESC')).toEqual(['1', '3', '2']);
  expect(await ids('field: DUE_DATE, direction: ASC')).toEqual(['2', '3', '1']);
  expect(await ids('field: UPDATED_AT, direction: ASC')).toEqual(['2', '3', '1']);
});

test('a filter that would take too many documents is refused, never cut short', async () => {
  await using account = await startFakturownia((store) => {
    for (let id = 1; id <= 1100; id += 1) addInvoice(store, id, { dueDate: '2026-12-01' });
  });
  const graph = createAccountingGraph([account.source]);
  for (const filter of ['overdue: true', 'due: { to: "2020-01-01" }', 'status: [CANCELLED]']) {
    const { data, errors } = await graph.ask(`{ invoices(filter: { ${filter} }) { nodes { id } } }`);
    expect(data).toEqual({ invoices: null });
    expect(errors).toMatchObject([
      { path: ['invoices'], extensions: { code: 'FILTER_NOT_SUPPORTED', source: 'fakturownia' } },
    ]);
  }
});

test('by number: one, none, several in one system or in two', async () => {
  await using main = await startFakturownia((store) => {
    addInvoice(store, 1, { number: 'FV/1/10/2026' });
    addInvoice(store, 2, { number: 'FV/2/10/2026' });
    addInvoice(store, 3, { number: 'FV/2/10/2026', departmentId: 2 });
  });
  await using other = await startFakturownia((store) => addInvoice(store, 9, { number: 'FV/1/10/2026' }), {
    name: 'ledger',
  });
  const { ask } = createAccountingGraph([main.source, other.source]);
  const { data, errors } = await ask(`{
    both: invoiceByNumber(number: "FV/1/10/2026") { id }
    one: invoiceByNumber(number: " FV/1/10/2026 ", source: "ledger") { id }
    twice: invoiceByNumber(number: "FV/2/10/2026", source: "fakturownia") { id }
    none: invoiceByNumber(number: "FV/9/10/2026") { id }
    nowhere: invoiceByNumber(number: "FV/9/10/2026", source: "nope") { id }
  }`);
  expect(data).toEqual({ both: null, one: { id: 'ledger:invoice:9' }, twice: null, none: null, nowhere: null });
  expect(errors?.map(({ path, extensions }) => [path?.[0], extensions?.code]).sort()).toEqual([
    ['both', 'AMBIGUOUS'],
    ['nowhere', 'BAD_USER_INPUT'],
    ['twice', 'AMBIGUOUS'],
  ]);
});

test('by KSeF number, whose checksum must be right', async () => {
  const wanted = ksefNumber('5252445767-20261016-ABC123DEF456');
  await using account = await startFakturownia((store) => {
    addInvoice(store, 1, { govId: wanted });
    addInvoice(store, 2, { govId: ksefNumber('5252445767-20261016-000000000001') });
  });
  const { ask } = createAccountingGraph([account.source]);
  const { data, errors } = await ask(`{
    found: invoiceByKsefNumber(number: "${wanted.toLowerCase()}") { id }
    none: invoiceByKsefNumber(number: "${ksefNumber('5252445767-20261016-000000000002')}") { id }
    mistyped: invoiceByKsefNumber(number: "5252445767-20261016-ABC123DEF456-00") { id }
  }`);
  expect(data).toEqual({ found: { id: 'fakturownia:invoice:1' }, none: null, mistyped: null });
  expect(errors).toMatchObject([{ path: ['mistyped'], extensions: { code: 'BAD_USER_INPUT' } }]);
});

test('two systems are one list; without any there is none, and it says so', async () => {
  const fill = (days: string[]) => (store: FakturowniaStore) => {
    days.forEach((issueDate, index) => {
      addInvoice(store, index + 1, { issueDate });
    });
  };
  await using main = await startFakturownia(fill(['2026-10-01', '2026-10-03']));
  await using other = await startFakturownia(fill(['2026-10-02', '2026-10-04']), { name: 'ledger' });
  const { ask } = createAccountingGraph([main.source, other.source]);
  const { data } = await ask('{ invoices(first: 3) { nodes { id } totalCount pageInfo { hasNextPage } } }');
  expect(data?.invoices).toEqual({
    nodes: [{ id: 'ledger:invoice:2' }, { id: 'fakturownia:invoice:2' }, { id: 'ledger:invoice:1' }],
    totalCount: 4,
    pageInfo: { hasNextPage: true },
  });
  const none = await createAccountingGraph([]).ask('{ invoices { totalCount } invoice(id: "x:invoice:1") { id } }');
  expect(none.data).toEqual({ invoices: null, invoice: null });
  expect(none.extensions?.notProvided).toMatchObject([{ coordinate: 'Query.invoices', source: 'accounting' }]);
});

async function list(graph: AccountingGraph, args: string, after: string | null = null) {
  const query = `query ($after: String) { invoices(after: $after, ${args}) { nodes { source { remoteId } } pageInfo { endCursor hasNextPage } } }`;
  const { data, errors } = await graph.ask(query, { after });
  expect(errors).toBeUndefined();
  const page = data!.invoices as {
    nodes: { source: { remoteId: string } }[];
    pageInfo: { endCursor: string; hasNextPage: boolean };
  };
  return { ids: page.nodes.map(({ source }) => source.remoteId), ...page.pageInfo };
}
