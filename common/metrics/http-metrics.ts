import { Counter, Histogram, type Registry } from 'prom-client';
import { SECONDS } from './seconds.ts';

export interface HttpMetrics {
  /** `route` as it was declared, as "/webhooks/:source"; null for a path that nobody declared. */
  onResponse(response: { route: string | null; status: number; ms: number }): void;
}

export function createHttpMetrics(registry: Registry): HttpMetrics {
  const registers = [registry];
  const requests = new Counter({
    name: 'jeden_http_requests_total',
    help: 'HTTP requests answered on the public port',
    labelNames: ['route', 'status'],
    registers,
  });
  const duration = new Histogram({
    name: 'jeden_http_request_duration_seconds',
    help: 'Time from the arrival of an HTTP request to the end of its answer',
    labelNames: ['route'],
    buckets: SECONDS,
    registers,
  });
  return {
    onResponse({ route, status, ms }) {
      const labels = { route: route ?? 'none' };
      requests.inc({ ...labels, status: `${Math.floor(status / 100)}xx` });
      duration.observe(labels, ms / 1000);
    },
  };
}
