import { parse as parseQueryString } from 'node:querystring';
import type { FastifyBaseLogger, FastifyInstance, FastifyReply, FastifyRequest, FastifyServerOptions } from 'fastify';
import Fastify, { LogController } from 'fastify';
import type { CallRecorder } from './calls.ts';
import { useFaults } from './fault-plugin.ts';
import type { FaultStore } from './faults.ts';
import type { Vendor } from './vendors.ts';

/** What every vendor's server is given. */
export interface ServerParts {
  log: FastifyBaseLogger | null;
  faults: FaultStore;
  calls: CallRecorder;
  /** So many times higher are the rate limits. */
  limitSpeed: number;
}

export interface VendorServerOptions extends ServerParts {
  vendor: Vendor;
  sendFailure(reply: FastifyReply, status: number): FastifyReply;
  /** The route as tests want to see it counted; default: Fastify's pattern. */
  routeName?(request: FastifyRequest): string;
  rewriteUrl?: FastifyServerOptions['rewriteUrl'];
}

/** A Fastify instance that counts what reaches it and misbehaves on demand. Routes and auth are the vendor's to add. */
export function createVendorServer(options: VendorServerOptions): FastifyInstance {
  const { vendor, log, calls } = options;
  const app: FastifyInstance = Fastify({
    ...(log === null ? {} : { loggerInstance: log }),
    // URLs hold secrets: `api_token`, `consumer_secret`.
    logController: new LogController({ disableRequestLogging: true }),
    // Hung and kept-alive connections must not hold up `close()`.
    forceCloseConnections: true,
    bodyLimit: 4 * 1024 * 1024,
    routerOptions: { ignoreTrailingSlash: true },
    ...(options.rewriteUrl ? { rewriteUrl: options.rewriteUrl } : {}),
  });
  const routeName = options.routeName ?? patternOf;
  app.addHook('onRequest', async (request) => {
    calls.record({ vendor, route: `${request.method} ${routeName(request)}`, queryKeys: queryKeys(request) });
  });
  app.addHook('onResponse', async (_request, reply) => {
    if (reply.statusCode === 429) calls.refused(vendor);
  });
  useFaults(app, options);
  return app;
}

/** Fastify's pattern of the route; the path itself where no route fits. */
export function patternOf(request: FastifyRequest): string {
  return request.routeOptions.url ?? rawPath(request);
}

export function rawPath(request: FastifyRequest): string {
  return request.url.split('?', 1)[0] ?? '';
}

export function rawQuery(request: FastifyRequest): string {
  const at = request.url.indexOf('?');
  return at === -1 ? '' : request.url.slice(at + 1);
}

function queryKeys(request: FastifyRequest): string[] {
  return Object.keys(parseQueryString(rawQuery(request))).sort();
}

/** Listens on loopback; port 0 = any free one. */
export async function listen(app: FastifyInstance, port: number): Promise<string> {
  return app.listen({ host: '127.0.0.1', port });
}
