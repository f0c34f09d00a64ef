import type { ExecutionResultBody } from '../../common/transport.ts';
import { toldFreshness } from './told-freshness.ts';

export interface LifetimeLimits {
  /** Of an answer with a Cache-Control without a time; null keeps none. */
  defaultMs: number | null;
  /** Nothing is kept longer, whatever its subgraph says. */
  maxMs: number;
  /** Of "there is no such entity". */
  negativeMs: number;
}

/** How long an answer may be kept. */
export interface AnswerLifetime {
  ageMs: number;
  freshMs: number;
  /** The same for what does not exist. */
  negativeMs: number;
  isPrivate: boolean;
}

/**
 * Null for what may not be kept: what failed, may lack something, is stale, or does not say how fresh it is. Our own
 * subgraphs' records are invalidated while they are fresh: their answers are kept only with the tags that do it.
 */
export function lifetimeOf(answer: ExecutionResultBody, limits: LifetimeLimits): AnswerLifetime | null {
  const { errors = [], extensions } = answer;
  if (errors.length > 0 || isGiven(extensions?.incomplete) || isGiven(extensions?.stale)) return null;
  if (extensions?.freshness !== undefined && !isGiven(extensions.recordTags)) return null;
  const told = toldFreshness(answer, limits.defaultMs);
  if (told === null) return null;
  const { ageMs, isPrivate } = told;
  const freshMs = Math.min(told.freshMs, limits.maxMs);
  return freshMs > 0 ? { ageMs, freshMs, negativeMs: Math.min(freshMs, limits.negativeMs), isPrivate } : null;
}

function isGiven(value: unknown): boolean {
  return Array.isArray(value) ? value.length > 0 : value !== undefined && value !== null;
}
