import { dayOf } from './calendar.ts';
import { taxOf } from './catalogue.ts';
import { planCorrection } from './corrections.ts';
import type { Dice } from './dice.ts';
import { type DocumentPlan, grossOf } from './document-plan.ts';
import { markPaid } from './order-payments.ts';
import type { Sale } from './orders.ts';
import { decideTransfers } from './payment-behaviour.ts';
import type { World } from './world.ts';

/** An invoice on terms, which some are given a rebate on before they pay. */
export function planInvoiceOnTerms(world: World, dice: Dice, sale: Sale, base: DocumentPlan): DocumentPlan[] {
  const corrections = dice.chance(0.06) ? planRebate(world, dice, base) : [];
  const payableMinor = [base, ...corrections].reduce((sum, { positions }) => sum + grossOf(positions), 0);
  payOnTerms(world, dice, sale, base, payableMinor);
  return [base, ...corrections];
}

/** Writes down how far the invoice is paid as of today, and tells the shop when it is paid in full. */
export function payOnTerms(
  world: World,
  dice: Dice,
  { order }: Sale,
  plan: DocumentPlan,
  payableMinor = grossOf(plan.positions),
): void {
  const debt = { issueDay: dayOf(plan.issuedAt), dueDay: plan.dueDay!, today: world.today, grossMinor: payableMinor };
  plan.payments.push(...decideTransfers(dice, debt));
  markPaid(world, order, plan.payments, payableMinor);
}

const DAY_MS = 86_400_000;

/** A lower price for one position; now and then the wrong one, so that the correction is corrected. */
function planRebate(world: World, dice: Dice, base: DocumentPlan): DocumentPlan[] {
  const index = dice.int(0, base.positions.length - 1);
  const { quantity, netMinor, vat } = base.positions[index]!;
  const priced = (percentOff: number) => {
    const reduced = netMinor - Math.round((netMinor * percentOff) / 100);
    return { quantity, netMinor: reduced, grossMinor: reduced + taxOf(reduced, vat) };
  };
  const percentOff = dice.pick([5, 10, 20]);
  const issuedAt = base.issuedAt + dice.int(1, 4) * DAY_MS;
  if (issuedAt > world.asOf) return [];
  const changes = new Map([[index, priced(percentOff)]]);
  const rebate = planCorrection(world, base, { issuedAt, reason: 'Rabat potransakcyjny', changes, payments: [] });
  const again = issuedAt + dice.int(1, 3) * DAY_MS;
  if (!dice.chance(0.35) || again > world.asOf) return [rebate];
  const reason = 'Błędnie naliczony rabat';
  const other = new Map([[0, priced(dice.chance(0.5) ? percentOff / 2 : percentOff * 2)]]);
  return [rebate, planCorrection(world, rebate, { issuedAt: again, reason, changes: other, payments: [] })];
}
