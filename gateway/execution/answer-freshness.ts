import { createFreshnessList, type Freshness } from '../../common/freshness.ts';
import { createStaleList, type StaleSource } from '../../common/stale-list.ts';

/** How fresh the answer to one request is, as its subgraphs tell. */
export interface AnswerFreshness {
  /** Takes what a subgraph's answer says in its extensions. One that says nothing makes the whole unknown. */
  add(extensions: Readonly<Record<string, unknown>> | undefined): void;
  /** Null when a part of the answer is of unknown age, or nothing was asked of any subgraph. */
  total(): Freshness | null;
  /** Sources of which the answer holds stale copies. */
  stale(): StaleSource[];
}

export function createAnswerFreshness(): AnswerFreshness {
  const parts = createFreshnessList();
  const stale = createStaleList();
  let isUnknown = false;
  return {
    add: (extensions) => {
      const freshness = extensions?.freshness;
      if (isFreshness(freshness)) parts.note(freshness);
      else isUnknown = true;
      const copies = extensions?.stale;
      for (const part of Array.isArray(copies) ? copies : []) if (isStaleSource(part)) stale.note(part);
    },
    total: () => (isUnknown ? null : parts.total()),
    stale: stale.entries,
  };
}

function isFreshness(value: unknown): value is Freshness {
  if (typeof value !== 'object' || value === null) return false;
  const { ageMs, freshMs } = value as Partial<Record<keyof Freshness, unknown>>;
  return isDuration(ageMs) && isDuration(freshMs);
}

function isStaleSource(value: unknown): value is StaleSource {
  if (typeof value !== 'object' || value === null) return false;
  const { source, fetchedAt } = value as Partial<Record<keyof StaleSource, unknown>>;
  return typeof source === 'string' && typeof fetchedAt === 'string';
}

function isDuration(value: unknown): boolean {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0;
}
