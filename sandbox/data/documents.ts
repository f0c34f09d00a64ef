import { type Day, dayOf, dayText } from './calendar.ts';
import type { Dice } from './dice.ts';
import { DEPARTMENTS, type DocumentPlan } from './document-plan.ts';
import { ksefOf } from './ksef.ts';
import { putInvoice } from './put.ts';
import type { FakturowniaInvoice, FakturowniaInvoiceKind } from './records.ts';
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
    plan.customer?.invoiceNumbers.push(invoice.number);
  }
}

const NO_IDS: readonly number[] = [];

function toInvoice(world: World, dice: Dice, plan: DocumentPlan, nextNumber: Series): FakturowniaInvoice {
  const { kind, departmentId, payer, positions } = plan;
  const issueDay = dayOf(plan.issuedAt);
  const sellerNip = world.fakturownia.departments.get(DEPARTMENTS.head)!.taxNumber;
  const netMinor = sum(positions, 'netMinor');
  const grossMinor = sum(positions, 'grossMinor');
  return {
    id: world.ids.invoice(),
    number: nextNumber(kind, departmentId, issueDay),
    kind,
    clientId: payer.client.id,
    departmentId,
    issueDate: dayText(issueDay),
    sellDate: dayText(plan.sellDay),
    dueDate: plan.dueDay === null ? null : dayText(plan.dueDay),
    ...paidOf(plan, grossMinor),
    paymentType: plan.paymentType,
    currency: plan.currency,
    exchangeRate: null,
    exchangeNote: null,
    oid: plan.oid,
    description: plan.description,
    buyer: payer.printed,
    recipientName: payer.recipientName,
    positions,
    netMinor,
    vatMinor: grossMinor - netMinor,
    grossMinor,
    vatPlnMinor: null,
    fromInvoiceId: plan.origin?.invoice?.id ?? null,
    advanceIds: NO_IDS,
    correctionReason: null,
    ...ksefOf(plan, issueDay, { dice, sellerNip, asOf: world.asOf }),
    splitPayment: false,
    exemptTaxKind: positions.some(({ vat }) => vat === 'zw') ? 'art. 43 ust. 1 pkt 29 ustawy o VAT' : null,
    npTaxKind: null,
    cancelled: false,
    createdAt: plan.issuedAt,
    updatedAt: plan.issuedAt,
  };
}

function sum(positions: FakturowniaInvoice['positions'], key: 'netMinor' | 'grossMinor'): number {
  return positions.reduce((total, position) => total + position[key], 0);
}

function paidOf({ payments, kind }: DocumentPlan, grossMinor: number) {
  if (kind === 'receipt') return { paidMinor: grossMinor, paidDate: null, status: 'paid' as const };
  const paidMinor = payments.reduce((total, { amountMinor }) => total + amountMinor, 0);
  if (paidMinor === 0) return { paidMinor, paidDate: null, status: 'issued' as const };
  if (paidMinor < grossMinor) return { paidMinor, paidDate: null, status: 'partial' as const };
  const lastDay = payments.reduce<Day>((latest, { day }) => Math.max(latest, day), 0);
  return { paidMinor, paidDate: dayText(lastDay), status: 'paid' as const };
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

/** `FV/12/03/2026`: counted by department, kind and month, so that the departments' numbers repeat. */
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
