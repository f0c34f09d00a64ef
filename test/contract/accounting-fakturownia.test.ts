import { describeAccountingSource } from './accounting-contract.ts';
import { addPayment, addProduct, ksefNumber, startFakturownia } from './fakturownia-fixture.ts';
import { addClient, addInvoice } from './sandbox-fixture.ts';

describeAccountingSource('fakturownia', async () => {
  const account = await startFakturownia((store) => {
    addClient(store, 77, { email: 'biuro@palarnia.pl', taxNumber: '525-244-57-67', externalId: '12' });
    addClient(store, 78);
    const own = { clientId: 77 };
    addInvoice(store, 1, { ...own, issueDate: '2026-10-01', govId: ksefNumber() });
    addInvoice(store, 2, {
      ...own,
      issueDate: '2026-10-02',
      kind: 'correction',
      fromInvoiceId: 1,
      grossMinor: -7257,
      netMinor: -5900,
      vatMinor: -1357,
    });
    addInvoice(store, 3, { ...own, issueDate: '2026-10-03', kind: 'correction', fromInvoiceId: 2 });
    addInvoice(store, 4, { ...own, issueDate: '2026-10-04', oid: '1001', paidMinor: 7257, status: 'paid' });
    addInvoice(store, 5, { clientId: 78, issueDate: '2026-10-05' });
    addInvoice(store, 6, { clientId: 78, issueDate: '2026-10-06', kind: 'correction', fromInvoiceId: 5 });
    addPayment(store, 9, { invoiceIds: [4] });
    addProduct(store, 1);
    addProduct(store, 2);
  });
  return {
    source: account.source,
    refused: account.connect({ apiToken: 'wrong-token' }),
    client: {
      id: '77',
      email: 'biuro@palarnia.pl',
      taxIdKey: 'PL5252445767',
      externalReference: 'woo:customer:12',
      documentIds: ['4', '3', '2', '1'],
    },
    other: { id: '78', documentIds: ['6', '5'] },
    corrected: { id: '1', correctionIds: ['2', '3'] },
    paid: { id: '4', orderNumber: '1001', paymentId: '9' },
    inKsef: { id: '1', number: ksefNumber() },
    skus: ['SKU-1', 'SKU-2'],
    unknown: { id: '404', ksefNumber: ksefNumber('5252445767-20261016-000000000001') },
    takeCalls: () => Object.values(account.takeCalls()).reduce((sum, count) => sum + count, 0),
    [Symbol.asyncDispose]: () => account[Symbol.asyncDispose](),
  };
});
