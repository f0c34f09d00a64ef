import { CodedError, ERROR_CODES, type JsonValue } from '../../common/errors.ts';
import type { Span } from '../../common/tracing/span.ts';
import type { ExecutionErrorBody, ExecutionResultBody } from '../../common/transport.ts';
import type { FetchSpec, FetchSpecs } from '../planning/fetch-specs.ts';
import { callSubgraph, type SubgraphAccess } from './call-subgraph.ts';
import type { PlanSpans } from './plan-spans.ts';
import type { RequestContext } from './request-context.ts';
import { callError } from './subgraph-error.ts';
import type { Path, Unknowns } from './unknowns.ts';

export type Data = Record<string, unknown>;

/** One request's way through its plan, shared by all of its fetches. */
export interface PlanContext extends RequestContext {
  specs: FetchSpecs;
  /** Null where nothing is traced. */
  planSpans: PlanSpans | null;
  /** The answers to root fields so far. */
  roots: Data[];
  unknowns: Unknowns;
  /** Places of entities that a subgraph was asked for and does not have. */
  absent: Path[];
}

/** One fetch of a plan, for one request. */
export interface Fetch {
  service: string;
  spec: FetchSpec;
  operationName: string | undefined;
  variables: Data;
  context: PlanContext;
  access: SubgraphAccess;
}

/** Sends the fetch with these variables. Throws a CodedError. */
export async function send(fetch: Fetch, variables: Data): Promise<ExecutionResultBody> {
  const { spec, operationName, context, access } = fetch;
  const body = { query: spec.operation, ...(operationName ? { operationName } : {}), variables };
  const answer = await measured(fetch, (span) => callSubgraph(access, body, { ...context, span }));
  collect(answer.extensions?.notProvided, context.notProvided);
  collect(answer.extensions?.incomplete, context.incomplete);
  context.touched.add(answer.extensions);
  context.freshness.add(answer.extensions);
  return answer;
}

async function measured(
  { service: subgraph, spec, context }: Fetch,
  call: (span: Span | null) => Promise<ExecutionResultBody>,
): Promise<ExecutionResultBody> {
  const startedAt = performance.now();
  const span = context.planSpans?.startFetch(spec) ?? null;
  const end = (outcome: string) => {
    context.metrics.onFetch({ subgraph, outcome, ms: performance.now() - startedAt });
    span?.end(outcome === 'ok' ? {} : { error: outcome });
  };
  try {
    const answer = await call(span);
    end(answer.errors?.length ? 'errors' : 'ok');
    return answer;
  } catch (error) {
    end(error instanceof CodedError ? error.code : 'INTERNAL_SERVER_ERROR');
    throw error;
  }
}

/** Logs why a fetch failed, and says it as clients may see it. */
export function explain({ service, context }: Fetch, error: unknown): ExecutionErrorBody {
  const coded = error instanceof CodedError ? error : internalError(error);
  context.log[ERROR_CODES[coded.code].severity]({ err: coded, service }, 'subgraph call failed');
  return callError(service, coded);
}

function internalError(cause: unknown): CodedError {
  return new CodedError('INTERNAL_SERVER_ERROR', 'Internal error', { cause });
}

function collect(entries: unknown, into: Map<string, JsonValue>): void {
  // Cast: a transport hands over parsed JSON, whose extensions hold nothing but JSON values.
  for (const entry of Array.isArray(entries) ? (entries as JsonValue[]) : []) into.set(JSON.stringify(entry), entry);
}
