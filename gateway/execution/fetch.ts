import { CodedError, ERROR_CODES, type JsonValue } from '../../common/errors.ts';
import type { Span } from '../../common/tracing/span.ts';
import type { ExecutionErrorBody, ExecutionResultBody } from '../../common/transport.ts';
import type { KeptAnswer } from '../entity-cache/kept-answer.ts';
import type { FetchSpec, FetchSpecs } from '../planning/fetch-specs.ts';
import { callSubgraph, type SubgraphAccess } from './call-subgraph.ts';
import type { EntityLoader } from './entity-loader.ts';
import type { PlanSpans } from './plan-spans.ts';
import type { RequestContext } from './request-context.ts';
import type { Answered } from './shared-calls.ts';
import { callError } from './subgraph-error.ts';
import type { AskedEntities, RequestOf } from './subgraph-request.ts';
import type { AnswerTree } from './targets.ts';
import type { Path, Unknowns } from './unknowns.ts';

export type Data = Record<string, unknown>;

/** One request's way through its plan, shared by all of its fetches. */
export interface PlanRun extends RequestContext {
  specs: FetchSpecs;
  /** Null where nothing is traced. */
  planSpans: PlanSpans | null;
  /** As the client sent them. */
  variables: Data;
  tree: AnswerTree;
  unknowns: Unknowns;
  /** Places of entities that a subgraph was asked for and does not have. */
  absent: Path[];
  /** By the number of the fetch's question. */
  loaders: (EntityLoader | undefined)[];
  /** What was taken from what is kept. */
  keptParts: KeptAnswer[];
  /** Whether a subgraph was asked for anything. */
  hasAsked: boolean;
}

/** One fetch of a plan, for every request. */
export interface Fetch {
  spec: FetchSpec;
  access: SubgraphAccess;
  requestOf: RequestOf;
}

/** Runs one part of a plan; null when there is nothing to wait for. Never rejects: what fails is noted. */
export type Step = (run: PlanRun) => Promise<unknown> | null;

/** Asks the fetch's subgraph; `since`: see Call. Throws a CodedError. */
export async function send(
  { spec, access, requestOf }: Fetch,
  run: PlanRun,
  entities: AskedEntities | null,
  since = 0,
): Promise<Answered> {
  run.hasAsked = true;
  const request = requestOf(run.variables, entities);
  const answered = await measured(access.service, spec, run, (span) =>
    callSubgraph({ access, request, context: run, span, since }),
  );
  takeExtensions(answered.body.extensions, run);
  run.freshness.add(answered.body);
  return answered;
}

/** Takes what a subgraph says beside its data. */
export function takeExtensions(extensions: ExecutionResultBody['extensions'], run: RequestContext): void {
  collect(extensions?.notProvided, run.notProvided);
  collect(extensions?.incomplete, run.incomplete);
  run.touched.add(extensions);
}

async function measured(
  subgraph: string,
  spec: FetchSpec,
  run: PlanRun,
  call: (span: Span | null) => Promise<Answered>,
): Promise<Answered> {
  const startedAt = performance.now();
  const span = run.planSpans?.startFetch(spec) ?? null;
  const end = (outcome: string) => {
    run.metrics.onFetch({ subgraph, outcome, ms: performance.now() - startedAt });
    span?.end(outcome === 'ok' ? {} : { error: outcome });
  };
  try {
    const answered = await call(span);
    end(answered.body.errors?.length ? 'errors' : 'ok');
    return answered;
  } catch (error) {
    end(error instanceof CodedError ? error.code : 'INTERNAL_SERVER_ERROR');
    throw error;
  }
}

/** Logs why a fetch failed, and says it as clients may see it. */
export function explain(service: string, run: PlanRun, error: unknown): ExecutionErrorBody {
  const coded = error instanceof CodedError ? error : internalError(error);
  run.log[ERROR_CODES[coded.code].severity]({ err: coded, service }, 'subgraph call failed');
  return callError(service, coded);
}

function internalError(cause: unknown): CodedError {
  return new CodedError('INTERNAL_SERVER_ERROR', 'Internal error', { cause });
}

function collect(entries: unknown, into: Map<string, JsonValue>): void {
  if (!Array.isArray(entries)) return;
  // Cast: a transport hands over parsed JSON, whose extensions hold nothing but JSON values.
  for (const entry of entries as JsonValue[]) into.set(JSON.stringify(entry), entry);
}
