/** A rolling window of requests. */
export interface RateWindow {
  readonly limit: number;
  readonly windowMs: number;
  /** Takes a place; false when there is none. */
  take(): boolean;
  remaining(): number;
}

/** Real time, not the business clock: a frozen clock must not freeze the window. */
export function createRateWindow(limit: number, windowMs: number, now: () => number = Date.now): RateWindow {
  const taken: number[] = [];
  const forget = () => {
    const start = now() - windowMs;
    while (taken.length > 0 && taken[0]! <= start) taken.shift();
  };
  return {
    limit,
    windowMs,
    take: () => {
      forget();
      if (taken.length >= limit) return false;
      taken.push(now());
      return true;
    },
    remaining: () => {
      forget();
      return limit - taken.length;
    },
  };
}
