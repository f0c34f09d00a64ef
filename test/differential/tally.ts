/** How often each known difference was met. */
export interface Tally {
  count(what: string): void;
  toString(): string;
}

export function createTally(): Tally {
  const counts = new Map<string, number>();
  return {
    count: (what) => void counts.set(what, (counts.get(what) ?? 0) + 1),
    toString: () => [...counts].map(([what, count]) => `${what} ${count}`).join(', '),
  };
}
