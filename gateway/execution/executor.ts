import type { GraphQLSchema } from 'graphql';
import type { Logger } from '../../common/log.ts';
import type { SubgraphTransport } from '../../common/transport.ts';
import type { SubgraphAccess } from './call-subgraph.ts';
import { createBuild } from './code/source.ts';
import { type CompiledOperation, compileOperation } from './compile-operation.ts';
import type { PlanRun } from './fetch.ts';
import type { AnswerCache } from './kept.ts';
import { createKeptTexts } from './kept-texts.ts';
import { loadSupergraph } from './load-supergraph.ts';
import { createPlanSpans } from './plan-spans.ts';
import type { PreparedOperation } from './prepare.ts';
import type { RequestContext } from './request-context.ts';
import { type Executed, executedAgain, toExecuted } from './response.ts';
import { createSharedCalls } from './shared-calls.ts';
import { createAnswerTree } from './targets.ts';
import { createUnknowns } from './unknowns.ts';

/** Executes the plans of Apollo's planner. */
export interface Executor {
  /** What clients see: the API schema. */
  schema: GraphQLSchema;
  /** Never rejects for what a subgraph does: that stands in the answer's errors. */
  execute(prepared: PreparedOperation, variables: Record<string, unknown>, context: RequestContext): Promise<Executed>;
}

/** Finds the way to a subgraph of the supergraph; throws when there is none. */
export type TransportOf = (subgraph: { name: string; url: string }) => SubgraphTransport;

export interface ExecutorConfig {
  /** Stripped of what ApolloGateway refuses. */
  supergraphSdl: string;
  transportOf: TransportOf;
  subgraphTimeoutMs: number;
  /** How much older than a request a call to a subgraph may be that it shares with others; 0 for none. */
  shareCallsMs: number;
  /** Null: nothing is kept of what subgraphs answer. */
  answerCache: AnswerCache | null;
  log: Logger;
}

/** Throws when the supergraph cannot be served. */
export async function createExecutor(config: ExecutorConfig): Promise<Executor> {
  const { supergraphSdl, transportOf, subgraphTimeoutMs: timeoutMs, shareCallsMs, answerCache, log } = config;
  const { schema, subgraphs } = await loadSupergraph(supergraphSdl, log);
  const calls = createSharedCalls(shareCallsMs);
  const access = new Map<string, SubgraphAccess>();
  for (const [name, { url }] of subgraphs) {
    access.set(name, { service: name, transport: transportOf({ name, url }), timeoutMs, calls });
  }
  // A plan names no subgraph but those of its supergraph.
  const accessOf = (subgraph: string) => access.get(subgraph)!;
  const build = createBuild();
  const texts = answerCache && createKeptTexts(answerCache);
  const compiled = new WeakMap<PreparedOperation, CompiledOperation>();

  function compiledOf(prepared: PreparedOperation): CompiledOperation {
    const known = compiled.get(prepared);
    if (known !== undefined) return known;
    const made = compileOperation(prepared, { schema, accessOf, answerCache, build });
    compiled.set(prepared, made);
    return made;
  }

  return {
    schema,
    async execute(prepared, variables, context) {
      const { plan, specs } = prepared;
      const operation = compiledOf(prepared);
      const place = texts?.placeOf(operation, variables, context) ?? null;
      const known = place?.read();
      if (known) return executedAgain(known, context);
      const planSpans = context.span && createPlanSpans(context.span, plan, specs);
      const run: PlanRun = {
        ...context,
        specs,
        planSpans,
        variables,
        tree: createAnswerTree(),
        unknowns: createUnknowns(),
        absent: [],
        loaders: [],
        keptParts: [],
        hasAsked: false,
      };
      try {
        await operation.run(run);
        return toExecuted(operation.output, prepared, run, place);
      } finally {
        planSpans?.end();
      }
    },
  };
}
