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
  busyMeter?: BusyMeter;
}

export interface BusyMeter {
  /** Share of the time since the last restart in which the event loop had something to do. */
  share(): number;
  restart(): void;
}

const WINDOW_MS = 100;
/** More under way than keeps the loop busy makes each of them dearer: their memory lives longer. */
const BUSY_SHARE = 0.95;
const LEAST = 2;
const FIRST = 64;
const GROWTH = 1.3;
const DECLINE = 0.9;
/**
 * A busy time leaves a low limit. Once the loop has little to do, so soon more may begin, and twice as many: those under
 * way may all wait for one vendor that hangs, and would keep out what others are asked.
 */
const GLANCE_MS = 20;
const IDLE_SHARE = 0.5;
const IDLE_GROWTH = 2;
/** When even the fastest takes longer, all of them queue for the same thing behind us. */
const SLOW_MS = 1000;
/** So many may, however slow: they may all wait for a vendor that is slow itself. */
const LEAST_WHEN_SLOW = 256;

/**
 * As many as keep the event loop busy, and no more. Operations that wait for slow vendors leave it idle, so more may
 * begin; a number fixed beforehand would starve them, or let too many compute at once.
 */
export function createAdaptiveLimit(options: AdaptiveLimitOptions): AdaptiveLimit {
  const { most, now = () => performance.now(), busyMeter = createBusyMeter() } = options;
  let limit = Math.min(FIRST, most);
  let isReached = false;
  /** In this window, and in the last one in which any ended. */
  let fastestMs = Number.POSITIVE_INFINITY;
  let lastFastestMs = 0;
  let windowBeganAt = now();

  function next(): number {
    if (busyMeter.share() > BUSY_SHARE) return Math.min(limit, Math.max(LEAST, Math.floor(limit * DECLINE)));
    if (!isReached) return limit;
    if (lastFastestMs > SLOW_MS && limit > LEAST_WHEN_SLOW) {
      return Math.max(LEAST_WHEN_SLOW, Math.floor(limit * DECLINE));
    }
    return Math.min(most, Math.ceil(limit * GROWTH));
  }

  function look(): void {
    const sinceMs = now() - windowBeganAt;
    if (sinceMs >= WINDOW_MS) {
      if (fastestMs !== Number.POSITIVE_INFINITY) lastFastestMs = fastestMs;
      fastestMs = Number.POSITIVE_INFINITY;
      begin(next());
    } else if (sinceMs >= GLANCE_MS && isReached && limit < LEAST_WHEN_SLOW && busyMeter.share() < IDLE_SHARE) {
      begin(Math.min(most, limit * IDLE_GROWTH));
    }
  }

  function begin(nextLimit: number): void {
    limit = nextLimit;
    isReached = false;
    busyMeter.restart();
    windowBeganAt = now();
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

function createBusyMeter(): BusyMeter {
  let before = performance.eventLoopUtilization();
  return {
    share: () => performance.eventLoopUtilization(before).utilization,
    restart: () => {
      before = performance.eventLoopUtilization();
    },
  };
}
