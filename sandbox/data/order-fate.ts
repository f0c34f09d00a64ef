import type { Buyer } from './buyer.ts';
import { type Day, dayOf, instantOn, isWorkingDay, nextWorkingDay } from './calendar.ts';
import type { Dice } from './dice.ts';
import type { WooOrderStatus } from './records.ts';
import type { World } from './world.ts';

/** How it went with one order, as far as it has gone. */
export interface Fate {
  readonly status: WooOrderStatus;
  readonly payment: PaymentMethod;
  readonly shippedAt: number | null;
  readonly completedAt: number | null;
  /** When it was cancelled, or its payment failed. */
  readonly givenUpAt: number | null;
  /** When the shop is told of the money; null = not yet, or never. */
  readonly paidAt: number | null;
  /** Days that the buyer has to pay an invoice; null = paid otherwise. */
  readonly termDays: number | null;
}

export type PaymentMethod = 'przelewy24' | 'stripe' | 'cod' | 'bacs' | 'terms';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

export function decideFate(world: World, dice: Dice, buyer: Buyer, placedAt: number): Fate {
  const payment = pickPayment(dice, buyer);
  const ageDays = (world.asOf - placedAt) / DAY_MS;
  const termDays = payment === 'terms' ? dice.pick([7, 14, 14, 30]) : null;
  const nothing = { payment, shippedAt: null, completedAt: null, givenUpAt: null, paidAt: null, termDays };
  const givenUpAt = Math.min(placedAt + dice.int(1, 40) * HOUR_MS, world.asOf);
  if (dice.chance(0.04)) return { ...nothing, status: 'cancelled', givenUpAt };
  const isPrepaid = payment === 'przelewy24' || payment === 'stripe';
  if (isPrepaid && dice.chance(0.02)) {
    return ageDays < 2 ? { ...nothing, status: 'pending' } : { ...nothing, status: 'failed', givenUpAt };
  }
  const transferredAt = placedAt + dice.int(20, 90) * HOUR_MS;
  if (payment === 'bacs' && transferredAt > world.asOf) return { ...nothing, status: 'on-hold' };
  const isReadyAt = payment === 'bacs' ? transferredAt : placedAt;
  const paidAt = isPrepaid ? placedAt + dice.int(1, 9) * 60_000 : payment === 'bacs' ? transferredAt : null;
  const shippedAt = instantOn(shippingDay(dice, dayOf(isReadyAt)), 12, dice.int(0, 59), dice.int(0, 59));
  const completedAt = shippedAt + dice.int(1, 5) * HOUR_MS;
  if (paidAt !== null && paidAt > world.asOf) return { ...nothing, status: 'pending' };
  if (completedAt > world.asOf) {
    const isGone = shippedAt <= world.asOf;
    return { ...nothing, status: 'processing', paidAt, shippedAt: isGone ? shippedAt : null };
  }
  const handedOverAt = completedAt + dice.int(20, 60) * HOUR_MS;
  const paidAtDoor = payment === 'cod' && handedOverAt <= world.asOf ? handedOverAt : null;
  return { ...nothing, status: 'completed', shippedAt, completedAt, paidAt: paidAt ?? paidAtDoor };
}

function shippingDay(dice: Dice, ready: Day): Day {
  const first = isWorkingDay(ready) ? ready : nextWorkingDay(ready);
  return dice.chance(0.4) ? nextWorkingDay(first) : nextWorkingDay(nextWorkingDay(first));
}

function pickPayment(dice: Dice, { habit, payers, invoicing }: Buyer): PaymentMethod {
  if (invoicing === 'at once') return 'przelewy24';
  if (typeof invoicing === 'object') return 'terms';
  if (habit !== 'household' && payers.length > 0) {
    return dice.weighted([
      [62, 'terms'],
      [22, 'przelewy24'],
      [12, 'bacs'],
      [4, 'cod'],
    ]);
  }
  return dice.weighted([
    [58, 'przelewy24'],
    [14, 'stripe'],
    [14, 'cod'],
    [14, 'bacs'],
  ]);
}
