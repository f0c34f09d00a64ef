import type { FastifyReply, FastifyRequest } from 'fastify';
import { createRequestLog, type Logger } from '../../common/log.ts';
import type { GatewayMetrics } from '../../common/metrics/gateway-metrics.ts';
import { traceOf } from '../../common/tracing/span.ts';
import { createTouchedRecords } from '../audit/touched-records.ts';
import { type Authorization, callerHeaders } from '../authorization.ts';
import type { Budgets } from '../budgets/budgets.ts';
import { BOTTOMLESS, openPurse } from '../budgets/purse.ts';
import { createAnswerFreshness } from '../execution/answer-freshness.ts';
import type { RequestContext } from '../execution/request-context.ts';
import type { GatewayLimits } from '../limits.ts';
import type { AuthorizationErrorsPlace } from '../rights/place-authorization-errors.ts';
import type { Caller } from '../tokens/caller.ts';
import { forwardedHeaders, type HeaderRule } from './forwarded-headers.ts';

interface RequestContextDeps {
  authorization: Authorization;
  budgets: Budgets | null;
  caller: Caller;
  limits: GatewayLimits;
  metrics: GatewayMetrics;
  log: Logger;
  forwardHeaders: readonly HeaderRule[];
}

export function createRequestContext(
  request: FastifyRequest,
  reply: FastifyReply,
  { authorization, budgets, caller, limits, metrics, log, forwardHeaders }: RequestContextDeps,
): RequestContext {
  const gone = new AbortController();
  reply.raw.once('close', () => {
    if (!reply.raw.writableEnded) gone.abort();
  });
  const forwardedTo = (subgraph: string) =>
    forwardHeaders.length === 0 ? null : forwardedHeaders(forwardHeaders, request.headers, subgraph);
  return {
    requestId: request.id,
    signal: gone.signal,
    deadlineAt: performance.now() + limits.requestTimeoutMs,
    caller,
    purse: budgets ? openPurse(budgets, { ...caller, address: request.ip }) : BOTTOMLESS,
    authorizationErrors: placeOf(request.headers['x-authorization-errors']),
    headersFor: rememberHeaders(async (subgraph) => ({
      ...forwardedTo(subgraph),
      ...(await callerHeaders(authorization, caller, subgraph)),
    })),
    forwardsHeaders: forwardHeaders.length > 0,
    forwardedTo,
    log: createRequestLog(log, () => ({ requestId: request.id, ...traceOf(request.span) })),
    metrics,
    span: request.span,
    notProvided: new Map(),
    incomplete: new Map(),
    touched: createTouchedRecords(),
    freshness: createAnswerFreshness(),
  };
}

/** A request may ask one subgraph many times. */
function rememberHeaders(make: RequestContext['headersFor']): RequestContext['headersFor'] {
  const known = new Map<string, ReturnType<typeof make>>();
  return (subgraph) => {
    const headers = known.get(subgraph) ?? make(subgraph);
    known.set(subgraph, headers);
    return headers;
  };
}

/** `errors`, unless the client asks for `extensions`: many clients drop all data for any error. */
function placeOf(header: string | string[] | undefined): AuthorizationErrorsPlace {
  return header === 'extensions' ? 'extensions' : 'errors';
}
