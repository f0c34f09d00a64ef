import { type Day, dayOf, dayText, instantOn } from './calendar.ts';
import { note } from './customer.ts';
import type { Dice } from './dice.ts';
import { type DocumentPlan, grossOf } from './document-plan.ts';
import { exchangeRate } from './exchange-rates.ts';
import { ksefOf, labelKsef } from './ksef.ts';
import { referenceTo } from './labels.ts';
import { putInvoice } from './put.ts';
import type { FakturowniaInvoice, FakturowniaInvoiceKind } from './records.ts';
import { isSplitPaymentRequired } from './split-payment.ts';
import type { World } from './world.ts';

/** Issues all documents in the order of their dates, as their series are numbered. */
export function issueDocuments(world: World, plans: DocumentPlan[]): void {
  const dice = world.dice('documents');
  const nextNumber = createSeries();
  plans.sort((a, b) => a.issuedAt - b.issuedAt);
  for (const plan of plans) {
    const invoice = toInvoice(world, dice, plan, nextNumber);
    plan.invoice = invoice;
    putInvoice(world.fakturownia, invoice);
    if (plan.payer.customer !== null) note(plan.payer.customer, 'invoiceNumbers', invoice.number);
    labelKsef(world, invoice, plan);
  }
}

function toInvoice(world: World, dice: Dice, plan: DocumentPlan, nextNumber: Series): FakturowniaInvoice {
  const { kind, departmentId, payer, positions } = plan;
  const issueDay = dayOf(plan.issuedAt);
  const ksef = ksefOf(world, dice, plan);
  const invoice: FakturowniaInvoice = {
    id: world.ids.invoice(),
    number: nextNumber(kind, departmentId, issueDay),
    kind,
    clientId: payer.client.id,
    departmentId,
    issueDate: dayText(issueDay),
    sellDate: dayText(plan.sellDay),
    dueDate: plan.dueDay === null ? null : dayText(plan.dueDay),
    ...paidOf(plan),
    paymentType: plan.paymentType,
    oid: plan.oid,
    description: plan.description,
    buyer: payer.printed,
    recipientName: payer.recipientName,
    positions,
    ...sumsOf(plan, issueDay),
    fromInvoiceId: plan.origin?.invoice?.id ?? null,
    advanceIds: plan.advances.length === 0 ? NO_IDS : plan.advances.map((advance) => advance.invoice!.id),
    correctionReason: plan.correctionReason,
    ...ksef,
    splitPayment: false,
    ...taxKindsOf(plan),
    cancelled: plan.isCancelled,
    createdAt: plan.issuedAt,
    updatedAt: lastChange(world, plan, ksef.govSentAt),
  };
  invoice.splitPayment = isMarkedForSplitPayment(world, plan, invoice);
  return invoice;
}

const NO_IDS: readonly number[] = [];

/** Net, tax and gross; of documents in another currency the tax in złoty as well. */
function sumsOf({ positions, currency, sellDay }: DocumentPlan, issueDay: Day) {
  const netMinor = positions.reduce((total, position) => total + position.netMinor, 0);
  const grossMinor = grossOf(positions);
  const vatMinor = grossMinor - netMinor;
  const sums = { currency, netMinor, vatMinor, grossMinor };
  if (currency === 'PLN') return { ...sums, exchangeRate: null, exchangeNote: null, vatPlnMinor: null };
  const { rate, note } = exchangeRate(currency, Math.min(sellDay, issueDay));
  const vatPlnMinor = Math.round((vatMinor * rate) / 10_000);
  return { ...sums, exchangeRate: rate, exchangeNote: note, vatPlnMinor };
}

function paidOf({ payments, kind, positions, isMarkedPaid, issuedAt }: DocumentPlan) {
  const grossMinor = grossOf(positions);
  const isPaidByWord = isMarkedPaid || kind === 'receipt';
  if (isPaidByWord) return { paidMinor: grossMinor, paidDate: dayText(dayOf(issuedAt)), status: 'paid' as const };
  const paidMinor = payments.reduce((total, { amountMinor }) => total + amountMinor, 0);
  if (paidMinor === 0) return { paidMinor, paidDate: null, status: 'issued' as const };
  const isWhole = grossMinor < 0 ? paidMinor <= grossMinor : paidMinor >= grossMinor;
  if (!isWhole) return { paidMinor, paidDate: null, status: 'partial' as const };
  const lastDay = Math.max(...payments.map(({ day }) => day));
  return { paidMinor, paidDate: dayText(lastDay), status: 'paid' as const };
}

/** A payment that is put against a document changes it, and so does its number of KSeF. */
function lastChange({ asOf }: World, { issuedAt, payments }: DocumentPlan, govSentAt: number | null): number {
  const paidAt = payments.reduce((latest, { day }) => Math.max(latest, instantOn(day, 7)), 0);
  return Math.min(Math.max(issuedAt, paidAt, govSentAt ?? 0), asOf);
}

function taxKindsOf({ positions, kind, payer }: DocumentPlan) {
  const isExempt = positions.some(({ vat }) => vat === 'zw');
  const isOutside = positions.some(({ vat }) => vat === 'np') && kind !== 'receipt';
  const npTaxKind = payer.printed.taxNumberKind === 'nip_ue' ? 'export_service_eu' : 'export_service';
  return {
    exemptTaxKind: isExempt ? 'art. 43 ust. 1 pkt 29 ustawy o VAT' : null,
    npTaxKind: isOutside ? npTaxKind : null,
  };
}

function isMarkedForSplitPayment(world: World, plan: DocumentPlan, invoice: FakturowniaInvoice): boolean {
  if (!isSplitPaymentRequired(world, plan)) return false;
  if (!world.quota('MPP_MISSING')) return true;
  world.labels.add('MPP_MISSING', () => [referenceTo.invoice(invoice)]);
  return false;
}

type Series = (kind: FakturowniaInvoiceKind, departmentId: number, day: Day) => string;

const PREFIXES: Readonly<Record<FakturowniaInvoiceKind, string>> = {
  vat: 'FV',
  wdt: 'FV',
  export_products: 'FV',
  proforma: 'PRO',
  receipt: 'PAR',
  advance: 'ZAL',
  final: 'KON',
  correction: 'KOR',
};

/** `FV/12/03/2026`: counted by department, series and month, so that the departments' numbers repeat. */
function createSeries(): Series {
  const last = new Map<string, number>();
  return (kind, departmentId, day) => {
    const [year, month] = dayText(day).split('-');
    const series = `${PREFIXES[kind]}/${departmentId}/${month}/${year}`;
    const number = (last.get(series) ?? 0) + 1;
    last.set(series, number);
    return `${PREFIXES[kind]}/${number}/${month}/${year}`;
  };
}
