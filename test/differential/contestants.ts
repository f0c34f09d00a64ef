import type { Cause } from './causes.ts';
import type { Difference } from './compare.ts';
import type { Outcome } from './contenders.ts';
import { judgeOurs, judgeReference } from './judges.ts';
import {
  CAUSES_IN_OURS,
  CAUSES_IN_REFERENCE,
  DIFFERENCES_OF_OURS,
  DIFFERENCES_OF_REFERENCE,
  type KnownDifference,
  LAST_RESORTS_OF_REFERENCE,
} from './known-differences.ts';

/** One whose answers are judged, and what is known to be wrong with them. */
export interface Contestant {
  name: 'ours' | 'reference';
  judge(outcome: Outcome): Difference | null;
  causes: readonly Cause[];
  differences: readonly KnownDifference[];
  /** Looked at when nothing else explains a difference. */
  lastResorts: readonly KnownDifference[];
}

export const CONTESTANTS: readonly Contestant[] = [
  { name: 'ours', judge: judgeOurs, causes: CAUSES_IN_OURS, differences: DIFFERENCES_OF_OURS, lastResorts: [] },
  {
    name: 'reference',
    judge: judgeReference,
    causes: CAUSES_IN_REFERENCE,
    differences: DIFFERENCES_OF_REFERENCE,
    lastResorts: LAST_RESORTS_OF_REFERENCE,
  },
];
