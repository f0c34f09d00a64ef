import { createReferencesByType } from '../../common/references-by-type.ts';
import { shortReference } from './short-reference.ts';

/** The records that one request's answer was made from, as the subgraphs say: references by type. */
export interface TouchedRecords {
  /** Takes what an answer's extensions say; anything else than references is no answer of ours and is left out. */
  add(extensions: Readonly<Record<string, unknown>> | undefined): void;
  toJson(): Readonly<Record<string, readonly string[]>>;
  /** There were too many to keep all. */
  isCut(): boolean;
}

/** Of one request, from all of its calls to subgraphs. */
const MAX_REFERENCES = 50_000;

export function createTouchedRecords(): TouchedRecords {
  const references = createReferencesByType(MAX_REFERENCES);
  /** A subgraph had too many already. */
  let isCutBefore = false;

  return {
    add(extensions) {
      const { touched, touchedCut } = extensions ?? {};
      if (touchedCut === true) isCutBefore = true;
      if (typeof touched !== 'object' || touched === null) return;
      for (const [type, given] of Object.entries(touched)) {
        for (const reference of Array.isArray(given) ? given : []) {
          const short = shortReference(reference);
          if (short !== null) references.note(type, short);
        }
      }
    },
    toJson: () => Object.fromEntries([...references.byType].map(([type, known]) => [type, [...known].sort()])),
    isCut: () => isCutBefore || references.isCut(),
  };
}
