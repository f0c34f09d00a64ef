import { type Day, dayFromText, dayOf, dayText, nextWorkingDay } from './calendar.ts';
import type { Dice } from './dice.ts';
import { referenceTo } from './labels.ts';
import type { WooOrder, WooOrderLine, WooOrderStatus, WooShipment } from './records.ts';
import type { World } from './world.ts';

const NO_SHIPMENTS: readonly WooShipment[] = [];

interface Progress {
  placedAt: number;
  shippedAt: number | null;
  status: WooOrderStatus;
}

/** The parcel, and the day by which it was promised. Courses need none. */
export function deliveryOf(
  world: World,
  dice: Dice,
  lines: readonly WooOrderLine[],
  progress: Progress,
): Pick<WooOrder, 'shipments' | 'promisedDate'> {
  if (lines.every(({ vat }) => vat === 'zw')) return { shipments: NO_SHIPMENTS, promisedDate: null };
  const { shippedAt } = progress;
  return {
    shipments: shippedAt === null ? NO_SHIPMENTS : [shipmentOf(dice, shippedAt)],
    promisedDate: promiseOf(world, dice, progress),
  };
}

const CARRIERS = [
  ['InPost', 'https://inpost.pl/sledzenie-przesylek?number='],
  ['DPD Polska', 'https://tracktrace.dpd.com.pl/parcelDetails?p1='],
  ['Poczta Polska', null],
] as const;

function shipmentOf(dice: Dice, shippedAt: number): WooShipment {
  const [provider, address] = dice.pick(CARRIERS);
  const number = `6${String(dice.int(0, 999_999_999)).padStart(11, '0')}`;
  return { provider, customProvider: null, number, link: address === null ? null : address + number, shippedAt };
}

/** Half the orders that go out have a promised day, and nearly all of these keep it. */
function promiseOf(world: World, dice: Dice, { placedAt, shippedAt, status }: Progress): string | null {
  const isGoingOut = status === 'completed' || status === 'processing';
  if (!isGoingOut || !dice.chance(0.5)) return null;
  const placedOn = dayOf(placedAt);
  const shippedOn = shippedAt === null ? null : dayOf(shippedAt);
  const isLate = placedOn < (shippedOn ?? world.today) && world.quota('SHIPMENT_DELAYED');
  if (isLate) return dayText(placedOn);
  const usual: Day = nextWorkingDay(nextWorkingDay(nextWorkingDay(placedOn)));
  return dayText(Math.max(usual, shippedOn ?? world.today));
}

/** Sent after the promised day, or not sent although it has passed. */
export function labelDelay({ labels, today }: World, order: WooOrder): void {
  if (order.promisedDate === null) return;
  const shippedOn = order.shipments[0] === undefined ? today : dayOf(order.shipments[0].shippedAt);
  if (dayFromText(order.promisedDate) < shippedOn) labels.add('SHIPMENT_DELAYED', () => [referenceTo.order(order)]);
}
