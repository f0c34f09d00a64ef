/** How fresh something is that an answer is made from. */
export interface Freshness {
  /** Since the vendor told it, in milliseconds. */
  ageMs: number;
  /** For how long it still counts as fresh, in milliseconds; 0 for what is stale. */
  freshMs: number;
}

export interface FreshnessList {
  note(part: Freshness): void;
  /** Of all parts together: as old as the oldest, as fresh as the least fresh. Null when there are none. */
  total(): Freshness | null;
}

export function createFreshnessList(): FreshnessList {
  let total: Freshness | null = null;
  return {
    note: ({ ageMs, freshMs }) => {
      total = total
        ? { ageMs: Math.max(total.ageMs, ageMs), freshMs: Math.min(total.freshMs, freshMs) }
        : { ageMs, freshMs };
    },
    total: () => total,
  };
}
