import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from '../../common/log.ts';
import type { RequestContext } from '../execution/request-context.ts';
import type { GatewayLimits } from '../limits.ts';

export function createRequestContext(
  request: FastifyRequest,
  reply: FastifyReply,
  { limits, log }: { limits: GatewayLimits; log: Logger },
): RequestContext {
  const gone = new AbortController();
  reply.raw.once('close', () => {
    if (!reply.raw.writableEnded) gone.abort();
  });
  return {
    requestId: request.id,
    signal: gone.signal,
    deadlineAt: performance.now() + limits.requestTimeoutMs,
    headers: {},
    log: log.child({ requestId: request.id }),
    notProvided: new Map(),
    incomplete: new Map(),
  };
}
