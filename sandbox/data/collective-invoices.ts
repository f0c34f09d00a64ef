import type { Buyer } from './buyer.ts';
import { dayOf } from './calendar.ts';
import type { Dice } from './dice.ts';
import { createPlan, type DocumentPlan, grossOf } from './document-plan.ts';
import { markPaid } from './order-payments.ts';
import type { Sale } from './orders.ts';
import { decideTransfers } from './payment-behaviour.ts';
import { mergePositions, type ToPositions } from './positions.ts';
import type { World } from './world.ts';

const TERM_DAYS = 30;
/** What is not enough for an invoice waits so long for more. */
const LONGEST_WAIT_MS = 30 * 86_400_000;

/** One invoice for several orders, which it names all. */
export function planCollectives(
  world: World,
  dice: Dice,
  sales: readonly Sale[],
  toPositions: ToPositions,
): DocumentPlan[] {
  const byBuyer = Map.groupBy(
    sales.filter(({ fate }) => fate.completedAt !== null),
    ({ buyer }) => buyer,
  );
  return [...byBuyer].flatMap(([buyer, ofBuyer]) =>
    batchesOf(world, buyer, ofBuyer).map((batch) => planCollective(world, dice, buyer, { batch, toPositions })),
  );
}

/** In the order in which goods left. The last batch waits while it is neither full nor old. */
function batchesOf({ asOf }: World, { invoicing }: Buyer, sales: readonly Sale[]): Sale[][] {
  const size = typeof invoicing === 'object' ? invoicing.ordersTogether : 1;
  const batches: Sale[][] = [];
  for (const sale of [...sales].sort((a, b) => shippedAt(a) - shippedAt(b))) {
    const last = batches.at(-1);
    if (last === undefined || isFull(last, size, shippedAt(sale))) batches.push([sale]);
    else last.push(sale);
  }
  return batches.filter((batch) => isFull(batch, size, asOf));
}

function isFull(batch: readonly Sale[], size: number, at: number): boolean {
  return batch.length >= size || shippedAt(batch[0]!) < at - LONGEST_WAIT_MS;
}

function shippedAt({ fate }: Sale): number {
  return fate.completedAt ?? 0;
}

function shippedLast(batch: readonly Sale[]): number {
  return Math.max(...batch.map(shippedAt));
}

function planCollective(
  world: World,
  dice: Dice,
  buyer: Buyer,
  { batch, toPositions }: { batch: readonly Sale[]; toPositions: ToPositions },
): DocumentPlan {
  const issuedAt = Math.min(shippedLast(batch) + 3_600_000, world.asOf);
  const plan = createPlan({
    issuedAt,
    payer: dice.pick(buyer.payers),
    currency: buyer.currency,
    positions: mergePositions(batch.flatMap(({ order }) => toPositions(order))),
    dueDay: dayOf(issuedAt) + TERM_DAYS,
    oid: batch.map(({ order }) => order.number).join(','),
  });
  const grossMinor = grossOf(plan.positions);
  const debt = { issueDay: dayOf(issuedAt), dueDay: plan.dueDay!, today: world.today, grossMinor };
  plan.payments.push(...decideTransfers(dice, debt));
  for (const { order } of batch) markPaid(world, order, plan.payments, grossMinor);
  return plan;
}
