import { type Day, dayFromText, dayText, instantOn } from './calendar.ts';
import type { Dice } from './dice.ts';
import type { DocumentPlan } from './document-plan.ts';
import { makeKsefNumber } from './ksef-number.ts';
import type { FakturowniaInvoice } from './records.ts';

/** From this day the seller, like all but the biggest firms, must issue through KSeF. */
const DUTY_FROM: Day = dayFromText('2026-04-01');

type KsefFields = Pick<FakturowniaInvoice, 'govStatus' | 'govId' | 'govSentAt' | 'govErrors' | 'govCorrectedNumber'>;

const NO_ERRORS: readonly string[] = [];
const OUTSIDE: KsefFields = {
  govStatus: null,
  govId: null,
  govSentAt: null,
  govErrors: NO_ERRORS,
  govCorrectedNumber: null,
};

/** Proformas and receipts never go there; what consumers get need not, and this seller does not send it. */
export function isKsefRequired(plan: DocumentPlan, issueDay: Day): boolean {
  const isInvoice = plan.kind !== 'proforma' && plan.kind !== 'receipt';
  return isInvoice && issueDay >= DUTY_FROM && plan.payer.printed.isCompany;
}

export function ksefOf(plan: DocumentPlan, issueDay: Day, deps: { dice: Dice; sellerNip: string; asOf: number }) {
  if (!isKsefRequired(plan, issueDay)) return OUTSIDE;
  const { dice, sellerNip, asOf } = deps;
  const govCorrectedNumber = plan.origin?.invoice?.govId ?? null;
  // Most are sent at once; what waits for the evening's run is accepted a day later now and then.
  const govSentAt = Math.max(plan.issuedAt + dice.int(1, 90) * 60_000, instantOn(issueDay, 8));
  if (govSentAt > asOf) return { ...OUTSIDE, govStatus: 'processing' as const, govCorrectedNumber };
  const acceptedOn = issueDay + (dice.chance(0.05) ? 1 : 0);
  const govId = makeKsefNumber(sellerNip, dayText(acceptedOn), dice);
  return { govStatus: 'ok' as const, govId, govSentAt, govErrors: NO_ERRORS, govCorrectedNumber };
}
