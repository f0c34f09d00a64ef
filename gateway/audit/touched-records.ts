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
  const byType = new Map<string, Set<string>>();
  let count = 0;
  let isCut = false;

  function note(type: string, reference: string): void {
    const known = byType.get(type) ?? new Set<string>();
    byType.set(type, known);
    if (known.has(reference)) return;
    if (count >= MAX_REFERENCES) isCut = true;
    else {
      known.add(reference);
      count += 1;
    }
  }

  return {
    add(extensions) {
      const { touched, touchedCut } = extensions ?? {};
      if (touchedCut === true) isCut = true;
      if (typeof touched !== 'object' || touched === null) return;
      for (const [type, references] of Object.entries(touched)) {
        for (const reference of Array.isArray(references) ? references : []) {
          const short = shortReference(reference);
          if (short !== null) note(type, short);
        }
      }
    },
    toJson: () => Object.fromEntries([...byType].map(([type, references]) => [type, [...references].sort()])),
    isCut: () => isCut,
  };
}
