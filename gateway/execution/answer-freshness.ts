import { createFreshnessList, type Freshness } from '../../common/freshness.ts';

/** How fresh the answer to one request is, as its subgraphs tell. */
export interface AnswerFreshness {
  /** Takes what a subgraph's answer says in its extensions. One that says nothing makes the whole unknown. */
  add(extensions: Readonly<Record<string, unknown>> | undefined): void;
  /** Null when a part of the answer is of unknown age, or nothing was asked of any subgraph. */
  total(): Freshness | null;
}

export function createAnswerFreshness(): AnswerFreshness {
  const parts = createFreshnessList();
  let isUnknown = false;
  return {
    add: (extensions) => {
      const freshness = extensions?.freshness;
      if (isFreshness(freshness)) parts.note(freshness);
      else isUnknown = true;
    },
    total: () => (isUnknown ? null : parts.total()),
  };
}

function isFreshness(value: unknown): value is Freshness {
  if (typeof value !== 'object' || value === null) return false;
  const { ageMs, freshMs } = value as Partial<Record<keyof Freshness, unknown>>;
  return isDuration(ageMs) && isDuration(freshMs);
}

function isDuration(value: unknown): boolean {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0;
}
