import type { Payer } from './buyer.ts';
import { dayOf } from './calendar.ts';
import { planCollectives } from './collective-invoices.ts';
import { planCorrectionOfReturn } from './correction-of-returns.ts';
import type { Dice } from './dice.ts';
import { planAdvanceAndFinal, planPrepaidInvoice, planProforma } from './document-flows.ts';
import { createPlan, DEPARTMENTS, type DocumentPlan, grossOf } from './document-plan.ts';
import { planFaultyInvoice } from './faulty-invoices.ts';
import { referenceTo } from './labels.ts';
import { PAYMENT_TYPES, prepayment } from './order-payments.ts';
import type { Sale } from './orders.ts';
import type { ToPositions } from './positions.ts';
import type { Return } from './returns.ts';
import { planInvoiceOnTerms } from './terms-invoices.ts';
import type { World } from './world.ts';

export interface InvoicingDeps {
  toPositions: ToPositions;
  /** On whom receipts are booked. */
  retail: Payer;
  returns: ReadonlyMap<Sale, Return>;
}

/** What is issued for each order: an invoice to whoever wants one, a receipt to everybody else. */
export function planDocuments(world: World, sales: readonly Sale[], deps: InvoicingDeps): DocumentPlan[] {
  const dice = world.dice('invoicing');
  const together = sales.filter(({ buyer }) => typeof buyer.invoicing === 'object');
  return [
    ...sales.flatMap((sale) => planSale(world, dice, sale, deps)),
    ...planCollectives(world, dice, together, deps.toPositions),
  ];
}

function planSale(world: World, dice: Dice, sale: Sale, deps: InvoicingDeps): DocumentPlan[] {
  const { buyer, fault, fate } = sale;
  if (typeof buyer.invoicing === 'object') return [];
  if (fault === 'ORDER_WITHOUT_INVOICE') return missing(world, sale);
  const payer = buyer.payers.length === 0 ? null : dice.pick(buyer.payers);
  const issuedAt = issueTime(world, dice, sale);
  if (issuedAt === null) return payer === null ? [] : planProforma(dice, sale, { ...deps, payer });
  const base = baseOf(dice, sale, { ...deps, payer, issuedAt });
  if (payer === null) return [base];
  if (fault !== null) return planFaultyInvoice(world, dice, fault, sale, base);
  if (fate.termDays === null) return planPrepaid(world, dice, sale, base, deps);
  return planAdvanceAndFinal(world, dice, sale, base) ?? planInvoiceOnTerms(world, dice, sale, base);
}

/** The invoice of what was paid with the order, and its correction when the goods came back. */
function planPrepaid(
  world: World,
  dice: Dice,
  sale: Sale,
  base: DocumentPlan,
  { retail, returns }: InvoicingDeps,
): DocumentPlan[] {
  const plans = planPrepaidInvoice(world, dice, sale, base, retail);
  const invoice = plans.at(-1)!;
  const sentBack = returns.get(sale);
  if (sentBack?.isCorrected) return [...plans, ...planCorrectionOfReturn(world, dice, sentBack, invoice)];
  if (sentBack !== undefined) {
    const references = () => [referenceTo.order(sale.order), referenceTo.invoice(invoice.invoice!)];
    world.labels.add('REFUND_WITHOUT_CORRECTION', references);
  }
  return plans;
}

function missing({ labels }: World, { order }: Sale): DocumentPlan[] {
  labels.add('ORDER_WITHOUT_INVOICE', () => [referenceTo.order(order)]);
  return [];
}

/** When goods leave, or at once with the money; null = nothing is to be issued yet. */
function issueTime({ asOf }: World, dice: Dice, { buyer, fate }: Sale): number | null {
  const { completedAt, paidAt } = fate;
  if (buyer.invoicing === 'at once' && paidAt !== null) return Math.min(paidAt + dice.int(5, 50) * 1000, asOf);
  return completedAt === null ? null : Math.min(completedAt + dice.int(1, 40) * 60_000, asOf);
}

interface BaseDeps extends InvoicingDeps {
  payer: Payer | null;
  issuedAt: number;
}

/** The document as it is when nothing is special about it. */
function baseOf(dice: Dice, sale: Sale, { toPositions, retail, payer, issuedAt }: BaseDeps): DocumentPlan {
  const { order, fate, buyer } = sale;
  const positions = toPositions(order);
  const departmentId = dice.chance(0.04) ? DEPARTMENTS.salon : DEPARTMENTS.head;
  const isOnlyInWords = payer !== null && dice.chance(0.05);
  const common = {
    issuedAt,
    departmentId,
    positions,
    currency: order.currency,
    sellDay: dayOf(fate.completedAt ?? issuedAt),
    paymentType: PAYMENT_TYPES[fate.payment],
    oid: isOnlyInWords ? null : order.number,
    description: isOnlyInWords ? `Zamówienie nr ${order.number}` : null,
  };
  if (payer === null) return createPlan({ ...common, kind: 'receipt', payer: retail, dueDay: null });
  return createPlan({
    ...common,
    kind: buyer.untaxed ?? 'vat',
    payer,
    dueDay: dayOf(issuedAt) + (fate.termDays ?? 0),
    payments: fate.termDays === null ? prepayment(sale, grossOf(positions)) : [],
  });
}
