import { performance } from 'node:perf_hooks';

/** How many operations may be under way at once. */
export interface AdaptiveLimit {
  current(): number;
  /** An operation has ended after so long. */
  ended(tookMs: number): void;
  /** An operation waits because so many are under way. */
  reached(): void;
}

export interface AdaptiveLimitOptions {
  most: number;
  now?: () => number;
  /** Share of the time since the last call in which the event loop had something to do. */
  readBusyShare?: () => number;
}

const WINDOW_MS = 100;
/** More under way than keeps the loop busy makes each of them dearer: their memory lives longer. */
const BUSY_SHARE = 0.95;
const LEAST = 2;
const FIRST = 64;
const GROWTH = 1.3;
const DECLINE = 0.9;
/** When even the fastest takes longer, all of them queue for the same thing behind us. */
const SLOW_MS = 1000;
/** So many may, however slow: they may all wait for a vendor that is slow itself. */
const LEAST_WHEN_SLOW = 256;

/**
 * As many as keep the event loop busy, and no more. Operations that wait for slow vendors leave it idle, so more may
 * begin; a number fixed beforehand would starve them, or let too many compute at once.
 */
export function createAdaptiveLimit(options: AdaptiveLimitOptions): AdaptiveLimit {
  const { most, now = () => performance.now(), readBusyShare = createBusyShare() } = options;
  let limit = Math.min(FIRST, most);
  let isReached = false;
  let fastestMs = Number.POSITIVE_INFINITY;
  let windowEndsAt = now() + WINDOW_MS;

  function next(): number {
    if (readBusyShare() > BUSY_SHARE) return Math.min(limit, Math.max(LEAST, Math.floor(limit * DECLINE)));
    if (!isReached) return limit;
    if (fastestMs > SLOW_MS && limit > LEAST_WHEN_SLOW) return Math.max(LEAST_WHEN_SLOW, Math.floor(limit * DECLINE));
    return Math.min(most, Math.ceil(limit * GROWTH));
  }

  function look(): void {
    if (now() < windowEndsAt) return;
    limit = next();
    isReached = false;
    fastestMs = Number.POSITIVE_INFINITY;
    windowEndsAt = now() + WINDOW_MS;
  }

  return {
    current: () => limit,
    ended: (tookMs) => {
      fastestMs = Math.min(fastestMs, tookMs);
      look();
    },
    reached: () => {
      isReached = true;
      look();
    },
  };
}

function createBusyShare(): () => number {
  let before = performance.eventLoopUtilization();
  return () => {
    const after = performance.eventLoopUtilization();
    const { utilization } = performance.eventLoopUtilization(after, before);
    before = after;
    return utilization;
  };
}
