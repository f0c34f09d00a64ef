import { Counter, type Registry } from 'prom-client';

export interface CacheMetrics {
  onRead(read: CacheRead): void;
}

export interface CacheRead {
  /** Which cache, from the outside in, as "document", "plan" or "records-memory". */
  layer: string;
  result: string;
  /** Keys that were read together. Default 1. */
  count?: number;
}

export function createCacheMetrics(registry: Registry): CacheMetrics {
  const reads = new Counter({
    name: 'jeden_cache_reads_total',
    help: 'Keys looked up in a cache, by what came of it',
    labelNames: ['layer', 'result'],
    registers: [registry],
  });
  return { onRead: ({ layer, result, count = 1 }) => reads.inc({ layer, result }, count) };
}
