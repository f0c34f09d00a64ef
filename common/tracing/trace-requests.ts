import type { FastifyInstance } from 'fastify';
import { nowMs, type Span, type Tracer, type TraceTrust } from './span.ts';

export interface RequestTracing {
  tracer: Tracer;
  /** What a `traceparent` that comes with a request is good for. */
  trust: TraceTrust;
}

declare module 'fastify' {
  interface FastifyRequest {
    /** Of the whole request; null where nothing is traced. */
    span: Span | null;
  }
}

/** Measures each request of this server from its first line to its last byte. */
export function traceRequests(server: FastifyInstance, tracing: RequestTracing | null): void {
  server.decorateRequest('span', null);
  if (tracing === null) return;
  const { tracer, trust } = tracing;
  server.addHook('onRequest', async (request, reply) => {
    const route = request.routeOptions.url;
    // A load balancer asks so every second.
    if (route?.startsWith('/health/')) return;
    const { method, headers, id } = request;
    const { traceparent } = headers;
    const span = tracer.startRequest(`${method} ${route ?? 'none'}`, {
      startedMs: nowMs() - reply.elapsedTime,
      traceparent: typeof traceparent === 'string' ? traceparent : undefined,
      trust,
      attributes: { 'http.request.method': method, 'http.route': route ?? 'none', 'jeden.request_id': id },
    });
    request.span = span;
    reply.raw.once('close', () => {
      const status = reply.raw.statusCode;
      const isWhole = reply.raw.writableEnded;
      if (isWhole) span.set({ 'http.response.status_code': status });
      const error = isWhole ? String(status) : 'the caller went away';
      span.end(isWhole && status < 500 ? {} : { error });
    });
  });
}
