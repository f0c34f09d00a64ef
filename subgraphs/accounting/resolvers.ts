import { keepSeen } from '../shared/party-rows.ts';
import { seesRecords } from '../shared/seen-customer.ts';
import type { Context } from './context.ts';
import { invoicesOfRecords, receivablesOfRecords } from './customer-invoices.ts';
import { paymentsOfRecords } from './customer-payments.ts';
import { recordsOf } from './customer-records.ts';
import { invoiceParties } from './document-parties.ts';
import { listInvoices } from './invoice-list.ts';
import { Invoice, InvoiceLine } from './invoice-resolvers.ts';
import { invoiceByKsefNumber, invoiceByNumber } from './lookups.ts';
import type { CustomerNode, Invoice as InvoiceModel } from './model.ts';
import { Payment, PaymentAllocation } from './payment-resolvers.ts';
import { Product } from './product-resolvers.ts';
import type { Resolvers } from './schema.generated.ts';

export const resolvers: Resolvers = {
  Query: {
    invoice: (_root, { id }, context) => context.seenInvoices.load(id),
    invoiceByNumber: (_root, { number, source }, context) => invoiceByNumber(number, source ?? null, context),
    invoiceByKsefNumber: (_root, { number }, context) => invoiceByKsefNumber(number, context),
    invoices: (_root, args, context) => whereAccountingIs('Query.invoices', context, () => listInvoices(args, context)),
    payment: (_root, { id }, context) => context.seenPayments.load(id),
  },

  Customer: {
    __resolveReference: async ({ records }, { rows, sealer }): Promise<CustomerNode | null> =>
      (await seesRecords(rows, sealer, records)) ? { __typename: 'Customer', records } : null,
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
        'orderRef' in order ? invoicesOfOrder(order.orderRef, context) : null,
      ),
  },

  Invoice,
  InvoiceLine,
  Payment,
  PaymentAllocation,
  Product,
};

/** The order is the shop's to judge; its documents are judged each by itself. */
async function invoicesOfOrder(orderRef: string, { rows, orderInvoices }: Context): Promise<InvoiceModel[]> {
  if (rows.kind === 'none') return [];
  return keepSeen(rows, await orderInvoices.load(orderRef), invoiceParties);
}

/** Without an accounting system there is nothing to list, which is not the same as an empty list, or as no debt. */
async function whereAccountingIs<T>(coordinate: string, context: Context, answer: () => Promise<T>): Promise<T | null> {
  if (context.sources.length > 0) return answer();
  context.notProvided({ coordinate, source: 'accounting', vendor: 'none' });
  return null;
}
