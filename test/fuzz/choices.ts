/**
 * A random source that fast-check can shrink: every choice takes the next byte of a list, and 0 when the list has
 * ended. 0 always means the simplest choice, so a shorter list with smaller bytes is a simpler case.
 */
export interface Choices {
  /** 0 to `bound - 1`. */
  below(bound: number): number;
  /** True in about `percent` of a hundred cases; never once the list has ended. */
  chance(percent: number): boolean;
  pick<Item>(items: readonly Item[]): Item;
  /** Each item with the chance. */
  some<Item>(items: readonly Item[], percent: number): Item[];
}

export function createChoices(bytes: Uint8Array): Choices {
  let position = 0;
  const next = () => bytes[position++] ?? 0;
  const chance = (percent: number) => next() >= 256 - percent * 2.56;
  const below = (bound: number) => next() % bound;
  return {
    below,
    chance,
    pick: (items) => items[below(items.length)]!,
    some: (items, percent) => items.filter(() => chance(percent)),
  };
}
