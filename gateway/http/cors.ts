import type { IncomingHttpHeaders } from 'node:http';
import type { FastifyInstance } from 'fastify';

/** `*` allows every origin. Credentials are never allowed: callers send tokens, not cookies. */
export type CorsOrigins = readonly string[];

const EXPOSED_HEADERS = 'x-request-id, retry-after, ratelimit-limit, ratelimit-remaining, ratelimit-reset';

/** How long a browser may remember what it was allowed. */
const MAX_AGE_SECONDS = 600;

/** What every answer to a request from a page says. Without any origins, nothing: browsers refuse such calls themselves. */
export function corsHeaders(origins: CorsOrigins, { origin }: IncomingHttpHeaders): Record<string, string> {
  if (origins.length === 0) return {};
  if (origin === undefined || !(origins.includes('*') || origins.includes(origin))) return { vary: 'Origin' };
  return {
    vary: 'Origin',
    'access-control-allow-origin': origin,
    'access-control-expose-headers': EXPOSED_HEADERS,
  };
}

/** Lets pages of these origins call. */
export function addCors(server: FastifyInstance, origins: CorsOrigins): void {
  if (origins.length === 0) return;
  server.addHook('onRequest', async ({ headers }, reply) => {
    const own = corsHeaders(origins, headers);
    reply.headers(own);
    if (own['access-control-allow-origin'] === undefined) return;
    if (headers['access-control-request-method'] === undefined) return;
    const wanted = headers['access-control-request-headers'];
    reply.header('access-control-allow-methods', 'GET, POST');
    if (wanted !== undefined) reply.header('access-control-allow-headers', wanted);
    reply.header('access-control-max-age', String(MAX_AGE_SECONDS));
  });
}
