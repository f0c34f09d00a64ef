import { type Day, dayFromText, dayOf, dayText } from './calendar.ts';
import type { Dice } from './dice.ts';
import { type DocumentPlan, SELLER_NIP } from './document-plan.ts';
import { makeKsefNumber } from './ksef-number.ts';
import { referenceTo } from './labels.ts';
import type { FakturowniaInvoice } from './records.ts';
import type { World } from './world.ts';

/** From this day the seller, like all but the biggest firms, must issue through KSeF. */
const DUTY_FROM: Day = dayFromText('2026-04-01');
/** What is younger may still be on its way. */
const SETTLED_AFTER_DAYS = 3;

type KsefFields = Pick<FakturowniaInvoice, 'govStatus' | 'govId' | 'govSentAt' | 'govErrors' | 'govCorrectedNumber'>;

const NO_ERRORS: readonly string[] = [];
const NOTHING: KsefFields = {
  govStatus: null,
  govId: null,
  govSentAt: null,
  govErrors: NO_ERRORS,
  govCorrectedNumber: null,
};
const REJECTED_BECAUSE: readonly string[] = [
  'Błąd weryfikacji semantycznej dokumentu faktury (450): niepoprawny NIP nabywcy',
];

/** Where a document stands in KSeF. What nothing corrects may be missing there, or rejected; `labelKsef` says so. */
export function ksefOf(world: World, dice: Dice, plan: DocumentPlan): KsefFields {
  const issueDay = dayOf(plan.issuedAt);
  if (!isRequired(plan, issueDay)) return plan.kind === 'proforma' ? NOTHING : outside(issueDay);
  const govCorrectedNumber = plan.kind === 'correction' ? (plan.origin?.invoice?.govId ?? null) : null;
  const govSentAt = plan.issuedAt + dice.int(1, 90) * 60_000;
  if (govSentAt > world.asOf) return { ...NOTHING, govStatus: 'processing', govCorrectedNumber };
  const mayFail = !plan.isCorrected && issueDay < world.today - SETTLED_AFTER_DAYS;
  const isMissing = mayFail && world.quota('KSEF_MISSING');
  const isRejected = mayFail && world.quota('KSEF_REJECTED', !isMissing);
  if (isMissing) return { ...NOTHING, govCorrectedNumber };
  if (isRejected) {
    return { ...NOTHING, govStatus: 'send_error', govSentAt, govErrors: REJECTED_BECAUSE, govCorrectedNumber };
  }
  // What is sent late in the day is accepted after midnight now and then.
  const acceptedOn = dayOf(govSentAt) + (dice.chance(0.05) && dayOf(govSentAt) < world.today ? 1 : 0);
  const govId = makeKsefNumber(SELLER_NIP, dayText(acceptedOn), dice);
  return { govStatus: 'ok', govId, govSentAt, govErrors: NO_ERRORS, govCorrectedNumber };
}

/** Proformas and receipts never go there; what consumers get need not, and this seller does not send it. */
function isRequired({ kind, payer, isCancelled }: DocumentPlan, issueDay: Day): boolean {
  const isInvoice = kind !== 'proforma' && kind !== 'receipt' && !isCancelled;
  return isInvoice && issueDay >= DUTY_FROM && payer.printed.isCompany;
}

function outside(issueDay: Day): KsefFields {
  return issueDay >= DUTY_FROM ? { ...NOTHING, govStatus: 'not_applicable' } : NOTHING;
}

export function labelKsef({ labels }: World, invoice: FakturowniaInvoice, plan: DocumentPlan): void {
  if (invoice.govStatus === 'send_error') labels.add('KSEF_REJECTED', () => [referenceTo.invoice(invoice)]);
  const isMissing = invoice.govStatus === null && isRequired(plan, dayOf(plan.issuedAt));
  if (isMissing) labels.add('KSEF_MISSING', () => [referenceTo.invoice(invoice)]);
}
