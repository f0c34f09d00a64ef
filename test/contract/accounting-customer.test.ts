import { expect, test } from '@jest/globals';
import { createAccountingGraph } from './accounting-subgraph-fixture.ts';
import { startFakturownia } from './fakturownia-fixture.ts';
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
