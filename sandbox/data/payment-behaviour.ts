import type { Day } from './calendar.ts';
import type { Dice } from './dice.ts';
import type { PaymentPlan } from './document-plan.ts';

interface Debt {
  issueDay: Day;
  dueDay: Day;
  today: Day;
  grossMinor: number;
}

/** How an invoice on terms is paid as far as today: in time, late, in parts, or not at all. */
export function decideTransfers(dice: Dice, debt: Debt): PaymentPlan[] {
  const { issueDay, dueDay, today, grossMinor } = debt;
  const delay = dice.weighted<number | null>([
    [58, -dice.int(0, 6)],
    [24, dice.int(1, 30)],
    [8, dice.int(31, 100)],
    [10, null],
  ]);
  const day = delay === null ? null : Math.max(issueDay, dueDay + delay);
  const parts = dice.chance(0.12) && grossMinor > 10_000 ? splitAmount(dice, grossMinor) : [grossMinor];
  const transfers = parts.map((amountMinor, index) => {
    const isLast = index === parts.length - 1;
    const paidOn = isLast ? day : dueDay + dice.int(-3, 10);
    return paidOn === null ? null : { day: Math.max(issueDay, paidOn), amountMinor };
  });
  return transfers
    .filter((transfer) => transfer !== null && transfer.day <= today)
    .map((transfer) => ({ ...transfer!, kind: 'bank' as const, provider: null }))
    .sort((a, b) => a.day - b.day);
}

function splitAmount(dice: Dice, grossMinor: number): number[] {
  const first = Math.round((grossMinor * dice.int(20, 70)) / 100);
  return [first, grossMinor - first];
}
