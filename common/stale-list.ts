/** A source of which an answer holds copies that are older than they should be. */
export interface StaleSource {
  source: string;
  /** Of the oldest of them; ISO in UTC. */
  fetchedAt: string;
}

export interface StaleList {
  note(part: StaleSource): void;
  entries(): StaleSource[];
}

export function createStaleList(): StaleList {
  const oldest = new Map<string, string>();
  return {
    note: ({ source, fetchedAt }) => {
      const known = oldest.get(source);
      if (known === undefined || fetchedAt < known) oldest.set(source, fetchedAt);
    },
    entries: () => [...oldest].map(([source, fetchedAt]) => ({ source, fetchedAt })),
  };
}
