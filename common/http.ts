import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http';
import { type FastifyBaseLogger, type FastifyError, type FastifyInstance, fastify, LogController } from 'fastify';
import { useDraining } from './draining.ts';
import { CodedError, type ErrorCode } from './errors.ts';
import type { Logger } from './log.ts';
import type { HttpMetrics } from './metrics/http-metrics.ts';
import { traceOf } from './tracing/span.ts';
import { type RequestTracing, traceRequests } from './tracing/trace-requests.ts';

export interface HttpServerOptions {
  log: Logger;
  /** Default: requests are not counted. */
  metrics?: HttpMetrics;
  /** Default null: requests are not traced. */
  tracing?: RequestTracing | null;
  /** Default 1 MB. */
  bodyLimitBytes?: number;
  /** Longest time in which a request has to arrive, default 30000. */
  arrivalTimeoutMs?: number;
  /** Proxies in front whose X-Forwarded-For is believed, as addresses or networks. Default none. */
  trustedProxies?: readonly string[];
  /** What /health/ready tells: whether requests would be answered now. Default: always. */
  isReady?: () => boolean | Promise<boolean>;
  /** Sees each request before anything is done for it; true: it has answered. Default: answers none. */
  answerFirst?: (request: IncomingMessage, response: ServerResponse) => boolean;
}

declare module 'fastify' {
  interface FastifyInstance {
    /** From now on /health/ready says no, while requests are still answered. */
    leave(): void;
  }
}

/** A listening server. */
export interface RunningServer extends AsyncDisposable {
  url: string;
  port: number;
  /** From now on /health/ready says no, while requests are still answered. */
  leave(): void;
  /** Lets requests under way finish. */
  close(): Promise<void>;
}

/** A request that is not answered at all, with the status that says why. */
export class HttpError extends CodedError {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;

  constructor(status: number, message: string, headers: Readonly<Record<string, string>> = {}) {
    super('BAD_REQUEST', message);
    this.name = 'HttpError';
    this.status = status;
    this.headers = headers;
  }
}

/** How long a connection stays open without a request: longer than load balancers keep theirs, so that they close it. */
const KEEP_ALIVE_MS = 72_000;

/** Fastify as every part of the product uses it: request ids, health, bounds, and errors without internals. */
export function createHttpServer(options: HttpServerOptions): FastifyInstance {
  const { log, bodyLimitBytes = 1024 * 1024, arrivalTimeoutMs = 30_000, trustedProxies = [] } = options;
  const { isReady = () => true, metrics, tracing = null, answerFirst } = options;
  // Cast: pino's logger has all that Fastify calls; only its generic parameter differs.
  const loggerInstance = log as FastifyBaseLogger;
  const server = fastify({
    loggerInstance,
    bodyLimit: bodyLimitBytes,
    trustProxy: trustedProxies.length > 0 ? [...trustedProxies] : false,
    // Ours below: Fastify's own lines hold URLs with their query.
    logController: new LogController({ disableRequestLogging: true, requestIdLogLabel: 'requestId' }),
    // A logger for each request would cost more than most requests have to say: lines name the request themselves.
    childLoggerFactory: (logger) => logger,
    requestIdHeader: false,
    genReqId: requestIdOf,
    serverFactory: (handle) =>
      createServer(
        {
          // Against headers and bodies sent a byte at a time. Node looks only so often.
          requestTimeout: arrivalTimeoutMs,
          headersTimeout: arrivalTimeoutMs,
          connectionsCheckingInterval: Math.ceil(arrivalTimeoutMs / 6),
          keepAliveTimeout: KEEP_ALIVE_MS,
        },
        withFirst(handle),
      ),
    // What still comes on an open connection is answered, as long as there is somebody to answer.
    return503OnClosing: false,
  });
  const draining = useDraining(server);
  function withFirst(handle: RequestListener): RequestListener {
    if (answerFirst === undefined) return handle;
    return (request, response) => {
      if (draining.hasLeft()) response.setHeader('connection', 'close');
      if (!answerFirst(request, response)) handle(request, response);
    };
  }
  server.decorate('leave', draining.leave);
  traceRequests(server, tracing);
  server.addHook('onResponse', async (request, reply) => {
    const { method, routeOptions, id, span } = request;
    const ms = Math.round(reply.elapsedTime);
    const { url: route = null } = routeOptions;
    log.debug({ method, route, status: reply.statusCode, ms, requestId: id, ...traceOf(span) }, 'request');
    metrics?.onResponse({ route, status: reply.statusCode, ms: reply.elapsedTime });
  });
  server.setErrorHandler(async (error: FastifyError, request, reply) => {
    const { status, code, message } = publicError(error);
    if (status >= 500) log.error({ err: error, requestId: request.id }, 'request failed');
    if (error instanceof HttpError) reply.headers(error.headers);
    return reply.status(status).send(errorBody(code, message));
  });
  server.setNotFoundHandler(async (_request, reply) => reply.status(404).send(errorBody('BAD_REQUEST', 'Not found')));
  server.get('/health/live', async () => ({ status: 'live' }));
  server.get('/health/ready', async (_request, reply) =>
    !draining.hasLeft() && (await isReady()) ? { status: 'ready' } : reply.status(503).send({ status: 'not ready' }),
  );
  return server;
}

/** `port` 0 takes a free one; `host` defaults to loopback. */
export async function listen(
  server: FastifyInstance,
  { port, host = '127.0.0.1' }: { port: number; host?: string },
): Promise<RunningServer> {
  const url = await server.listen({ port, host });
  const address = server.server.address();
  const close = async () => {
    await server.close();
  };
  return {
    url,
    port: typeof address === 'object' && address ? address.port : port,
    leave: () => server.leave(),
    close,
    [Symbol.asyncDispose]: close,
  };
}

/** A caller's own id is taken when it cannot be anything else than an id. */
export function requestIdOf({ headers }: Pick<IncomingMessage, 'headers'>): string {
  const header = headers['x-request-id'];
  return typeof header === 'string' && /^[\w.-]{1,128}$/.test(header) ? header : randomUUID();
}

interface ErrorBody {
  errors: { message: string; extensions: { code: ErrorCode } }[];
}

function errorBody(code: ErrorCode, message: string): ErrorBody {
  return { errors: [{ message, extensions: { code } }] };
}

const STATUS_OF_CODE: Partial<Record<ErrorCode, number>> = {
  BAD_USER_INPUT: 400,
  BAD_REQUEST: 400,
  UNAUTHENTICATED: 401,
  AUTHENTICATION_UNAVAILABLE: 503,
  UPSTREAM_TIMEOUT: 504,
};

/** Fastify's own messages quote what the caller sent; these say the same without. */
const MESSAGE_OF_STATUS: Readonly<Record<number, string>> = {
  400: 'The request could not be read',
  413: 'The body exceeds the size limit',
  415: 'The content type is not supported',
};

function publicError(error: FastifyError | CodedError): { status: number; code: ErrorCode; message: string } {
  if (error instanceof HttpError) return { status: error.status, code: error.code, message: error.message };
  if (error instanceof CodedError) {
    return { status: STATUS_OF_CODE[error.code] ?? 500, code: error.code, message: error.message };
  }
  const status = error.statusCode ?? 500;
  if (status >= 500) return { status: 500, code: 'INTERNAL_SERVER_ERROR', message: 'Internal error' };
  return { status, code: 'BAD_REQUEST', message: MESSAGE_OF_STATUS[status] ?? 'The request is not acceptable' };
}
