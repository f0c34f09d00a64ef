import { Counter, Histogram, type Registry } from 'prom-client';
import { ERROR_CODES } from '../errors.ts';
import { createClientNames } from './client-names.ts';
import { SECONDS } from './seconds.ts';

export interface GatewayMetrics {
  onOperation(operation: {
    /** Of the verified token; null without one. */
    clientId: string | null;
    /** "ok", "errors" where it was executed and something is missing, or why it was refused. */
    outcome: string;
    ms: number;
  }): void;
  /** Told of the codes of an answer's errors, each once. */
  onErrors(codes: Iterable<string>): void;
  /** Coordinates, as "Customer.email", that a request asked for and may not see or use. */
  onDenied(coordinates: Iterable<string>): void;
  /** `outcome` is "ok", "errors" where the subgraph answered with some, or the code of the failure. */
  onFetch(fetch: { subgraph: string; outcome: string; ms: number }): void;
}

export function createGatewayMetrics(registry: Registry): GatewayMetrics {
  const registers = [registry];
  const nameOf = createClientNames();
  const operations = new Counter({
    name: 'jeden_graphql_operations_total',
    help: 'GraphQL operations by client and outcome',
    labelNames: ['client', 'outcome'],
    registers,
  });
  const duration = new Histogram({
    name: 'jeden_graphql_operation_duration_seconds',
    help: 'Time from a read request to its whole answer',
    labelNames: ['outcome'],
    buckets: SECONDS,
    registers,
  });
  const errors = new Counter({
    name: 'jeden_graphql_errors_total',
    help: 'Answers that hold an error of this code',
    labelNames: ['code'],
    registers,
  });
  const denied = new Counter({
    name: 'jeden_denied_fields_total',
    help: 'Operations that asked for a field or argument that their caller may not see or use',
    labelNames: ['coordinate'],
    registers,
  });
  const fetches = new Counter({
    name: 'jeden_subgraph_fetches_total',
    help: 'Calls of the gateway to subgraphs by outcome',
    labelNames: ['subgraph', 'outcome'],
    registers,
  });
  const fetchDuration = new Histogram({
    name: 'jeden_subgraph_fetch_duration_seconds',
    help: 'Time of a call to a subgraph',
    labelNames: ['subgraph'],
    buckets: SECONDS,
    registers,
  });
  return {
    onOperation({ clientId, outcome, ms }) {
      operations.inc({ client: nameOf(clientId), outcome });
      duration.observe({ outcome }, ms / 1000);
    },
    onErrors(codes) {
      // A subgraph of somebody else's may have any.
      for (const code of codes) errors.inc({ code: Object.hasOwn(ERROR_CODES, code) ? code : 'other' });
    },
    onDenied(coordinates) {
      for (const coordinate of coordinates) denied.inc({ coordinate });
    },
    onFetch({ subgraph, outcome, ms }) {
      fetches.inc({ subgraph, outcome });
      fetchDuration.observe({ subgraph }, ms / 1000);
    },
  };
}
