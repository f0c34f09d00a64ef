import type { CacheMetrics } from '../../common/metrics/cache-metrics.ts';

/** Counts reads of the entity cache. */
export interface Tally {
  hit(count: number): void;
  miss(): void;
}

/** Of many reads in one turn the metrics are told once: a look at them costs more than a read. */
export function createTally(metrics: CacheMetrics): Tally {
  let hits = 0;
  let misses = 0;
  let isDue = false;

  function tell(): void {
    isDue = false;
    if (hits > 0) metrics.onRead({ layer: 'entities-memory', result: 'hit', count: hits });
    if (misses > 0) metrics.onRead({ layer: 'entities', result: 'miss', count: misses });
    hits = 0;
    misses = 0;
  }

  function makeDue(): void {
    if (isDue) return;
    isDue = true;
    setImmediate(tell);
  }

  return {
    hit: (count) => {
      hits += count;
      makeDue();
    },
    miss: () => {
      misses += 1;
      makeDue();
    },
  };
}
