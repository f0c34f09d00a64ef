import type { Big as BigNumber } from 'big.js';
import { Big, money } from '../shared/money.ts';
import type { Context } from './context.ts';
import type { Allocation, Invoice, Payment } from './model.ts';

/** Payments that together make up what was paid on a document were put against it alone. */
export function ownPayments(invoice: Invoice, payments: readonly Payment[]): Payment[] {
  if (!makeUp(payments, invoice)) return [...payments];
  return payments.map((payment) => ({ ...payment, invoiceIds: payment.invoiceIds ?? [invoice.id] }));
}

/** What of each payment was put against a document: all of it, or what is left of the sum paid. */
export async function allocationsOf(invoice: Invoice, context: Context): Promise<Allocation[]> {
  if (!hasPayments(invoice)) return [];
  const payments = await context.paymentsOf.load(invoice);
  const isWhole = makeUp(payments, invoice);
  let left = new Big(invoice.totals.paid.amount);
  return payments.flatMap((payment) => {
    const { amount } = payment;
    const part = isWhole ? new Big(amount.amount) : within(new Big(amount.amount), left);
    left = left.minus(part);
    return part.eq('0') ? [] : [{ amount: money(part, amount.currency), payment, invoice }];
  });
}

/** Without a sum paid nobody needs to ask. */
export function hasPayments({ totals, payments }: Invoice): boolean {
  return !new Big(totals.paid.amount).eq('0') || (payments?.length ?? 0) > 0;
}

function makeUp(payments: readonly Payment[], invoice: Invoice): boolean {
  return payments.reduce((sum, { amount }) => sum.plus(amount.amount), new Big('0')).eq(invoice.totals.paid.amount);
}

/** A payment pays its documents in the order in which it names them. */
export async function allocationsOfPayment(payment: Payment, context: Context): Promise<Allocation[]> {
  const invoiceIds = payment.invoiceIds ?? (await context.payments.load(payment.id))?.invoiceIds ?? [];
  const invoices = await context.invoices.loadMany(invoiceIds);
  let left = new Big(payment.amount.amount);
  return invoices.flatMap((invoice) => {
    if (invoice instanceof Error) throw invoice;
    if (invoice === null) return [];
    const part = invoices.length === 1 && left.lt('0') ? left : within(left, new Big(invoice.totals.paid.amount));
    left = left.minus(part);
    return part.eq('0') ? [] : [{ amount: money(part, payment.amount.currency), payment, invoice }];
  });
}

/** As much of an amount as a bound of the same sign leaves; money given back goes where it was given back. */
function within(amount: BigNumber, bound: BigNumber): BigNumber {
  if (amount.lt('0')) return amount;
  if (bound.lte('0')) return new Big('0');
  return amount.lt(bound) ? amount : bound;
}
