import { dayFromText } from './calendar.ts';
import { owe } from './customer.ts';
import type { DocumentPlan } from './document-plan.ts';
import type { FakturowniaInvoice } from './records.ts';
import type { World } from './world.ts';

/**
 * Writes down what each customer owes past due: every document with the corrections that came from it, less what was
 * paid for any of them. What one document was overpaid pays no other.
 */
export function tallyOverdue(world: World, plans: readonly DocumentPlan[]): void {
  const owed = plans.filter(isOwed);
  const corrections = Map.groupBy(owed.filter(isCorrection), rootOf);
  for (const root of owed) {
    const { customer } = root.payer;
    if (customer === null || isCorrection(root)) continue;
    const family = [root, ...(corrections.get(root) ?? [])].map(({ invoice }) => invoice!);
    const overdue = overdueOf(family, world.today);
    if (overdue > 0) owe(customer, root.currency, overdue);
  }
}

function isCorrection({ kind }: DocumentPlan): boolean {
  return kind === 'correction';
}

/** Offers are no debts, and a receipt was paid at the till. */
function isOwed({ kind, isCancelled }: DocumentPlan): boolean {
  return kind !== 'proforma' && kind !== 'receipt' && !isCancelled;
}

/** The invoice that a correction, or a correction of a correction, is about in the end. */
function rootOf(plan: DocumentPlan): DocumentPlan {
  return isCorrection(plan) ? rootOf(plan.origin!) : plan;
}

/** A correction that takes away, like money, settles what was due first. */
function overdueOf(family: readonly FakturowniaInvoice[], today: number): number {
  const left = family.map(({ grossMinor, paidMinor, dueDate }) => ({ amount: grossMinor - paidMinor, dueDate }));
  let credit = left.reduce((sum, { amount }) => sum + Math.max(-amount, 0), 0);
  const debts = left.filter(({ amount }) => amount > 0).sort((a, b) => (a.dueDate! < b.dueDate! ? -1 : 1));
  let overdue = 0;
  for (const { amount, dueDate } of debts) {
    const used = Math.min(credit, amount);
    credit -= used;
    if (dayFromText(dueDate!) < today) overdue += amount - used;
  }
  return overdue;
}
