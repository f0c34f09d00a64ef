import type { Context } from './context.ts';
import { invoicesOfRecords, receivablesOfRecords } from './customer-invoices.ts';
import { paymentsOfRecords } from './customer-payments.ts';
import { recordsOf } from './customer-records.ts';
import { listInvoices } from './invoice-list.ts';
import { Invoice, InvoiceLine } from './invoice-resolvers.ts';
import { invoiceByKsefNumber, invoiceByNumber } from './lookups.ts';
import type { CustomerNode } from './model.ts';
import { Payment } from './payment-resolvers.ts';
import { Product } from './product-resolvers.ts';
import type { Resolvers } from './schema.generated.ts';

export const resolvers: Resolvers = {
  Query: {
    invoice: (_root, { id }, context) => context.invoices.load(id),
    invoiceByNumber: (_root, { number, source }, context) => invoiceByNumber(number, source ?? null, context),
    invoiceByKsefNumber: (_root, { number }, context) => invoiceByKsefNumber(number, context),
    invoices: (_root, args, context) => whereAccountingIs('Query.invoices', context, () => listInvoices(args, context)),
    payment: (_root, { id }, context) => context.payments.load(id),
  },

  Customer: {
    __resolveReference: ({ records }): CustomerNode => ({ __typename: 'Customer', records }),
    invoices: (customer, args, context) =>
      whereAccountingIs('Customer.invoices', context, () => invoicesOfRecords(recordsOf(customer), args, context)),
    payments: (customer, args, context) =>
      whereAccountingIs('Customer.payments', context, () => paymentsOfRecords(recordsOf(customer), args, context)),
    receivables: (customer, _args, context) =>
      whereAccountingIs('Customer.receivables', context, () => receivablesOfRecords(recordsOf(customer), context)),
  },

  Order: {
    __resolveReference: ({ id, orderRef }) => ({ __typename: 'Order', id, orderRef }),
    invoiceRef: (order) => ('invoiceRef' in order ? order.invoiceRef : null),
    invoices: (order, _args, context) =>
      whereAccountingIs('Order.invoices', context, async () =>
        'orderRef' in order ? context.orderInvoices.load(order.orderRef) : null,
      ),
  },

  Invoice,
  InvoiceLine,
  Payment,
  Product,
};

/** Without an accounting system there is nothing to list, which is not the same as an empty list, or as no debt. */
async function whereAccountingIs<T>(coordinate: string, context: Context, answer: () => Promise<T>): Promise<T | null> {
  if (context.sources.length > 0) return answer();
  context.notProvided({ coordinate, source: 'accounting', vendor: 'none' });
  return null;
}
