import { formatReference } from '../shared/reference.ts';
import { type Touched, type TouchedBy, touchedCustomer } from '../shared/touched.ts';
import type { Context } from './context.ts';
import type { Invoice, Payment, SourceRef } from './model.ts';

/** Documents and payments are also their client's, whom they name without being asked. */
export const touchedBy: TouchedBy<Context> = {
  Customer: touchedCustomer,
  Invoice: (invoice: Invoice) => ({ Invoice: [invoice.id], ...(invoice.isRetail ? {} : clientOf(invoice)) }),
  Payment: (payment: Payment) => ({ Payment: [payment.id], ...clientOf(payment) }),
};

function clientOf({ source, clientId }: { source: SourceRef; clientId: string | null }): Touched {
  return clientId === null ? {} : { Customer: [formatReference(source.source, 'client', clientId)] };
}
