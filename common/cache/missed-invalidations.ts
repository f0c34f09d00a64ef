const MAX_TAGS = 10_000;

/** Null: too many to know which. */
export type MissedTags = ReadonlySet<string> | null;

/** Invalidations that Redis was not told, because it was away. Bounded: of too many only that there were some is known. */
export interface MissedInvalidations {
  add(tags: MissedTags): void;
  take(): MissedTags;
}

export function createMissedInvalidations(): MissedInvalidations {
  let missed: MissedTags = new Set();
  return {
    add: (tags) => {
      const all = tags === null || missed === null ? null : missed.union(tags);
      missed = all === null || all.size > MAX_TAGS ? null : all;
    },
    take: () => {
      const taken = missed;
      missed = new Set();
      return taken;
    },
  };
}
