import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { CodedError } from '../../common/errors.ts';
import { createHttpServer, listen, type RunningServer } from '../../common/http.ts';
import type { Logger } from '../../common/log.ts';
import type { Metrics } from '../../common/metrics/metrics.ts';
import type { Tracer } from '../../common/tracing/span.ts';
import { addPartyRoutes, type PartyAuth } from './party-http.ts';
import { requestSignal } from './request-signal.ts';
import type { Subgraph } from './subgraph.ts';

export interface SubgraphServerOptions {
  port: number;
  /** Default loopback. */
  host?: string;
  log: Logger;
  metrics?: Metrics;
  tracer?: Tracer | null;
  /** Who may ask for parties; without it the internal routes do not exist. */
  partyAuth?: PartyAuth;
  /** What else the service answers. */
  addRoutes?: (server: FastifyInstance) => void;
}

/** Serves POST /graphql, /health/* and, with `partyAuth`, identity's internal calls. */
export async function startSubgraphServer(subgraph: Subgraph, options: SubgraphServerOptions): Promise<RunningServer> {
  const { port, host, log, metrics, tracer, partyAuth, addRoutes } = options;
  const server = createHttpServer({
    log,
    metrics: metrics?.http,
    tracing: tracer ? { tracer, trust: 'ours' } : null,
  });
  server.post('/graphql', async (request, reply) => {
    const body = bodySchema.safeParse(request.body);
    if (!body.success) throw new CodedError('BAD_REQUEST', 'Expected a JSON object with a "query"');
    const call = {
      requestId: request.id,
      span: request.span,
      signal: requestSignal(request, reply),
      headers: plainHeaders(request.headers),
    };
    return subgraph.transport.execute(body.data, call);
  });
  if (partyAuth && subgraph.parties) addPartyRoutes(server, subgraph.name, subgraph.parties, partyAuth);
  addRoutes?.(server);
  return listen(server, { port, host });
}

const bodySchema = z.object({
  query: z.string(),
  operationName: z.string().nullish(),
  variables: z.record(z.string(), z.unknown()).nullish(),
  extensions: z.record(z.string(), z.unknown()).nullish(),
});

function plainHeaders(headers: Readonly<Record<string, string | string[] | undefined>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );
}
