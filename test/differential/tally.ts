/** How often each known difference was met. */
export interface Tally {
  count(what: string): void;
  of(what: string): number;
  toString(): string;
}

export function createTally(): Tally {
  const counts = new Map<string, number>();
  return {
    count: (what) => void counts.set(what, (counts.get(what) ?? 0) + 1),
    of: (what) => counts.get(what) ?? 0,
    toString: () => [...counts].map(([what, count]) => `${what} ${count}`).join(', '),
  };
}
