import { collectDefaultMetrics, Registry } from 'prom-client';

/** What one part counts and measures. Each part has its own, because tests run several in one process. */
export interface Metrics {
  registry: Registry;
  contentType: string;
  /** The text that Prometheus reads: of this part, and of the process that it runs in. */
  scrape(): Promise<string>;
}

export function createMetrics(): Metrics {
  const registry = new Registry();
  watchProcess();
  return {
    registry,
    contentType: registry.contentType,
    scrape: async () => `${await processRegistry.metrics()}\n${await registry.metrics()}`,
  };
}

/** Memory, processor time and event-loop delay belong to the process, however many parts it runs. */
const processRegistry = new Registry();

function watchProcess(): void {
  if (processRegistry.getMetricsAsArray().length === 0) collectDefaultMetrics({ register: processRegistry });
}
