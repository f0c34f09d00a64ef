import { dayFromText } from './calendar.ts';
import type { Customer } from './customer.ts';
import type { DocumentPlan } from './document-plan.ts';
import type { World } from './world.ts';

/**
 * Writes down what each customer owes past due: every document with the corrections that came from it, less what was
 * paid for all of them. What one document was overpaid pays no other.
 */
export function tallyOverdue(world: World, plans: readonly DocumentPlan[]): void {
  const balances = new Map<DocumentPlan, number>();
  for (const plan of plans) {
    const { invoice } = plan;
    if (invoice === null || invoice.cancelled || !isOwed(plan)) continue;
    const root = rootOf(plan);
    balances.set(root, (balances.get(root) ?? 0) + invoice.grossMinor - invoice.paidMinor);
  }
  for (const [root, balance] of balances) if (balance > 0) addOverdue(world, root, balance);
}

function isOwed({ kind }: DocumentPlan): boolean {
  return kind !== 'proforma' && kind !== 'receipt';
}

/** The invoice that a correction, or a correction of a correction, is about in the end. */
function rootOf(plan: DocumentPlan): DocumentPlan {
  return plan.kind === 'correction' && plan.origin !== null ? rootOf(plan.origin) : plan;
}

function addOverdue({ today }: World, { customer, invoice }: DocumentPlan, balance: number): void {
  if (customer === null || invoice === null || invoice.dueDate === null || invoice.cancelled) return;
  if (dayFromText(invoice.dueDate) < today) addTo(customer, invoice.currency, balance);
}

function addTo({ overdue }: Customer, currency: DocumentPlan['currency'], amountMinor: number): void {
  overdue.set(currency, (overdue.get(currency) ?? 0) + amountMinor);
}
