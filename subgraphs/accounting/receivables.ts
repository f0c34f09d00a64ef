import { type Money, sumByCurrency } from '../shared/money.ts';
import { type AgingBucket, BUCKETS, bucketOf } from './aging.ts';
import type { Settlement } from './settlement.ts';

/** What is owed, by the documents as they were read. */
export interface Receivables {
  asOf: string;
  total: Money[];
  overdue: Money[];
  aging: { bucket: AgingBucket; amount: Money }[];
  worstBucket: AgingBucket | null;
  oldestDueDate: string | null;
  openInvoiceCount: number;
}

/**
 * Sums up what is owed. What was paid too much on one document is not set off against another: nobody has declared
 * that, and it would hide a debt. It shows in that document's own balance.
 */
export function toReceivables(settlements: readonly Settlement[], today: string): Receivables {
  const open = settlements.flatMap((settlement) => settlement.open);
  const aged = open.map(({ dueDate, amount }) => ({ bucket: bucketOf(dueDate, today), amount }));
  const inBucket = (bucket: AgingBucket) =>
    sumByCurrency(aged.filter((part) => part.bucket === bucket).map(({ amount }) => amount));
  const dueDates = open.map(({ dueDate }) => dueDate).filter((day) => day !== null);
  return {
    asOf: today,
    total: sumByCurrency(open.map(({ amount }) => amount)),
    overdue: sumByCurrency(aged.filter(({ bucket }) => bucket !== 'CURRENT').map(({ amount }) => amount)),
    aging: BUCKETS.flatMap((bucket) => inBucket(bucket).map((amount) => ({ bucket, amount }))),
    worstBucket: BUCKETS.findLast((bucket) => aged.some((part) => part.bucket === bucket)) ?? null,
    oldestDueDate: dueDates.sort()[0] ?? null,
    openInvoiceCount: settlements.filter((settlement) => settlement.open.length > 0).length,
  };
}
