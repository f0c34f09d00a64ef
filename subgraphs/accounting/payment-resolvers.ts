import { Big, money } from '../shared/money.ts';
import { allocationsOfPayment } from './allocations.ts';
import type { Context } from './context.ts';
import { claimOf } from './customer-records.ts';
import type { CustomerNode, Payment as PaymentModel } from './model.ts';
import type { PaymentResolvers } from './schema.generated.ts';

export const Payment: PaymentResolvers = {
  __resolveReference: ({ id }, context) => context.payments.load(id),
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
  return clientId === null ? null : claimOf(context.sealer, payment.source.source, clientId);
}
