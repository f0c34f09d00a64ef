/** Remembers which tags were invalidated lately, so that a fill can tell whether what it read is still good. */
export function createInvalidationLog(limit = 1000) {
  const entries: { at: number; tags: ReadonlySet<string> }[] = [];
  let count = 0;
  return {
    now: () => count,
    add: (tags: readonly string[]) => {
      count += 1;
      entries.push({ at: count, tags: new Set(tags) });
      if (entries.length > limit) entries.shift();
    },
    anySince: (since: number, tags: readonly string[]) => {
      if (since === count) return false;
      const forgotten = since < count - entries.length;
      return forgotten || entries.some((entry) => entry.at > since && tags.some((tag) => entry.tags.has(tag)));
    },
  };
}
