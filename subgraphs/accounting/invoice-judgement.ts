import { lateness } from './aging.ts';
import type { Context } from './context.ts';
import type { Invoice, InvoiceKind, InvoicePaymentStatus } from './model.ts';
import { isCorrection } from './settlement.ts';
import type { InvoiceQuery } from './source.ts';

/** What of a filter no document alone can answer: it takes its corrections, or what it corrects. */
export interface Judgement {
  paymentStatus: readonly InvoicePaymentStatus[] | null;
  overdue: boolean | null;
  kind: readonly InvoiceKind[] | null;
}

/** What a source answers itself, and what is judged here. */
export interface JudgedQuery extends InvoiceQuery {
  judgement: Judgement;
}

export const NO_JUDGEMENT: Judgement = { paymentStatus: null, overdue: null, kind: null };

export function isJudging({ paymentStatus, overdue, kind }: Judgement): boolean {
  const tellsCorrectionsApart = kind?.some((one) => one.startsWith('CORRECTION')) ?? false;
  return paymentStatus !== null || overdue !== null || tellsCorrectionsApart;
}

export async function fitsJudgement(invoice: Invoice, judgement: Judgement, context: Context): Promise<boolean> {
  const { paymentStatus, overdue, kind } = judgement;
  if (kind !== null && isCorrection(invoice) && !kind.includes(await kindOf(invoice, context))) return false;
  if (paymentStatus === null && overdue === null) return true;
  const settlement = await context.settlement(invoice);
  const isLate = (lateness(settlement, context.clock.today()) ?? 0) > 0;
  return (
    (overdue === null || overdue === isLate) &&
    (paymentStatus === null || (settlement.paymentStatus !== null && paymentStatus.includes(settlement.paymentStatus)))
  );
}

export async function keepFitting<T>(items: readonly T[], fits: (item: T) => Promise<boolean>): Promise<T[]> {
  const results = await Promise.all(items.map(fits));
  return items.filter((_, index) => results[index]);
}

/** How many corrections of corrections are followed. */
const MAX_DEPTH = 10;

/** A correction is of the kind of what it corrects in the end. */
export async function kindOf(invoice: Invoice, context: Context): Promise<InvoiceKind> {
  let corrected: Invoice | null = invoice;
  for (let depth = 0; depth < MAX_DEPTH && corrected && isCorrection(corrected); depth += 1) {
    corrected = corrected.correctsId === null ? null : await context.invoices.load(corrected.correctsId);
  }
  if (!isCorrection(invoice)) return invoice.kind;
  if (corrected?.kind === 'ADVANCE') return 'CORRECTION_ADVANCE';
  return corrected?.kind === 'FINAL' ? 'CORRECTION_FINAL' : 'CORRECTION';
}
