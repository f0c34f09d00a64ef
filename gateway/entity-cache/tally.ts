import type { CacheLayer } from '../../common/cache/record-store.ts';
import type { CacheMetrics } from '../../common/metrics/cache-metrics.ts';

/** Counts reads of the entity cache. */
export interface Tally {
  hit(count: number, layer: CacheLayer): void;
  miss(): void;
}

/** Of many reads in one turn the metrics are told once: a look at them costs more than a read. */
export function createTally(metrics: CacheMetrics): Tally {
  const hits = new Map<CacheLayer, number>();
  let misses = 0;
  let isDue = false;

  function tell(): void {
    isDue = false;
    for (const [layer, count] of hits) metrics.onRead({ layer: `entities-${layer}`, result: 'hit', count });
    if (misses > 0) metrics.onRead({ layer: 'entities', result: 'miss', count: misses });
    hits.clear();
    misses = 0;
  }

  function makeDue(): void {
    if (isDue) return;
    isDue = true;
    setImmediate(tell);
  }

  return {
    hit: (count, layer) => {
      hits.set(layer, (hits.get(layer) ?? 0) + count);
      makeDue();
    },
    miss: () => {
      misses += 1;
      makeDue();
    },
  };
}
