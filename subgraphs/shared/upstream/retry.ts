import { setTimeout as pause } from 'node:timers/promises';
import type { UpstreamError } from '../../../common/errors.ts';

/** What one attempt came to. `isRetryable` says whether the same call may do better a moment later. */
export type Attempt<T> = { value: T } | { failure: UpstreamError; isRetryable: boolean };

export interface RetryPolicy {
  /** Attempts after the first. */
  retries: number;
  /** Epoch milliseconds after which no attempt may begin. */
  deadlineMs: number;
  signal: AbortSignal;
  random?: () => number;
}

const FIRST_PAUSE_MS = 200;

/** Repeats a retryable attempt while it fits the deadline; throws the last failure. */
export async function withRetries<T>(policy: RetryPolicy, attempt: () => Promise<Attempt<T>>): Promise<T> {
  for (let tried = 0; ; tried += 1) {
    const outcome = await attempt();
    if ('value' in outcome) return outcome.value;
    const pauseMs = outcome.failure.retryAfterMs ?? backoffMs(tried, policy.random);
    const isLast = !outcome.isRetryable || tried >= policy.retries || Date.now() + pauseMs >= policy.deadlineMs;
    if (isLast) throw outcome.failure;
    await pause(pauseMs, undefined, { signal: policy.signal });
  }
}

/** Doubles, with half of it random: callers that failed together do not come back together. */
function backoffMs(tried: number, random = Math.random): number {
  return FIRST_PAUSE_MS * 2 ** tried * (0.5 + random() / 2);
}
