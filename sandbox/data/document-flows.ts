import type { Payer } from './buyer.ts';
import { dayOf } from './calendar.ts';
import type { Dice } from './dice.ts';
import { createPlan, type DocumentPlan, grossOf } from './document-plan.ts';
import type { Sale } from './orders.ts';
import { makePosition, SERVICE, type ToPositions } from './positions.ts';
import type { FakturowniaPosition, WooOrder } from './records.ts';
import { payOnTerms } from './terms-invoices.ts';
import type { World } from './world.ts';

/** Documents that come before, after or instead of a plain invoice. */

type Positions = readonly FakturowniaPosition[];

const DAY_MS = 86_400_000;

/** What was ordered with a transfer that has not come, or never came: an offer to pay, which nobody owes. */
export function planProforma(
  dice: Dice,
  { order, fate }: Sale,
  { toPositions, payer }: { toPositions: ToPositions; payer: Payer },
): DocumentPlan[] {
  const isWaiting = fate.payment === 'bacs' && (order.status === 'on-hold' || order.status === 'cancelled');
  return isWaiting && dice.chance(0.7) ? [proforma(order, payer, toPositions(order))] : [];
}

function proforma({ createdAt, currency, number }: WooOrder, payer: Payer, positions: Positions): DocumentPlan {
  const issuedAt = createdAt + 600_000;
  const dueDay = dayOf(issuedAt) + 7;
  return createPlan({ kind: 'proforma', issuedAt, payer, positions, currency, oid: number, dueDay });
}

/** The invoice of what was paid with the order, after what it was made from. */
export function planPrepaidInvoice(
  world: World,
  dice: Dice,
  sale: Sale,
  base: DocumentPlan,
  retail: Payer,
): DocumentPlan[] {
  const earlier = renumbered(world, base.positions);
  if (sale.fate.payment === 'bacs' && dice.chance(0.3)) {
    const offer = proforma(sale.order, base.payer, earlier);
    return [offer, { ...base, origin: offer }];
  }
  if (!base.payer.printed.isCompany && dice.chance(0.15)) return afterReceipt(world, dice, base, { earlier, retail });
  return dice.chance(0.02) ? afterCancelled(world, base, earlier) : [base];
}

/** The buyer got a receipt, and asked for an invoice to it afterwards. */
function afterReceipt(
  world: World,
  dice: Dice,
  base: DocumentPlan,
  { earlier, retail }: { earlier: Positions; retail: Payer },
): DocumentPlan[] {
  const issuedAt = Math.min(base.issuedAt + dice.int(1, 9) * DAY_MS, world.asOf);
  const common = { positions: earlier, payer: retail, dueDay: null, payments: [] };
  const receipt: DocumentPlan = { ...base, ...common, kind: 'receipt' };
  return [receipt, { ...base, issuedAt, dueDay: dayOf(issuedAt), origin: receipt }];
}

/** The first invoice was a mistake. */
function afterCancelled(world: World, base: DocumentPlan, earlier: Positions): DocumentPlan[] {
  const issuedAt = Math.min(base.issuedAt + 900_000, world.asOf);
  return [
    { ...base, positions: earlier, payments: [], isCancelled: true },
    { ...base, issuedAt },
  ];
}

/** The same positions once more, on another document. */
export function renumbered(world: World, positions: Positions): FakturowniaPosition[] {
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
