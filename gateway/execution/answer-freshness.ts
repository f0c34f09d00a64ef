import { createFreshnessList, type Freshness } from '../../common/freshness.ts';
import { createStaleList, type StaleSource } from '../../common/stale-list.ts';
import type { ExecutionResultBody } from '../../common/transport.ts';
import { type ToldFreshness, toldFreshness } from '../entity-cache/told-freshness.ts';

/** How fresh the answer to one request is, as its subgraphs tell. */
export interface AnswerFreshness {
  /** Takes what a subgraph's answer says of itself. One that says nothing makes the whole unknown. */
  add(answer: ExecutionResultBody): void;
  /** Takes a part that was kept from an earlier answer. */
  addKept(part: ToldFreshness): void;
  /** Null when a part of the answer is of unknown age, or nothing was asked of any subgraph. */
  total(): Freshness | null;
  /** A subgraph said that its part is for the one who asked alone. */
  isPrivate(): boolean;
  /** Sources of which the answer holds stale copies. */
  stale(): StaleSource[];
}

export function createAnswerFreshness(): AnswerFreshness {
  const parts = createFreshnessList();
  const stale = createStaleList();
  let isUnknown = false;
  let isPrivate = false;
  const addKept = (part: ToldFreshness) => {
    parts.note(part);
    isPrivate ||= part.isPrivate;
  };
  return {
    add: (answer) => {
      const told = toldFreshness(answer);
      if (told) addKept(told);
      else isUnknown = true;
      const copies = answer.extensions?.stale;
      for (const part of Array.isArray(copies) ? copies : []) if (isStaleSource(part)) stale.note(part);
    },
    addKept,
    isPrivate: () => isPrivate,
    total: () => (isUnknown ? null : parts.total()),
    stale: stale.entries,
  };
}

function isStaleSource(value: unknown): value is StaleSource {
  if (typeof value !== 'object' || value === null) return false;
  const { source, fetchedAt } = value as Partial<Record<keyof StaleSource, unknown>>;
  return typeof source === 'string' && typeof fetchedAt === 'string';
}
