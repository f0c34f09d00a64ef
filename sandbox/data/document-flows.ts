import type { Payer } from './buyer.ts';
import { dayOf } from './calendar.ts';
import type { Dice } from './dice.ts';
import { createPlan, type DocumentPlan, grossOf } from './document-plan.ts';
import type { Sale } from './orders.ts';
import { makePosition, SERVICE, type ToPositions } from './positions.ts';
import type { FakturowniaPosition } from './records.ts';
import { payOnTerms } from './terms-invoices.ts';
import type { World } from './world.ts';

/** Documents that come before, after or instead of a plain invoice. */

const DAY_MS = 86_400_000;

/** What was ordered with a transfer that has not come, or never came: an offer to pay, which nobody owes. */
export function planProforma(
  dice: Dice,
  { order, fate }: Sale,
  { toPositions, payer }: { toPositions: ToPositions; payer: Payer },
): DocumentPlan[] {
  const isWaiting = fate.payment === 'bacs' && (order.status === 'on-hold' || order.status === 'cancelled');
  if (!isWaiting || !dice.chance(0.7)) return [];
  const { currency, number } = order;
  return [
    proforma({ positions: toPositions(order), payer, currency, oid: number, description: null }, order.createdAt),
  ];
}

function proforma(
  content: Pick<DocumentPlan, 'positions' | 'payer' | 'currency' | 'oid' | 'description'>,
  placedAt: number,
): DocumentPlan {
  const issuedAt = placedAt + 600_000;
  return createPlan({ ...content, kind: 'proforma', issuedAt, dueDay: dayOf(issuedAt) + 7 });
}

/** The invoice was made from the proforma that the buyer paid. */
export function withProforma({ order }: Sale, base: DocumentPlan): DocumentPlan[] {
  const first = proforma(base, order.createdAt);
  return [first, { ...base, origin: first }];
}

/** The buyer got a receipt, and asked for an invoice to it afterwards; or the first invoice was cancelled at once. */
export function withReceipt(
  world: World,
  dice: Dice,
  base: DocumentPlan,
  { retail }: { retail: Payer },
): DocumentPlan[] {
  if (!base.payer.printed.isCompany && dice.chance(0.15)) {
    const issuedAt = Math.min(base.issuedAt + dice.int(1, 9) * DAY_MS, world.asOf);
    const receipt: DocumentPlan = { ...base, kind: 'receipt', payer: retail, dueDay: null, payments: [] };
    return [receipt, { ...base, issuedAt, dueDay: dayOf(issuedAt), origin: receipt }];
  }
  if (!dice.chance(0.02)) return [base];
  const issuedAt = Math.min(base.issuedAt + 900_000, world.asOf);
  return [
    { ...base, positions: renumbered(world, base.positions), payments: [], isCancelled: true },
    { ...base, issuedAt },
  ];
}

/** The same positions once more, on another document. */
export function renumbered(world: World, positions: readonly FakturowniaPosition[]): FakturowniaPosition[] {
  return positions.map((position) => ({ ...position, id: world.ids.position() }));
}

/** From so much on a part is paid in advance. */
const ADVANCE_FROM_MINOR = 100_000;

/** A part paid in advance, the rest on terms: two invoices, of which the last one deducts the first. */
export function planAdvanceAndFinal(world: World, dice: Dice, sale: Sale, base: DocumentPlan): DocumentPlan[] | null {
  const grossMinor = grossOf(base.positions);
  const isOneRate = base.positions.every(({ vat }) => vat === '23');
  if (!isOneRate || grossMinor < ADVANCE_FROM_MINOR || base.kind !== 'vat' || !dice.chance(0.12)) return null;
  const issuedAt = Math.min(sale.order.createdAt + 7_200_000, base.issuedAt);
  const netMinor = Math.round((grossMinor - grossMinor * 0.7) / 1.23);
  const part = advancePosition(world, 'Zaliczka na poczet zamówienia', netMinor);
  const payments = [{ day: dayOf(issuedAt), amountMinor: part.grossMinor, kind: 'bank', provider: null } as const];
  const advance = createPlan({ ...base, kind: 'advance', issuedAt, positions: [part], payments: [...payments] });
  const deducted = advancePosition(world, 'Rozliczenie zaliczki', -netMinor);
  const final = { ...base, kind: 'final', positions: [...base.positions, deducted], advances: [advance] } as const;
  payOnTerms(world, dice, sale, final);
  return [advance, final];
}

function advancePosition(world: World, name: string, netMinor: number): FakturowniaPosition {
  const taxMinor = Math.sign(netMinor) * Math.floor((Math.abs(netMinor) * 23 + 50) / 100);
  const quantity = netMinor < 0 ? -1 : 1;
  return makePosition(world, { ...SERVICE, name, quantity, vat: '23', totalMinor: netMinor, totalTaxMinor: taxMinor });
}
