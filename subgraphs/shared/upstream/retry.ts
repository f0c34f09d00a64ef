import { setTimeout as pause } from 'node:timers/promises';
import { UpstreamError } from '../../../common/errors.ts';

/** What one attempt came to. */
export type Attempt<T> = { value: T } | FailedAttempt;

export interface FailedAttempt {
  failure: UpstreamError;
  /** Whether the same call may do better a moment later. */
  isRetryable: boolean;
  /** Whether it speaks against the source as a whole: what only this call was refused for does not. */
  isSourceFault: boolean;
  /** Its deadline came after waits that took longer than the exchange: it says less of the source than what it waited for. */
  isCutShort: boolean;
}

export interface RetryPolicy {
  /** Attempts after the first. */
  retries: number;
  /** Epoch milliseconds after which no attempt may begin. */
  deadlineMs: number;
  signal: AbortSignal;
  /** What the call comes to when `signal` ends it. */
  ofEnd(): FailedAttempt;
  budget: RetryBudget;
  random?: () => number;
}

const FIRST_PAUSE_MS = 200;

/**
 * Repeats a retryable attempt while it fits the deadline and the source's retry budget; throws the last failure, or the
 * one before when the last repeat had no time left. Our own, because the pauses of cockatiel's retry do not end when the
 * call does, and Retry-After is not its backoff's to know.
 */
export async function withRetries<T>(policy: RetryPolicy, attempt: () => Promise<Attempt<T>>): Promise<T> {
  policy.budget.earn();
  let earlier: UpstreamError | null = null;
  let pauseMs = 0;
  for (let tried = 0; ; tried += 1) {
    const outcome = await attemptAfter(pauseMs, policy, attempt);
    if ('value' in outcome) return outcome.value;
    if (outcome.isCutShort && earlier) throw earlier;
    pauseMs = outcome.failure.retryAfterMs ?? backoffMs(tried, policy.random);
    const isLast = !outcome.isRetryable || tried >= policy.retries || Date.now() + pauseMs >= policy.deadlineMs;
    if (isLast || !policy.budget.spend()) throw outcome.failure;
    earlier = outcome.failure;
  }
}

async function attemptAfter<T>(
  pauseMs: number,
  { signal, ofEnd }: RetryPolicy,
  attempt: () => Promise<Attempt<T>>,
): Promise<Attempt<T>> {
  try {
    if (pauseMs > 0) await pause(pauseMs, undefined, { signal });
    return await attempt();
  } catch (error) {
    if (!signal.aborted || error instanceof UpstreamError) throw error;
    return ofEnd();
  }
}

/** Doubles, with half of it random: callers that failed together do not come back together. */
function backoffMs(tried: number, random = Math.random): number {
  return FIRST_PAUSE_MS * 2 ** tried * (0.5 + random() / 2);
}

/** Bounds the repeats of a source: when it fails at large, repeating every call would triple what it has to bear. */
export interface RetryBudget {
  /** For each call. */
  earn(): void;
  /** For each repeat; false when there is nothing left. */
  spend(): boolean;
}

/** Of the calls, how many may be repeated. */
const SHARE = 0.2;
/** What is saved at most: repeats in a row without any new call. */
const MOST_SAVED = 20;
/** A source that is asked little still gets repeats. */
const EARNED_PER_SECOND = 0.5;

export function createRetryBudget(): RetryBudget {
  let saved = MOST_SAVED;
  let countedAt = Date.now();
  const add = (repeats: number) => {
    saved = Math.min(MOST_SAVED, saved + repeats);
  };
  return {
    earn: () => add(SHARE),
    spend: () => {
      const now = Date.now();
      add(((now - countedAt) / 1000) * EARNED_PER_SECOND);
      countedAt = now;
      if (saved < 1) return false;
      saved -= 1;
      return true;
    },
  };
}
