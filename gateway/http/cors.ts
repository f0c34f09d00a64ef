import type { FastifyInstance } from 'fastify';

/** `*` allows every origin. Credentials are never allowed: callers send tokens, not cookies. */
export type CorsOrigins = readonly string[];

const EXPOSED_HEADERS = 'x-request-id, retry-after, ratelimit-limit, ratelimit-remaining, ratelimit-reset';

/** How long a browser may remember what it was allowed. */
const MAX_AGE_SECONDS = 600;

/** Lets pages of these origins call. Without any, no CORS header is sent and browsers refuse such calls themselves. */
export function addCors(server: FastifyInstance, origins: CorsOrigins): void {
  if (origins.length === 0) return;
  const isAllowed = (origin: string) => origins.includes('*') || origins.includes(origin);
  server.addHook('onRequest', async (request, reply) => {
    const { origin } = request.headers;
    reply.header('vary', 'Origin');
    if (origin === undefined || !isAllowed(origin)) return;
    reply.header('access-control-allow-origin', origin);
    reply.header('access-control-expose-headers', EXPOSED_HEADERS);
    if (request.headers['access-control-request-method'] === undefined) return;
    const wanted = request.headers['access-control-request-headers'];
    reply.header('access-control-allow-methods', 'GET, POST');
    if (wanted !== undefined) reply.header('access-control-allow-headers', wanted);
    reply.header('access-control-max-age', String(MAX_AGE_SECONDS));
  });
}
