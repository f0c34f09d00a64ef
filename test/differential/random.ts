import type { Choices } from '../fuzz/choices.ts';

/** Choices that depend on the seed alone, without end. */
export function createRandom(seed: number): Choices {
  let state = mix(seed, 'random');
  // https://en.wikipedia.org/wiki/Xorshift does not suit small seeds; this is "mulberry32".
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let bits = Math.imul(state ^ (state >>> 15), state | 1);
    bits ^= bits + Math.imul(bits ^ (bits >>> 7), bits | 61);
    return (bits ^ (bits >>> 14)) >>> 0;
  };
  const below = (bound: number) => next() % bound;
  const chance = (percent: number) => below(100) < percent;
  return {
    below,
    chance,
    pick: (items) => items[below(items.length)]!,
    some: (items, percent) => items.filter(() => chance(percent)),
  };
}

/** A number that depends on all of its parts. */
export function mix(seed: number, ...parts: readonly (string | number)[]): number {
  let hash = seed ^ 0x9e3779b9;
  for (const part of parts) {
    for (const char of `${part}/`) hash = Math.imul(hash ^ char.charCodeAt(0), 0x01000193);
    hash ^= hash >>> 15;
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  return (hash ^ (hash >>> 13)) >>> 0;
}
