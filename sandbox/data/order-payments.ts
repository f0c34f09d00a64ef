import { type Day, dayOf, instantOn } from './calendar.ts';
import type { PaymentPlan } from './document-plan.ts';
import type { PaymentMethod } from './order-fate.ts';
import type { Sale } from './orders.ts';
import type { WooOrder } from './records.ts';
import type { World } from './world.ts';

/** The accounting's words for how the shop is paid. */
export const PAYMENT_TYPES: Readonly<Record<PaymentMethod, string>> = {
  przelewy24: 'przelewy24',
  stripe: 'card',
  cod: 'cod',
  bacs: 'transfer',
  terms: 'transfer',
};

/** What came in with the order, or at the door. */
export function prepayment({ fate }: Sale, amountMinor: number): PaymentPlan[] {
  const { payment, paidAt } = fate;
  if (paidAt === null) return [];
  const isOnline = payment === 'przelewy24' || payment === 'stripe';
  const kind = isOnline ? 'api' : payment === 'cod' ? 'cash' : 'bank';
  return [{ day: dayOf(paidAt), amountMinor, kind, provider: isOnline ? payment : null }];
}

/** Staff tell the shop in the morning when nothing is left to pay. */
export function markPaid(world: World, order: WooOrder, payments: readonly PaymentPlan[], payableMinor: number): void {
  const day = dayPaidInFull(payments, payableMinor);
  if (day === null) return;
  order.paidAt = Math.min(instantOn(day, 8, 30), world.asOf);
  order.modifiedAt = Math.max(order.modifiedAt, order.paidAt);
}

function dayPaidInFull(payments: readonly PaymentPlan[], payableMinor: number): Day | null {
  const paidMinor = payments.reduce((total, { amountMinor }) => total + amountMinor, 0);
  if (payments.length === 0 || paidMinor < payableMinor) return null;
  return Math.max(...payments.map(({ day }) => day));
}
