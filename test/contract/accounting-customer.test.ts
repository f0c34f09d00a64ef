import { expect, test } from '@jest/globals';
import { createAccountingGraph, sealer } from './accounting-subgraph-fixture.ts';
import { addPayment, startFakturownia } from './fakturownia-fixture.ts';
import { addClient, addInvoice } from './sandbox-fixture.ts';

test('one customer: documents, corrected balances and what is owed share the calls of one list', async () => {
  await using account = await startFakturownia((store) => {
    addClient(store, 77);
    addInvoice(store, 1, { clientId: 77, dueDate: '2026-10-23' });
    addInvoice(store, 2, {
      clientId: 77,
      dueDate: '2026-12-01',
      grossMinor: 10_000,
      paidMinor: 2_500,
      status: 'partial',
    });
    addInvoice(store, 3, {
      clientId: 77,
      kind: 'correction',
      fromInvoiceId: 1,
      netMinor: -2000,
      vatMinor: -460,
      grossMinor: -2460,
      issueDate: '2026-10-20',
    });
  });
  const { askCustomer } = createAccountingGraph([account.source]);
  const answer = await askCustomer(
    ['hubspot:company:7', 'fakturownia:client:77'],
    `invoices { totalCount nodes { id kind balance { amount } isOverdue daysOverdue agingBucket paymentStatus corrections { id } corrects { id } } }
     receivables { asOf total { amount currency } overdue { amount currency } aging { bucket amount { amount } } worstBucket oldestDueDate openInvoiceCount }`,
  );
  expect(answer.errors).toBeUndefined();
  expect(answer.data?._entities).toEqual([
    {
      invoices: {
        totalCount: 3,
        nodes: [
          expect.objectContaining({
            id: 'fakturownia:invoice:3',
            kind: 'CORRECTION',
            paymentStatus: 'NOT_APPLICABLE',
            corrects: { id: 'fakturownia:invoice:1' },
          }),
          expect.objectContaining({
            id: 'fakturownia:invoice:2',
            balance: { amount: '75.00' },
            isOverdue: false,
            agingBucket: 'CURRENT',
            paymentStatus: 'PARTIALLY_PAID',
          }),
          {
            id: 'fakturownia:invoice:1',
            kind: 'INVOICE',
            balance: { amount: '47.97' },
            isOverdue: true,
            daysOverdue: 10,
            agingBucket: 'D1_30',
            paymentStatus: 'UNPAID',
            corrections: [{ id: 'fakturownia:invoice:3' }],
            corrects: null,
          },
        ],
      },
      receivables: {
        asOf: '2026-11-02',
        total: [{ amount: '122.97', currency: 'PLN' }],
        overdue: [{ amount: '47.97', currency: 'PLN' }],
        aging: [
          { bucket: 'CURRENT', amount: { amount: '75.00' } },
          { bucket: 'D1_30', amount: { amount: '47.97' } },
        ],
        worstBucket: 'D1_30',
        oldestDueDate: '2026-10-23',
        openInvoiceCount: 2,
      },
    },
  ]);
  expect(account.takeCalls()).toEqual({ 'GET /invoices.json': 1 });
});

test('a client that stands there twice, and in two systems, is one list with one sum', async () => {
  const dated = (clientId: number, day: string) => ({ clientId, issueDate: day, dueDate: '2026-10-23' });
  await using main = await startFakturownia((store) => {
    addInvoice(store, 1, dated(77, '2026-10-01'));
    addInvoice(store, 2, dated(78, '2026-10-02'));
    // The clerk picked the other one of the two.
    addInvoice(store, 3, { ...dated(78, '2026-10-05'), kind: 'correction', fromInvoiceId: 1, grossMinor: -1257 });
  });
  await using other = await startFakturownia((store) => addInvoice(store, 1, dated(5, '2026-10-03')), {
    name: 'ledger',
  });
  const { askCustomer } = createAccountingGraph([main.source, other.source]);
  const references = ['fakturownia:client:77', 'fakturownia:client:78', 'ledger:client:5', 'woo:customer:1'];
  const fields = (after: string | null) => `
    invoices(first: 3, after: ${JSON.stringify(after)}) { totalCount nodes { id } pageInfo { hasNextPage endCursor } }
    receivables { total { amount } openInvoiceCount }`;
  const { data } = await askCustomer(references, fields(null));
  const [customer] = data!._entities as [{ invoices: { pageInfo: { endCursor: string } } }];
  expect(customer).toMatchObject({
    invoices: {
      totalCount: 4,
      nodes: [{ id: 'fakturownia:invoice:3' }, { id: 'ledger:invoice:1' }, { id: 'fakturownia:invoice:2' }],
      pageInfo: { hasNextPage: true },
    },
    receivables: { total: [{ amount: '205.14' }], openInvoiceCount: 3 },
  });
  const rest = await askCustomer(references, fields(customer.invoices.pageInfo.endCursor));
  expect(rest.data?._entities).toMatchObject([
    { invoices: { nodes: [{ id: 'fakturownia:invoice:1' }], pageInfo: { hasNextPage: false } } },
  ]);
});

test('filters and sorts a customer’s documents, each page going on where the last one ended', async () => {
  await using account = await startFakturownia((store) => {
    const own = { clientId: 77 };
    addInvoice(store, 1, { ...own, issueDate: '2026-09-01', dueDate: '2026-09-08' });
    addInvoice(store, 2, { ...own, issueDate: '2026-09-02', dueDate: '2026-12-01', kind: 'proforma' });
    addInvoice(store, 3, { ...own, issueDate: '2026-09-03', dueDate: null, paidMinor: 7257, status: 'paid' });
    addInvoice(store, 4, { ...own, issueDate: '2026-09-04', dueDate: '2026-10-23', cancelled: true });
    addInvoice(store, 5, { ...own, issueDate: '2026-09-05', dueDate: '2026-10-23', kind: 'advance' });
    addInvoice(store, 6, { ...own, issueDate: '2026-09-06', kind: 'correction', fromInvoiceId: 5, grossMinor: -7257 });
  });
  const { askCustomer } = createAccountingGraph([account.source]);
  const ids = async (args: string) => {
    const seen: string[] = [];
    for (let after: string | null = null, more = true; more; ) {
      const fields: string = `invoices(first: 2, after: ${JSON.stringify(after)}, ${args}) { nodes { source { remoteId } } pageInfo { hasNextPage endCursor } }`;
      const { data, errors } = await askCustomer(['fakturownia:client:77'], fields);
      expect(errors).toBeUndefined();
      const [{ invoices }] = data!._entities as [{ invoices: Page }];
      seen.push(...invoices.nodes.map(({ source }) => source.remoteId));
      [after, more] = [invoices.pageInfo.endCursor, invoices.pageInfo.hasNextPage];
    }
    return seen;
  };
  expect(await ids('')).toEqual(['6', '5', '4', '3', '2', '1']);
  expect(await ids('orderBy: { field: DUE_DATE, direction: ASC }')).toEqual(['1', '4', '5', '6', '2', '3']);
  expect(await ids('orderBy: { field: DUE_DATE, direction: DESC }')).toEqual(['2', '6', '5', '4', '1', '3']);
  expect(await ids('orderBy: { field: UPDATED_AT, direction: ASC }')).toEqual(['1', '2', '3', '4', '5', '6']);
  expect(await ids('filter: { issued: { from: "2026-09-02", to: "2026-09-04" } }')).toEqual(['4', '3', '2']);
  expect(await ids('filter: { due: { to: "2026-09-30" } }')).toEqual(['1']);
  expect(await ids('filter: { overdue: true }')).toEqual(['1']);
  expect(await ids('filter: { paymentStatus: [PAID] }')).toEqual(['5', '3']);
  expect(await ids('filter: { kind: [CORRECTION_ADVANCE] }')).toEqual(['6']);
  expect(await ids('filter: { kind: [CORRECTION] }')).toEqual([]);
  expect(await ids('filter: { status: [CANCELLED], overdue: false }')).toEqual(['4']);
});

test('a customer without a client here owes nothing and has no documents, and nobody is asked', async () => {
  await using account = await startFakturownia(() => {});
  const { askCustomer } = createAccountingGraph([account.source]);
  const answer = await askCustomer(
    ['woo:customer:1', 'hubspot:company:7', 'fakturownia:invoice:5'],
    `invoices { nodes { id } totalCount } payments { totalCount }
     receivables { total { amount } overdue { amount } aging { bucket } worstBucket oldestDueDate openInvoiceCount }`,
  );
  expect(answer).toEqual({
    data: {
      _entities: [
        {
          invoices: { nodes: [], totalCount: 0 },
          payments: { totalCount: 0 },
          receivables: {
            total: [],
            overdue: [],
            aging: [],
            worstBucket: null,
            oldestDueDate: null,
            openInvoiceCount: 0,
          },
        },
      ],
    },
    extensions: { touched: { Customer: ['woo:customer:1', 'hubspot:company:7', 'fakturownia:invoice:5'] } },
  });
  expect(account.takeCalls()).toEqual({});
});

test('a client of a system that is not configured can’t be asked for: an error, never "owes nothing"', async () => {
  await using account = await startFakturownia((store) => addInvoice(store, 1, { clientId: 77 }));
  const { askCustomer } = createAccountingGraph([account.source]);
  const fields = 'invoices { totalCount } payments { totalCount } receivables { asOf }';
  const answer = await askCustomer(['fakturownia:client:77', 'ledger:client:7'], fields);
  expect(answer.data?._entities).toEqual([{ invoices: null, payments: null, receivables: null }]);
  expect(answer.errors).toHaveLength(3);
  expect(answer.errors?.[0]).toMatchObject({ extensions: { code: 'UPSTREAM_UNAVAILABLE', source: 'ledger' } });
});

test('without any accounting system the fields are null, and say so', async () => {
  const { askCustomer, askOrder } = createAccountingGraph([]);
  const customer = await askCustomer(
    ['woo:customer:1'],
    'invoices { totalCount } payments { totalCount } receivables { asOf }',
  );
  expect(customer.data?._entities).toEqual([{ invoices: null, payments: null, receivables: null }]);
  expect(customer.extensions?.notProvided).toMatchObject([
    { coordinate: 'Customer.invoices', source: 'accounting' },
    { coordinate: 'Customer.payments' },
    { coordinate: 'Customer.receivables' },
  ]);
  expect((await askOrder({}, 'invoices { id }')).data?._entities).toEqual([{ invoices: null }]);
});

test('payments the newest first, each once, page by page; money given back is negative', async () => {
  await using account = await startFakturownia((store) => {
    addInvoice(store, 1, { clientId: 77, paidMinor: 7257, status: 'paid' });
    addInvoice(store, 2, { clientId: 77, paidMinor: 7257, status: 'paid' });
    addInvoice(store, 3, {
      clientId: 77,
      kind: 'correction',
      fromInvoiceId: 1,
      grossMinor: -1000,
      paidMinor: -1000,
      status: 'paid',
    });
    addPayment(store, 11, { invoiceIds: [1], priceMinor: 2257, paidDate: '2026-08-01' });
    addPayment(store, 12, { invoiceIds: [1, 2], priceMinor: 12_257, paidDate: '2026-08-03' });
    addPayment(store, 13, { invoiceIds: [3], priceMinor: -1000, paidDate: '2026-08-05' });
  });
  const { askCustomer } = createAccountingGraph([account.source]);
  const page = async (after: string | null) => {
    const fields = `payments(first: 2, after: ${JSON.stringify(after)}) { totalCount nodes { amount { amount } valueDate allocations { amount { amount } invoice { number } } unallocated { amount } customer { claim } } pageInfo { hasNextPage endCursor } }`;
    const { data, errors } = await askCustomer(['fakturownia:client:77'], fields);
    expect(errors).toBeUndefined();
    return (data!._entities as [{ payments: { nodes: unknown[]; pageInfo: { endCursor: string } } }])[0].payments;
  };
  const customer = { claim: sealer.seal('claim', ['fakturownia:client:77']) };
  const first = await page(null);
  expect(first).toMatchObject({
    totalCount: 3,
    nodes: [
      {
        amount: { amount: '-10.00' },
        valueDate: '2026-08-05',
        allocations: [{ amount: { amount: '-10.00' }, invoice: { number: 'FV/3/2026' } }],
        unallocated: { amount: '0.00' },
        customer,
      },
      {
        amount: { amount: '122.57' },
        allocations: [{ invoice: { number: 'FV/1/2026' } }, { invoice: { number: 'FV/2/2026' } }],
        customer,
      },
    ],
    pageInfo: { hasNextPage: true },
  });
  expect(await page(first.pageInfo.endCursor)).toMatchObject({
    nodes: [
      { amount: { amount: '22.57' }, allocations: [{ amount: { amount: '22.57' }, invoice: { number: 'FV/1/2026' } }] },
    ],
    pageInfo: { hasNextPage: false },
  });
});

test('yesterday’s "not yet" is today’s "late": the company’s day decides', async () => {
  await using account = await startFakturownia((store) =>
    addInvoice(store, 1, { clientId: 77, dueDate: '2026-11-01' }),
  );
  const { askCustomer, clock } = createAccountingGraph([account.source]);
  const late = async (asOf: string) => {
    clock.set(new Date(asOf));
    const { data } = await askCustomer(['fakturownia:client:77'], 'receivables { asOf overdue { amount } }');
    return (data!._entities as [{ receivables: unknown }])[0].receivables;
  };
  // Half past eleven at night in Warsaw is still Sunday; an hour later in UTC it is Monday there.
  expect(await late('2026-11-01T22:30:00Z')).toEqual({ asOf: '2026-11-01', overdue: [] });
  expect(await late('2026-11-01T23:30:00Z')).toEqual({ asOf: '2026-11-02', overdue: [{ amount: '72.57' }] });
});

interface Page {
  nodes: { source: { remoteId: string } }[];
  pageInfo: { hasNextPage: boolean; endCursor: string };
}
