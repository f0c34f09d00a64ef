import type { Dice } from './dice.ts';

/** Ids of one system: growing, with gaps, as other tenants and deleted records leave them. */
export function createSequence(first: number, maxGap: number, dice: Dice, minGap = 1): () => number {
  let last = first;
  return () => {
    last += dice.int(minGap, maxGap);
    return last;
  };
}
