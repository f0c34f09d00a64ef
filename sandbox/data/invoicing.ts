import type { Payer } from './buyer.ts';
import { type Day, dayOf, instantOn } from './calendar.ts';
import type { Dice } from './dice.ts';
import { DEPARTMENTS, type DocumentPlan, type PaymentPlan } from './document-plan.ts';
import type { PaymentMethod } from './order-fate.ts';
import type { Sale } from './orders.ts';
import { decideTransfers } from './payment-behaviour.ts';
import type { ToPositions } from './positions.ts';
import type { WooOrder } from './records.ts';
import type { World } from './world.ts';

/** What is issued for each order: an invoice to whoever wants one, a receipt to everybody else. */
export function planDocuments(
  world: World,
  sales: readonly Sale[],
  deps: { toPositions: ToPositions; retail: Payer },
): DocumentPlan[] {
  const dice = world.dice('invoicing');
  return sales.flatMap((sale) => {
    const { completedAt } = sale.fate;
    if (completedAt === null) return [];
    return [planDocument(world, dice, sale, { ...deps, completedAt })];
  });
}

interface Deps {
  toPositions: ToPositions;
  retail: Payer;
  completedAt: number;
}

function planDocument(
  world: World,
  dice: Dice,
  { buyer, order, fate }: Sale,
  { toPositions, retail, completedAt }: Deps,
): DocumentPlan {
  const payer = buyer.payers.length === 0 ? null : dice.pick(buyer.payers);
  const issuedAt = Math.min(completedAt + dice.int(1, 40) * 60_000, world.asOf);
  const issueDay = dayOf(issuedAt);
  const isOnTerms = payer !== null && fate.termDays !== null;
  const dueDay = issueDay + (fate.termDays ?? 0);
  const payments = isOnTerms
    ? decideTransfers(dice, { dueDay, today: world.today, issueDay, grossMinor: order.totalMinor })
    : prepaid(order.totalMinor, fate.payment, order.paidAt);
  if (isOnTerms) markPaid(world, order, paidInFull(payments, order.totalMinor));
  return {
    issuedAt,
    kind: payer === null ? 'receipt' : 'vat',
    departmentId: dice.chance(0.04) ? DEPARTMENTS.salon : DEPARTMENTS.head,
    payer: payer ?? retail,
    customer: payer === null ? null : buyer.customer,
    currency: order.currency,
    positions: toPositions(order),
    sellDay: dayOf(completedAt),
    dueDay: payer === null ? null : dueDay,
    paymentType: PAYMENT_TYPES[fate.payment],
    oid: order.number,
    description: null,
    payments: payer === null ? [] : payments,
    origin: null,
    invoice: null,
  };
}

/** The day on which nothing is left to pay. */
function paidInFull(payments: readonly PaymentPlan[], grossMinor: number): Day | null {
  const paidMinor = payments.reduce((total, { amountMinor }) => total + amountMinor, 0);
  const last = payments.at(-1);
  return last !== undefined && paidMinor >= grossMinor ? last.day : null;
}

/** Staff tell the shop of transfers in the morning. */
function markPaid({ asOf }: World, order: WooOrder, day: Day | null): void {
  if (day === null) return;
  order.paidAt = Math.min(instantOn(day, 8, 30), asOf);
  order.modifiedAt = Math.max(order.modifiedAt, order.paidAt);
}

function prepaid(amountMinor: number, method: PaymentMethod, paidAt: number | null): PaymentPlan[] {
  if (paidAt === null) return [];
  const isOnline = method === 'przelewy24' || method === 'stripe';
  return [{ day: dayOf(paidAt), amountMinor, kind: isOnline ? 'api' : 'bank', provider: isOnline ? method : null }];
}

const PAYMENT_TYPES: Readonly<Record<PaymentMethod, string>> = {
  przelewy24: 'przelewy24',
  stripe: 'card',
  cod: 'cod',
  bacs: 'transfer',
  terms: 'transfer',
};
