/** Tags of whatever is not kept again for a while. */
export function createErasures(now: () => number) {
  const erasedUntil = new Map<string, number>();
  return {
    add: (tags: readonly string[], untilMs: number) => {
      for (const [tag, endMs] of erasedUntil) if (endMs <= now()) erasedUntil.delete(tag);
      for (const tag of tags) erasedUntil.set(tag, untilMs);
    },
    any: (tags: readonly string[]) => erasedUntil.size > 0 && tags.some((tag) => (erasedUntil.get(tag) ?? 0) > now()),
  };
}
