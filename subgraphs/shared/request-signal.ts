import type { FastifyReply, FastifyRequest } from 'fastify';

const DEFAULT_DEADLINE_MS = 30_000;
const MAX_DEADLINE_MS = 120_000;

/** Ends when the caller hangs up, or after the milliseconds that the caller still has (`x-deadline-ms`). */
export function requestSignal(request: FastifyRequest, reply: FastifyReply): AbortSignal {
  const gone = new AbortController();
  reply.raw.once('close', () => {
    if (!reply.raw.writableEnded) gone.abort();
  });
  return AbortSignal.any([gone.signal, AbortSignal.timeout(deadlineMs(request.headers['x-deadline-ms']))]);
}

function deadlineMs(header: string | string[] | undefined): number {
  const ms = typeof header === 'string' && /^\d{1,9}$/.test(header) ? Number(header) : DEFAULT_DEADLINE_MS;
  return Math.min(Math.max(ms, 1), MAX_DEADLINE_MS);
}
