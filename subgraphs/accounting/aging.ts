import type { Settlement } from './settlement.ts';

export type AgingBucket = 'CURRENT' | 'D1_30' | 'D31_60' | 'D61_90' | 'D90_PLUS';

/** The best first. */
export const BUCKETS: readonly AgingBucket[] = ['CURRENT', 'D1_30', 'D31_60', 'D61_90', 'D90_PLUS'];

/** Whole days from one calendar day to another. */
function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000);
}

/** What has no due date is never late. */
export function daysLate(dueDate: string | null, today: string): number {
  return dueDate === null ? 0 : Math.max(0, daysBetween(dueDate, today));
}

export function bucketOf(dueDate: string | null, today: string): AgingBucket {
  const days = daysLate(dueDate, today);
  if (days === 0) return 'CURRENT';
  if (days <= 30) return 'D1_30';
  if (days <= 60) return 'D31_60';
  return days <= 90 ? 'D61_90' : 'D90_PLUS';
}

/** How late the oldest open part is; null where something is owed and nobody knows until when. */
export function lateness({ open }: Settlement, today: string): number | null {
  const days = Math.max(0, ...open.map(({ dueDate }) => daysLate(dueDate, today)));
  return days === 0 && open.some(({ dueDate }) => dueDate === null) ? null : days;
}
