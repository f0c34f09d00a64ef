import { randomUUID } from 'node:crypto';
import { ApolloGateway } from '@apollo/gateway';
import type { QueryPlan } from '@apollo/query-planner';
import type { GraphQLSchema } from 'graphql';
import type { Logger } from '../../common/log.ts';
import type { ExecutionResultBody, SubgraphTransport } from '../../common/transport.ts';
import { createDataSource } from './data-source.ts';
import type { PlanContext } from './fetch.ts';
import { createPlanSpans } from './plan-spans.ts';
import type { PreparedOperation } from './prepare.ts';
import type { RequestContext } from './request-context.ts';
import { toResponse } from './response.ts';
import { createUnknowns } from './unknowns.ts';

/** Executes plans with ApolloGateway, which loads and checks the supergraph but never plans by itself here. */
export interface Executor {
  /** What clients see: the API schema. */
  schema: GraphQLSchema;
  execute(
    prepared: PreparedOperation,
    variables: Record<string, unknown>,
    context: RequestContext,
  ): Promise<ExecutionResultBody>;
  close(): Promise<void>;
}

/** Finds the way to a subgraph of the supergraph; throws when there is none. */
export type TransportOf = (subgraph: { name: string; url: string }) => SubgraphTransport;

export interface ExecutorConfig {
  /** Stripped of what ApolloGateway refuses. */
  supergraphSdl: string;
  transportOf: TransportOf;
  subgraphTimeoutMs: number;
  log: Logger;
}

type GatewayRequest = Parameters<ApolloGateway['executor']>[0];

// The gateway reads it when it is constructed, and sends usage data to its vendor otherwise.
process.env.APOLLO_TELEMETRY_DISABLED = 'true';

export async function createExecutor(config: ExecutorConfig): Promise<Executor> {
  const { supergraphSdl, transportOf, subgraphTimeoutMs: timeoutMs, log } = config;
  const plans = createPlanHandover();
  const gateway = new ApolloGateway({
    supergraphSdl,
    buildService: ({ name: service, url = '' }) =>
      createDataSource({ service, transport: transportOf({ name: service, url }), timeoutMs }),
    queryPlannerConfig: { cache: plans.cache },
    __exposeQueryPlanExperimental: false,
    validateSupergraph: true,
    logger: quiet(log),
  });
  const { schema } = await gateway.load();
  return {
    schema,
    close: () => gateway.stop(),
    async execute(prepared, variables, context) {
      const { plan, specs } = prepared;
      const ticket = plans.give(plan);
      const planSpans = context.span && createPlanSpans(context.span, plan, specs);
      const planContext: PlanContext = {
        ...context,
        specs,
        planSpans,
        roots: [],
        unknowns: createUnknowns(),
        absent: [],
      };
      try {
        const request = toGatewayRequest(schema, prepared, variables, ticket, planContext);
        return toResponse(await gateway.executor(request), prepared, planContext);
      } finally {
        planSpans?.end();
        plans.cache.delete(ticket);
      }
    },
  };
}

/**
 * ApolloGateway takes plans only from its plan cache, by `queryHash`. Each request gets a hash of its own, so a plan can
 * neither be taken by another request nor be evicted in between, which would make the gateway plan on the event loop.
 */
function createPlanHandover() {
  const plans = new Map<string, QueryPlan>();
  return {
    give(plan: QueryPlan): string {
      const ticket = randomUUID();
      plans.set(ticket, plan);
      return ticket;
    },
    cache: {
      get: async (ticket: string) => plans.get(ticket),
      set: async () => undefined,
      delete: async (ticket: string) => plans.delete(ticket),
      clear: () => plans.clear(),
    },
  };
}

function toGatewayRequest(
  schema: GraphQLSchema,
  { document, operation }: PreparedOperation,
  variables: Record<string, unknown>,
  ticket: string,
  context: PlanContext,
): GatewayRequest {
  const request = {
    request: { variables },
    document,
    operation,
    schema,
    context,
    queryHash: ticket,
    metrics: {},
    logger: quiet(context.log),
  };
  // Cast: the type is Apollo Server's whole request; the executor reads only what stands above.
  return request as unknown as GatewayRequest;
}

/** ApolloGateway tells of each load at `info`, which is our generation's to tell. */
function quiet(log: Logger) {
  const pass = (level: 'debug' | 'warn' | 'error') => (message?: unknown) => log[level](String(message));
  return { debug: pass('debug'), info: pass('debug'), warn: pass('warn'), error: pass('error') };
}
