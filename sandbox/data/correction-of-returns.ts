import { dayOf } from './calendar.ts';
import { taxOf } from './catalogue.ts';
import { planCorrection } from './corrections.ts';
import type { Dice } from './dice.ts';
import { type DocumentPlan, grossOf } from './document-plan.ts';
import { referenceTo } from './labels.ts';
import type { FakturowniaPositionState } from './records.ts';
import type { Return } from './returns.ts';
import type { World } from './world.ts';

type Changed = Pick<FakturowniaPositionState, 'quantity' | 'netMinor' | 'grossMinor'>;

const DAY_MS = 86_400_000;

/** Corrects an invoice for what came back, and gives the money back. Positions stand in the order of the order's lines. */
export function planCorrectionOfReturn(
  world: World,
  dice: Dice,
  sentBack: Return,
  invoice: DocumentPlan,
): DocumentPlan[] {
  // The invoice may have been asked for later than the goods were sent back.
  const known = Math.max(sentBack.at, invoice.issuedAt) + 3_600_000;
  const issuedAt = Math.min(known + dice.int(0, 2) * DAY_MS, world.asOf);
  const { firstLineNetMinor } = sentBack;
  const changes = firstLineNetMinor === null ? withoutReturned(sentBack, invoice) : cheaper(firstLineNetMinor, invoice);
  const correction = planCorrection(world, invoice, { issuedAt, reason: sentBack.reason, changes, payments: [] });
  const paidBackOn = Math.min(dayOf(issuedAt) + dice.int(0, 3), world.today);
  const amountMinor = grossOf(correction.positions);
  correction.payments.push({ day: paidBackOn, amountMinor, kind: 'bank', provider: null });
  if (!sentBack.isInShop) {
    world.labels.add('CORRECTION_WITHOUT_RETURN', () => [
      referenceTo.invoice(correction.invoice!),
      referenceTo.order(sentBack.sale.order),
    ]);
  }
  return [correction];
}

/** What is left of each position; of a whole order nothing, not even the postage. */
function withoutReturned({ isWhole, lines }: Return, { positions }: DocumentPlan): Map<number, Changed> {
  if (isWhole) return new Map(positions.map((_, index) => [index, { quantity: 0, netMinor: 0, grossMinor: 0 }]));
  return new Map(
    lines.map(({ index, quantity, netMinor, taxMinor }) => {
      const position = positions[index]!;
      const left = {
        quantity: position.quantity - quantity,
        netMinor: position.netMinor - netMinor,
        grossMinor: position.grossMinor - netMinor - taxMinor,
      };
      return [index, left];
    }),
  );
}

/** Money alone: the first position's price falls. */
function cheaper(netMinor: number, { positions }: DocumentPlan): Map<number, Changed> {
  const { quantity, vat } = positions[0]!;
  return new Map([[0, { quantity, netMinor, grossMinor: netMinor + taxOf(netMinor, vat) }]]);
}
