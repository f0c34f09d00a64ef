import { Counter, Gauge, Histogram, type Registry } from 'prom-client';
import { SECONDS } from './seconds.ts';

/** One HTTP exchange with a vendor. */
export interface UpstreamCall {
  source: string;
  /** Our name for the call, as "orders.list". */
  operation: string;
  /** "OK", or the code of the error that it came to. */
  outcome: string;
  ms: number;
}

/** A call that was not sent, because its source is down or has no budget left. */
export interface UpstreamRefusal {
  source: string;
  code: string;
}

/** How a source is, at the moment of a scrape. */
export interface SourceState {
  source: string;
  /** Null where the vendor's limit is not known. */
  budget: { limit: number; remaining: number } | null;
  circuit: (typeof CIRCUITS)[number];
}

const CIRCUITS = ['CLOSED', 'HALF_OPEN', 'OPEN'] as const;

export interface SourceMetrics {
  onCall(call: UpstreamCall): void;
  onRefusal(refusal: UpstreamRefusal): void;
  onWebhook(webhook: { source: string; outcome: string }): void;
  /** Asks for the state of sources at every scrape. */
  watch(read: () => readonly SourceState[]): void;
}

export function createSourceMetrics(registry: Registry): SourceMetrics {
  const registers = [registry];
  const readers: (() => readonly SourceState[])[] = [];
  const states = () => readers.flatMap((read) => read());
  const calls = new Counter({
    name: 'jeden_upstream_calls_total',
    help: 'HTTP exchanges with a source, each attempt of a repeated call included',
    labelNames: ['source', 'operation', 'outcome'],
    registers,
  });
  const duration = new Histogram({
    name: 'jeden_upstream_call_duration_seconds',
    help: 'Time of an HTTP exchange with a source',
    labelNames: ['source', 'operation'],
    buckets: SECONDS,
    registers,
  });
  const refusals = new Counter({
    name: 'jeden_upstream_refusals_total',
    help: 'Calls that were not sent, because the source is down or has no budget left',
    labelNames: ['source', 'code'],
    registers,
  });
  const webhooks = new Counter({
    name: 'jeden_webhooks_total',
    help: 'Webhooks received from a source by outcome',
    labelNames: ['source', 'outcome'],
    registers,
  });
  addStateGauges(registry, states);
  return {
    onCall({ source, operation, outcome, ms }) {
      calls.inc({ source, operation, outcome });
      duration.observe({ source, operation }, ms / 1000);
    },
    onRefusal: ({ source, code }) => refusals.inc({ source, code }),
    onWebhook: ({ source, outcome }) => webhooks.inc({ source, outcome }),
    watch: (read) => void readers.push(read),
  };
}

function addStateGauges(registry: Registry, states: () => readonly SourceState[]): void {
  const registers = [registry];
  const labelNames = ['source'];
  const budgetGauge = (name: string, help: string, key: 'limit' | 'remaining') =>
    new Gauge({
      name,
      help,
      labelNames,
      registers,
      collect() {
        for (const { source, budget } of states()) if (budget) this.set({ source }, budget[key]);
      },
    });
  budgetGauge('jeden_source_budget_limit', "Calls that the source's vendor allows in its window", 'limit');
  budgetGauge('jeden_source_budget_remaining', 'Calls that are left in the window', 'remaining');
  new Gauge({
    name: 'jeden_source_circuit_state',
    help: "1 for the state that the source's circuit breaker is in, 0 for the others",
    labelNames: ['source', 'state'],
    registers,
    collect() {
      for (const { source, circuit } of states()) {
        for (const state of CIRCUITS) this.set({ source, state }, state === circuit ? 1 : 0);
      }
    },
  });
}
