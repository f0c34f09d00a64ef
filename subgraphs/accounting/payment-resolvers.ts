import { Big, money } from '../shared/money.ts';
import { readSeen } from '../shared/party-rows.ts';
import { formatReference } from '../shared/reference.ts';
import { allocationsOfPayment } from './allocations.ts';
import type { Context } from './context.ts';
import { customerAt } from './customer-records.ts';
import { invoiceParties, paymentParties } from './document-parties.ts';
import type { CustomerNode, Payment as PaymentModel } from './model.ts';
import type { PaymentAllocationResolvers, PaymentResolvers } from './schema.generated.ts';

export const Payment: PaymentResolvers = {
  __resolveReference: ({ id }, context) => context.seenPayments.load(id),
  allocations: (payment, _args, context) => allocationsOfPayment(payment, context),
  unallocated: async ({ amount, ...payment }, _args, context) => {
    const allocations = await allocationsOfPayment({ ...payment, amount }, context);
    const left = allocations.reduce((rest, part) => rest.minus(part.amount.amount), new Big(amount.amount));
    return money(left, amount.currency);
  },
  customer: (payment, _args, context) => customerOf(payment, context),
};

/** Whoever the documents were issued to; without any, the client whom the payment names. */
async function customerOf(payment: PaymentModel, context: Context): Promise<CustomerNode | null> {
  const invoiceIds = payment.invoiceIds ?? (await context.payments.load(payment.id))?.invoiceIds ?? [];
  const invoice = invoiceIds[0] === undefined ? null : await context.invoices.load(invoiceIds[0]);
  if (invoice?.isRetail) return null;
  const clientId = invoice?.clientId ?? payment.clientId;
  return clientId === null ? null : customerAt(formatReference(payment.source.source, 'client', clientId), context);
}

/** Part of a payment that the caller may not see was put against a document that the caller sees, or the other way round. */
export const PaymentAllocation: PaymentAllocationResolvers = {
  payment: ({ payment }, _args, context) =>
    readSeen(
      context.rows,
      async () => payment,
      (one) => paymentParties(one, context),
    ),
  invoice: ({ invoice }, _args, { rows }) => readSeen(rows, async () => invoice, invoiceParties),
};
