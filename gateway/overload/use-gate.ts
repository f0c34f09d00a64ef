import type { OutgoingHttpHeaders } from 'node:http';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from '../../common/log.ts';
import { createAdaptiveLimit } from './adaptive-limit.ts';
import { createGate } from './gate.ts';
import type { OverloadLimits } from './limits.ts';

const BODY = JSON.stringify({
  errors: [
    {
      message: 'The server has more to do than it can. Try again a little later.',
      extensions: { code: 'OVERLOADED', retryAfterMs: 1000 },
    },
  ],
});

const HEADERS = {
  'content-type': 'application/json; charset=utf-8',
  'content-length': String(Buffer.byteLength(BODY)),
  'retry-after': '1',
  'cache-control': 'no-store',
};

/** Said once in a while, with how many: a line for each would be more load. */
const LOG_EVERY_MS = 10_000;

/** Refuses what this scope's routes cannot answer in time, before its token or its body cost anything. */
export function useGate(scope: FastifyInstance, limits: OverloadLimits, log: Logger): void {
  const limit = createAdaptiveLimit({ most: limits.maxOperations });
  const gate = createGate({ limit, waitMs: limits.overloadWaitMs });
  const countRefusal = createRefusalLog(log);
  // With a callback: promises would cost every request more than the gate does.
  scope.addHook('onRequest', (request, reply, done) => {
    // A browser's question before its request costs nothing.
    if (request.method === 'OPTIONS') return done();
    const leave = gate.enter(done);
    if (leave !== null) {
      reply.raw.once('close', leave);
      return;
    }
    countRefusal();
    refuse(request, reply);
  });
}

function refuse({ id }: FastifyRequest, reply: FastifyReply): void {
  reply.hijack();
  // With what others set before: without it, pages of other origins could not read the refusal.
  // Cast: Fastify's type of the values is wider than they are.
  const set = reply.getHeaders() as OutgoingHttpHeaders;
  reply.raw.writeHead(503, { ...set, ...HEADERS, 'x-request-id': id }).end(BODY);
}

function createRefusalLog(log: Logger): () => void {
  let refused = 0;
  let saidAt = Number.NEGATIVE_INFINITY;
  return () => {
    refused += 1;
    const now = performance.now();
    if (now - saidAt < LOG_EVERY_MS) return;
    log.warn({ code: 'OVERLOADED', refused }, 'operations are refused: there is more to do than time');
    saidAt = now;
    refused = 0;
  };
}
