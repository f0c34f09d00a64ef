import type { Big as BigNumber } from 'big.js';
import { Big, type Money, money } from '../shared/money.ts';
import type { Invoice, InvoiceKind, InvoicePaymentStatus } from './model.ts';

/** Where a document's money stands once its corrections and payments are counted. */
export interface Settlement {
  paymentStatus: InvoicePaymentStatus | null;
  /** Negative where more was paid than is owed; null where it can't be told. */
  balance: Money | null;
  /** What is still owed, by the day it is due; null = no such day. Empty when nothing is owed. */
  open: { dueDate: string | null; amount: Money }[];
}

/** On these money is owed. A receipt is paid at the till, a proforma only offers, a correction counts with its original. */
export const OWED: ReadonlySet<InvoiceKind> = new Set(['INVOICE', 'ADVANCE', 'FINAL', 'INTEREST_NOTE']);
const NEVER_OWED: ReadonlySet<InvoiceKind> = new Set(['PROFORMA', 'RECEIPT', 'SIMPLIFIED']);

export function isCorrection({ kind }: Pick<Invoice, 'kind'>): boolean {
  return kind.startsWith('CORRECTION');
}

/**
 * `corrections` are all that correct the document, directly or by way of another correction. A correction that takes
 * away, like money that came in, settles what is due first.
 */
export function settle(document: Invoice, corrections: readonly Invoice[]): Settlement {
  if (document.status === 'CANCELLED' || isCorrection(document)) return nothingOwed(document);
  const parts = [document, ...corrections].filter(
    ({ status, currency }) => status !== 'CANCELLED' && currency === document.currency,
  );
  const sums = sumUp(parts);
  if (NEVER_OWED.has(document.kind)) return settleUnowed(document, sums);
  if (!OWED.has(document.kind)) return { paymentStatus: null, balance: null, open: [] };
  return {
    paymentStatus: statusOf(sums, parts),
    balance: money(sums.left, document.currency),
    open: openParts(parts, document.currency),
  };
}

/** A correction whose original is not in the accounting stands for itself. */
export function settleOrphan(correction: Invoice, corrections: readonly Invoice[]): Settlement {
  return settle({ ...correction, kind: 'INVOICE' }, corrections);
}

interface Sums {
  gross: BigNumber;
  paid: BigNumber;
  left: BigNumber;
}

function sumUp(parts: readonly Invoice[]): Sums {
  const zero = new Big('0');
  const gross = parts.reduce((sum, { totals }) => sum.plus(totals.gross.amount), zero);
  const paid = parts.reduce((sum, { totals }) => sum.plus(totals.paid.amount), zero);
  return { gross, paid, left: gross.minus(paid) };
}

function statusOf({ gross, paid, left }: Sums, parts: readonly Invoice[]): InvoicePaymentStatus {
  if (left.lt('0')) return 'OVERPAID';
  if (left.gt('0')) return paid.gt('0') ? 'PARTIALLY_PAID' : 'UNPAID';
  const wentBack = parts.some(({ totals }) => new Big(totals.paid.amount).lt('0'));
  return gross.lte('0') && wentBack ? 'REFUNDED' : 'PAID';
}

/** What is left of each part, less what is left over on others, from the part that was due first. */
function openParts(parts: readonly Invoice[], currency: string): Settlement['open'] {
  const left = parts.map(({ dueDate, totals }) => ({
    dueDate,
    amount: new Big(totals.gross.amount).minus(totals.paid.amount),
  }));
  let credit = left.filter(({ amount }) => amount.lt('0')).reduce((sum, { amount }) => sum.minus(amount), new Big('0'));
  const debts = left.filter(({ amount }) => amount.gt('0')).sort((a, b) => compareDue(a.dueDate, b.dueDate));
  return debts.flatMap(({ dueDate, amount }) => {
    const used = credit.lt(amount) ? credit : amount;
    credit = credit.minus(used);
    const rest = amount.minus(used);
    return rest.gt('0') ? [{ dueDate, amount: money(rest, currency) }] : [];
  });
}

function compareDue(left: string | null, right: string | null): number {
  if (left === right) return 0;
  if (left === null) return 1;
  return right === null || left < right ? -1 : 1;
}

/** A receipt may show that it was paid; nothing is ever owed on it. */
function settleUnowed(document: Invoice, { gross, paid }: Sums): Settlement {
  const isPaid = document.kind !== 'PROFORMA' && paid.gt('0') && paid.gte(gross);
  return { ...nothingOwed(document), paymentStatus: isPaid ? 'PAID' : 'NOT_APPLICABLE' };
}

function nothingOwed({ currency }: Invoice): Settlement {
  return { paymentStatus: 'NOT_APPLICABLE', balance: money('0', currency), open: [] };
}
