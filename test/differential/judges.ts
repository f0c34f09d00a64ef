import { type Difference, differsFromTruth } from './compare.ts';
import { differsFromOurs, differsFromWhole } from './compare-lost.ts';
import type { Outcome } from './contenders.ts';
import { isExact } from './random-faults.ts';

/** Where only values fail that no plan needs, the answer must be the truth; else it must be what the truth allows. */
export function judgeOurs(outcome: Outcome): Difference | null {
  const { ours, faults } = outcome;
  return isExact(faults) ? differsFromTruth(ours, outcome) : differsFromWhole(ours, outcome);
}

/** The reference too must be the truth or, where nobody knows it, lack just what ours lacks. */
export function judgeReference(outcome: Outcome): Difference | null {
  const { reference, faults } = outcome;
  return isExact(faults) ? differsFromTruth(reference, outcome) : differsFromOurs(outcome);
}
