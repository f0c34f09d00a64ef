import { setTimeout as pause } from 'node:timers/promises';

export interface SearchQueue {
  /** Runs when its turn has come. A signal that ends first ends the waiting. */
  run<T>(task: () => Promise<T>, signal: AbortSignal): Promise<T>;
}

/** HubSpot's second and a margin: calls are not as far apart when they arrive as when they were sent. */
const WINDOW_MS = 1100;

/**
 * HubSpot counts searches apart from other calls, and a search above the limit is refused, not delayed. Searches that
 * come too fast wait here for a free second, in order.
 */
export function createSearchQueue(
  perSecond: number,
  { now, wait }: { now(): number; wait(ms: number, signal: AbortSignal): Promise<unknown> } = REAL_TIME,
): SearchQueue {
  /** When the latest searches may start, oldest first; as many as one window holds. */
  const starts: number[] = [];

  function nextStartMs(): number {
    const oldest = starts.length < perSecond ? Number.NEGATIVE_INFINITY : starts.shift()!;
    const startMs = Math.max(now(), oldest + WINDOW_MS);
    starts.push(startMs);
    return startMs;
  }

  return {
    run: async (task, signal) => {
      signal.throwIfAborted();
      const waitMs = nextStartMs() - now();
      if (waitMs > 0) await wait(Math.ceil(waitMs), signal);
      return task();
    },
  };
}

const REAL_TIME = {
  now: () => performance.now(),
  wait: (ms: number, signal: AbortSignal) => pause(ms, undefined, { signal }),
};
