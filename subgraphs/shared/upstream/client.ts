import { Agent, type Dispatcher } from 'undici';
import type { z } from 'zod';
import { type ErrorCode, UpstreamError } from '../../../common/errors.ts';
import type { Logger } from '../../../common/log.ts';
import { isHtml, parseJson } from './body.ts';
import type { CallContext } from './context.ts';
import { createExchange, ExchangeError, type ExchangeRequest, type UpstreamAnswer } from './exchange.ts';
import { checkPath, createFailures, type Failures } from './failures.ts';
import { createPlaces } from './places.ts';
import { type Attempt, withRetries } from './retry.ts';

type HttpMethod = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

interface UpstreamCall {
  /** Our name for the call, as "orders.list": what logs and errors say in place of the URL. */
  operation: string;
  /** Below the base URL. Encode what you put in: the client refuses a path that could lead elsewhere. */
  path: string;
  query?: readonly (readonly [string, string])[];
}

export interface UpstreamRequest<T> extends UpstreamCall {
  method?: HttpMethod;
  /** Sent as JSON. */
  body?: unknown;
  schema: z.ZodType<T>;
  /** Whether the call may be repeated. Default: GET may, others not. */
  idempotent?: boolean;
  /** Statuses that carry a payload. Default: 200 to 299. */
  accept?: readonly number[];
  /** "null" makes a 404 an answer whose data is null. Default "error". */
  notFound?: 'null' | 'error';
}

export interface UpstreamResponse<T> {
  status: number;
  data: T;
  headers: Readonly<Record<string, string>>;
}

export interface UpstreamBytesRequest extends UpstreamCall {
  /** What the answer may be, as "application/pdf". */
  contentTypes: readonly string[];
}

export interface UpstreamBytes {
  status: number;
  contentType: string;
  bytes: Buffer;
}

export interface UpstreamClient {
  request<T>(
    request: UpstreamRequest<T> & { notFound: 'null' },
    context: CallContext,
  ): Promise<UpstreamResponse<T | null>>;
  request<T>(request: UpstreamRequest<T>, context: CallContext): Promise<UpstreamResponse<T>>;
  requestBytes(request: UpstreamBytesRequest, context: CallContext): Promise<UpstreamBytes>;
  close(): Promise<void>;
}

/** A call as it will be sent; `authorize` adds the credentials to it. */
export interface PreparedRequest {
  method: HttpMethod;
  /** Without query. */
  url: string;
  query: readonly (readonly [string, string])[];
  headers: Readonly<Record<string, string>>;
  body: string | null;
}

export interface UpstreamClientConfig {
  source: string;
  vendor: string;
  baseUrl: string;
  /** A part of ours: it is told the request's id and trace, which no vendor is. Default false. */
  isOurs?: boolean;
  /** For the whole call: waiting for a free place, every attempt and the pauses between. Default 10,000. */
  timeoutMs?: number;
  /** Calls at the same time. Default 8. */
  concurrency?: number;
  /** Further attempts of an idempotent call. Default 2. */
  retries?: number;
  authorize?: (request: PreparedRequest) => PreparedRequest | Promise<PreparedRequest>;
  /** Finds the error in an answer whose status says there is none. The message must hold no one's data. */
  checkBody?: (body: unknown) => { code: ErrorCode; message: string } | null;
  /** The vendor's reason for a refusal, in words that hold no one's data. */
  describeError?: (status: number, body: unknown) => string | null;
  /** JSON numbers that a double could change (decimals, long integers) arrive as strings. Default false. */
  losslessNumbers?: boolean;
  /** Of the decompressed body. Default 20 MB. */
  maxBytes?: number;
}

export interface UpstreamCallEvent {
  source: string;
  vendor: string;
  operation: string;
  /** Null when no answer came. */
  status: number | null;
  ms: number;
}

export interface UpstreamClientDeps {
  dispatcher?: Dispatcher;
  log?: Logger;
  random?: () => number;
  /** Told of every HTTP exchange, each attempt of a repeated call included. */
  onCall?: (event: UpstreamCallEvent) => void;
}

/** The one way to a vendor: pooled, bounded in time, number and size, and silent about URLs, tokens and bodies. */
export function createUpstreamClient(config: UpstreamClientConfig, deps: UpstreamClientDeps = {}): UpstreamClient {
  const { timeoutMs = 10_000, concurrency = 8, retries = 2 } = config;
  const agent = deps.dispatcher ?? createAgent(concurrency);
  const places = createPlaces(concurrency);
  const exchange = createExchange(config, deps, agent);

  /** Runs the attempts of one call under its deadline. */
  async function call<R>(
    request: ExchangeRequest & { isIdempotent: boolean },
    context: CallContext,
    read: (answer: UpstreamAnswer, failures: Failures) => Attempt<R>,
  ): Promise<R> {
    checkPath(request.path);
    const failures = createFailures(config, request.operation);
    const deadlineMs = Date.now() + timeoutMs;
    const timeout = AbortSignal.timeout(timeoutMs);
    const signal = AbortSignal.any([context.signal, timeout]);
    const policy = { retries: request.isIdempotent ? retries : 0, deadlineMs, signal, random: deps.random };
    const attempt = async (): Promise<Attempt<R>> => {
      try {
        return read(await places.run(() => exchange(request, { ...context, signal }), signal), failures);
      } catch (error) {
        if (error instanceof ExchangeError && !signal.aborted) return failures.ofExchange(error);
        throw error;
      }
    };
    try {
      return await withRetries(policy, attempt);
    } catch (error) {
      if (!signal.aborted || error instanceof UpstreamError) throw error;
      throw failures.ofEnd({ callerEnded: context.signal.aborted, callerReason: context.signal.reason });
    }
  }

  return {
    request: <T>(request: UpstreamRequest<T>, context: CallContext) => {
      const isIdempotent = request.idempotent ?? (request.method ?? 'GET') === 'GET';
      return call(
        { ...request, isIdempotent },
        context,
        (answer, failures) =>
          // Cast: data is null only when `notFound: 'null'` was asked for, which the overloads tell apart.
          readPayload(config, request, answer, failures) as Attempt<UpstreamResponse<T>>,
      );
    },
    requestBytes: (request, context) =>
      call({ ...request, isIdempotent: true }, context, (answer, failures) => readDocument(request, answer, failures)),
    close: async () => {
      // Calls still under way are ended: whoever closes has stopped asking.
      if (!deps.dispatcher) await agent.destroy();
    },
  };
}

function createAgent(concurrency: number): Agent {
  // Deadlines are the signal's affair; undici's own would only add other errors for the same thing.
  return new Agent({ connections: concurrency, keepAliveTimeout: 30_000, headersTimeout: 0, bodyTimeout: 0 });
}

function readPayload<T>(
  config: UpstreamClientConfig,
  request: UpstreamRequest<T>,
  answer: UpstreamAnswer,
  failures: Failures,
): Attempt<UpstreamResponse<T | null>> {
  const { status, headers } = answer;
  const isWebPage = isHtml(headers);
  if (request.notFound === 'null' && status === 404 && !isWebPage) return { value: { status, data: null, headers } };
  const isAccepted = request.accept ? request.accept.includes(status) : status >= 200 && status < 300;
  if (!isAccepted) return failures.ofStatus(answer);
  if (isWebPage) return failures.ofHtml(status);
  const body = parseJson(answer.bytes, config.losslessNumbers ?? false);
  if (!body.ok) return failures.ofPayload(status, 'expected JSON');
  const refusal = config.checkBody?.(body.value);
  if (refusal) return failures.ofBody(answer, refusal);
  const parsed = request.schema.safeParse(body.value);
  if (!parsed.success) return failures.ofMismatch(status, parsed.error);
  return { value: { status, data: parsed.data, headers } };
}

function readDocument(
  request: UpstreamBytesRequest,
  answer: UpstreamAnswer,
  failures: Failures,
): Attempt<UpstreamBytes> {
  const { status, bytes } = answer;
  if (status !== 200) return failures.ofStatus(answer);
  const contentType = (answer.headers['content-type'] ?? '').split(';')[0]!.trim().toLowerCase();
  if (request.contentTypes.includes(contentType)) return { value: { status, contentType, bytes } };
  return failures.ofPayload(status, `expected ${request.contentTypes.join(' or ')}`);
}
