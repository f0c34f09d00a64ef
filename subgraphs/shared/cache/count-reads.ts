import type { CacheMetrics } from '../../../common/metrics/cache-metrics.ts';
import type { CacheEvent } from '../record-cache.ts';

/** Counts what came of reads of records, by the layer that answered. */
export function countReads(metrics: CacheMetrics): (event: CacheEvent) => void {
  return (event) => {
    if (event.event === 'hit') metrics.onRead({ layer: `records-${event.layer}`, result: 'hit' });
    else metrics.onRead({ layer: 'records', result: event.event === 'stale' ? `stale-${event.reason}` : event.event });
  };
}
