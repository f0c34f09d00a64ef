import { setTimeout as wait } from 'node:timers/promises';

export interface Pace {
  /** Waits for this call's turn; answers how far it is, without waiting, where that is more than `patienceMs`. */
  take(patienceMs: number): Promise<{ tooFarMs: number | null }>;
  /** The vendor has asked to slow down. */
  slowDown(): void;
}

const FIRST_INTERVAL_MS = 100;
const LONGEST_INTERVAL_MS = 1_000;
/** So long after the last complaint calls go as fast as they come again. */
const FORGIVEN_AFTER_MS = 60_000;

/**
 * The vendor does not say how many calls it takes: as many as come, until it complains, and then one at a time, further
 * apart with each complaint. Without it, fifty calls that are refused together would be refused together again.
 */
export function createPace(now: () => number = () => performance.now()): Pace {
  let intervalMs = 0;
  let nextAtMs = 0;
  let slowedAtMs = Number.NEGATIVE_INFINITY;
  return {
    take: async (patienceMs) => {
      if (now() - slowedAtMs > FORGIVEN_AFTER_MS) intervalMs = 0;
      if (intervalMs === 0) return { tooFarMs: null };
      const waitMs = Math.max(nextAtMs - now(), 0);
      if (waitMs > patienceMs) return { tooFarMs: Math.ceil(waitMs) };
      nextAtMs = now() + waitMs + intervalMs;
      if (waitMs > 0) await wait(waitMs);
      return { tooFarMs: null };
    },
    slowDown: () => {
      // Calls that were under way together are refused together: that is one complaint.
      const isNew = now() - slowedAtMs > LONGEST_INTERVAL_MS;
      slowedAtMs = now();
      if (!isNew) return;
      intervalMs = Math.min(Math.max(FIRST_INTERVAL_MS, intervalMs * 1.5), LONGEST_INTERVAL_MS);
      nextAtMs = Math.max(nextAtMs, now() + LONGEST_INTERVAL_MS);
    },
  };
}
