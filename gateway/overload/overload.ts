import type { IncomingMessage, ServerResponse } from 'node:http';
import type { FastifyInstance } from 'fastify';
import { requestIdOf } from '../../common/http.ts';
import type { Logger } from '../../common/log.ts';
import type { HttpMetrics } from '../../common/metrics/http-metrics.ts';
import { type CorsOrigins, corsHeaders } from '../http/cors.ts';
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

export interface OverloadOptions {
  limits: OverloadLimits;
  /** Whose requests are meant. */
  path: string;
  corsOrigins: CorsOrigins;
  metrics: HttpMetrics;
  log: Logger;
}

export interface Overload {
  /** Refuses a request that could not be answered in time before anything else is done for it; false: it may go on. */
  refuseFirst(request: IncomingMessage, response: ServerResponse): boolean;
  /** Lets the requests of this scope's routes begin when their turn comes. */
  use(scope: FastifyInstance): void;
}

/** Refuses what cannot be answered in time, before its token or its body cost anything. */
export function createOverload({ limits, path, corsOrigins, metrics, log }: OverloadOptions): Overload {
  const limit = createAdaptiveLimit({ most: limits.maxOperations });
  const gate = createGate({ limit, waitMs: limits.overloadWaitMs });
  const countRefusal = createRefusalLog(log);

  function refuses({ method }: { method?: string }): boolean {
    // A browser's question before its request costs nothing.
    if (method === 'OPTIONS' || !gate.refuses()) return false;
    countRefusal();
    return true;
  }

  function refuse({ headers }: IncomingMessage, response: ServerResponse, id: string): void {
    response.writeHead(503, { ...HEADERS, ...corsHeaders(corsOrigins, headers), 'x-request-id': id }).end(BODY);
  }

  return {
    refuseFirst(request, response) {
      if (!isOf(path, request.url) || !refuses(request)) return false;
      refuse(request, response, requestIdOf(request));
      metrics.onResponse({ route: path, status: 503, ms: 0 });
      return true;
    },
    use(scope) {
      // With a callback: promises would cost every request more than the gate does.
      scope.addHook('onRequest', (request, reply, done) => {
        // Only what was not seen above: a path may be written in several ways.
        if (!isOf(path, request.raw.url) && refuses(request)) {
          reply.hijack();
          return refuse(request.raw, reply.raw, request.id);
        }
        if (request.method === 'OPTIONS') return done();
        reply.raw.once('close', gate.enter(done));
      });
    },
  };
}

function isOf(path: string, url = ''): boolean {
  return url.startsWith(path) && (url.length === path.length || url[path.length] === '?');
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
