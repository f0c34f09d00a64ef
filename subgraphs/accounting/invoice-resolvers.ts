import { keepSeen } from '../shared/party-rows.ts';
import { bucketOf, lateness } from './aging.ts';
import { allocationsOf } from './allocations.ts';
import type { Context } from './context.ts';
import { customerAt } from './customer-records.ts';
import { invoiceParties } from './document-parties.ts';
import { kindOf } from './invoice-judgement.ts';
import type { Invoice as InvoiceModel } from './model.ts';
import { ordersOf } from './order-ref.ts';
import type { InvoiceLineResolvers, InvoiceResolvers } from './schema.generated.ts';
import { toVatBreakdown } from './vat-breakdown.ts';

export const Invoice: InvoiceResolvers = {
  __resolveReference: ({ id }, context) => context.seenInvoices.load(id),
  kind: (invoice, _args, context) => kindOf(invoice, context),
  paymentStatus: async (invoice, _args, context) => (await context.settlement(invoice)).paymentStatus,
  customer: (invoice, _args, context) => customerAt(invoiceParties(invoice)[0], context),
  orders: (invoice, _args, { sealer }) => ordersOf(sealer, invoice),
  vatBreakdown: toVatBreakdown,
  vatMethod: (invoice, _args, context) => provided('Invoice.vatMethod', invoice, invoice.vatMethod, context),
  balance: async (invoice, _args, context) => (await context.settlement(invoice)).balance,
  isOverdue: async (invoice, _args, context) => {
    const days = await daysOverdue(invoice, context);
    return days === null ? null : days > 0;
  },
  daysOverdue: (invoice, _args, context) => daysOverdue(invoice, context),
  agingBucket: async (invoice, _args, context) => {
    const [oldest] = (await context.settlement(invoice)).open;
    return oldest ? bucketOf(oldest.dueDate, context.clock.today()) : null;
  },
  payments: (invoice, _args, context) => allocationsOf(invoice, context),
  corrects: ({ correctsId }, _args, context) => (correctsId === null ? null : context.seenInvoices.load(correctsId)),
  corrections: async (invoice, _args, context) => {
    const all = await context.corrections.load(invoice);
    const own = all.filter(({ correctsId }) => correctsId === invoice.id);
    return keepSeen(context.rows, own, invoiceParties);
  },
  correctionEffect: (invoice, _args, context) => provided('Invoice.correctionEffect', invoice, null, context),
  ksef: (invoice, _args, context) => provided('Invoice.ksef', invoice, invoice.ksef, context),
  documents: (invoice, _args, { links }) => links.of(invoice),
};

export const InvoiceLine: InvoiceLineResolvers = {
  product: ({ sku }) => (sku === null ? null : { sku }),
};

/** Null where it can't be told: nothing is known of what may be owed, or until when. */
async function daysOverdue(invoice: InvoiceModel, context: Context): Promise<number | null> {
  const settlement = await context.settlement(invoice);
  return settlement.balance === null ? null : lateness(settlement, context.clock.today());
}

function provided<T>(coordinate: string, { source }: InvoiceModel, value: T | null, context: Context): T | null {
  if (value === null) context.notProvided({ coordinate, source: source.source, vendor: source.vendor });
  return value;
}
