import type { FastifyInstance } from 'fastify';
import { createHttpServer, listen, type RunningServer } from '../common/http.ts';
import type { Logger } from '../common/log.ts';
import { createMetrics, type Metrics } from '../common/metrics/metrics.ts';
import type { RequestTracing } from '../common/tracing/trace-requests.ts';
import type { Audit } from './audit/audit.ts';
import type { Authorization } from './authorization.ts';
import type { Budgets } from './budgets/budgets.ts';
import { NO_DOCUMENTS, type TrustedDocuments } from './documents/trusted-documents.ts';
import type { EntityCache } from './entity-cache/entity-cache.ts';
import { createPartitionOf } from './entity-cache/partitions.ts';
import type { TransportOf } from './execution/executor.ts';
import { createGeneration } from './generation.ts';
import { createGenerations } from './generations.ts';
import type { CorsOrigins } from './http/cors.ts';
import type { HeaderRule } from './http/forwarded-headers.ts';
import { createGraphiql, type GraphiqlOptions } from './http/graphiql.ts';
import { addGraphQLRoute, GRAPHQL_PATH } from './http/graphql-route.ts';
import { DEFAULT_LIMITS, type GatewayLimits } from './limits.ts';
import type { OverloadLimits } from './overload/limits.ts';
import { createOverload } from './overload/overload.ts';

export interface GatewayOptions {
  /** The full supergraph, as composition wrote it. */
  supergraphSdl: string;
  /** The caller owns the transports and closes them after the gateway. */
  transportOf: TransportOf;
  log: Logger;
  /** Counts what the gateway does. Default: for nobody. */
  metrics?: Metrics;
  /** Default null: nothing is traced. */
  tracing?: RequestTracing | null;
  authorization: Authorization;
  /** Where readings of personal and financial data are recorded; the caller closes it after the gateway. Default: nowhere. */
  audit?: Audit | null;
  limits?: Partial<GatewayLimits>;
  /** What each caller may ask for in a minute. Default: as much as they want. */
  budgets?: Budgets;
  /** When operations are refused because there is more to do than time. Default: never. */
  overload?: OverloadLimits;
  /** Keeps what subgraphs answer as long as they allow. Default: nothing is kept. */
  entityCache?: EntityCache | null;
  /** Documents that callers may name instead of sending them. Default none. */
  documents?: TrustedDocuments;
  /** Proxies in front whose word for the client's address is believed. Default none. */
  trustedProxies?: readonly string[];
  /** Headers of clients that subgraphs get too. Default none. */
  forwardHeaders?: readonly HeaderRule[];
  /** GraphiQL for browsers at /graphql; false switches it off. */
  graphiql?: GraphiqlOptions | false;
  /** Origins whose pages may call, or `*`. Default none. */
  corsOrigins?: CorsOrigins;
  /** More routes on the gateway's server. */
  addRoutes?(server: FastifyInstance): void | Promise<void>;
}

export interface Gateway extends AsyncDisposable {
  listen(address: { port: number; host?: string }): Promise<RunningServer>;
  /** Serves another supergraph from the next request on. Throws, and goes on as before, when it cannot be served. */
  replaceSupergraph(supergraphSdl: string): Promise<{ id: string }>;
  /** Lets requests under way finish. */
  close(): Promise<void>;
}

/** The federated gateway over any transports. Throws when the supergraph cannot be served. */
export async function createGateway(options: GatewayOptions): Promise<Gateway> {
  const {
    log,
    transportOf,
    authorization,
    audit = null,
    graphiql = {},
    corsOrigins = [],
    forwardHeaders = [],
    addRoutes,
  } = options;
  const { metrics = createMetrics() } = options;
  const { entityCache: cache = null } = options;
  const answerCache = cache && { cache, partitionOf: createPartitionOf({ isSigned: authorization.sign !== null }) };
  const limits = { ...DEFAULT_LIMITS, ...options.limits };
  const generate = (supergraphSdl: string) =>
    createGeneration({ supergraphSdl, transportOf, authorization, audit, limits, answerCache, metrics, log });
  const first = await generate(options.supergraphSdl);
  const generations = createGenerations(first, (err) => log.error({ err }, 'could not close a supergraph'));
  const { budgets = null, documents = NO_DOCUMENTS, trustedProxies } = options;
  const overload =
    options.overload === undefined
      ? null
      : createOverload({ limits: options.overload, path: GRAPHQL_PATH, corsOrigins, metrics: metrics.http, log });
  const server = createHttpServer({
    log,
    metrics: metrics.http,
    tracing: options.tracing,
    bodyLimitBytes: limits.maxBodyBytes,
    trustedProxies,
    answerFirst: overload?.refuseFirst,
  });
  const sendGraphiql = graphiql ? createGraphiql(graphiql) : null;
  await addGraphQLRoute(server, {
    generations,
    authorization,
    audit,
    budgets,
    overload,
    documents,
    limits,
    metrics: metrics.gateway,
    log,
    corsOrigins,
    forwardHeaders,
    sendGraphiql,
  });
  await addRoutes?.(server);
  const close = async () => {
    await server.close();
    await generations.close();
  };
  return {
    listen: (address) => listen(server, address),
    replaceSupergraph: async (supergraphSdl) => {
      const next = await generate(supergraphSdl);
      generations.replace(next);
      return { id: next.id };
    },
    close,
    [Symbol.asyncDispose]: close,
  };
}
