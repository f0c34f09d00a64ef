import { collectDefaultMetrics, Registry } from 'prom-client';
import { createCacheMetrics } from './cache-metrics.ts';
import { createGatewayMetrics } from './gateway-metrics.ts';
import { createHttpMetrics } from './http-metrics.ts';
import { createSourceMetrics } from './source-metrics.ts';

/** What one part counts and measures. Each part has its own, because tests run several in one process. */
export type Metrics = ReturnType<typeof createMetrics>;

/** Labels are names of ours, of the configuration or of the schema: nothing that a caller writes, and nobody's data. */
export function createMetrics() {
  const registry = new Registry();
  return {
    http: createHttpMetrics(registry),
    gateway: createGatewayMetrics(registry),
    sources: createSourceMetrics(registry),
    caches: createCacheMetrics(registry),
    contentType: registry.contentType,
    /** The text that Prometheus reads: of this part, and of the process that it runs in. */
    scrape: async () => `${await processRegistry.metrics()}\n${await registry.metrics()}`,
  };
}

/** Memory, processor time and event-loop delay belong to the process, however many parts it runs. */
const processRegistry = new Registry();

/** From now on. Once is enough, and more does no harm. */
export function watchProcess(): void {
  if (processRegistry.getMetricsAsArray().length === 0) collectDefaultMetrics({ register: processRegistry });
}
