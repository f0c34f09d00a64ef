import { Agent, type Dispatcher } from 'undici';
import type { z } from 'zod';
import type { ErrorCode } from '../../../common/errors.ts';
import type { Logger } from '../../../common/log.ts';
import { createAttempts } from './attempts.ts';
import { isHtml, parseJson } from './body.ts';
import { createBudget } from './budget.ts';
import { createUpstreamBudgets, type UpstreamBudgets } from './budgets.ts';
import { createCircuit } from './circuit.ts';
import type { CallContext, Priority } from './context.ts';
import { createExchange, type ExchangeRequest, type UpstreamAnswer } from './exchange.ts';
import { checkPath, createFailures, type Failures } from './failures.ts';
import { createSourceHealth, type SourceHealth } from './health.ts';
import type { LimitedAnswer, LimitReading, UpstreamLimit } from './limits.ts';
import { createPlaces } from './places.ts';
import { type Attempt, createRetryBudget, withRetries } from './retry.ts';

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
  /** What the vendor counts calls by; sources with the same one share its limits. Default the source's name. */
  credential?: string;
  limits?: readonly UpstreamLimit[];
  /** What an answer tells of the vendor's limits; pure. */
  readLimits?: (answer: LimitedAnswer) => readonly LimitReading[];
  /** How much of every limit, and of the places, work in the background may use, 0 to 1. Default 0.3. */
  syncShare?: number;
}

export interface UpstreamCallEvent {
  source: string;
  vendor: string;
  operation: string;
  /** Null when no answer came. */
  status: number | null;
  /** Until the answer was read. */
  ms: number;
  outcome: 'OK' | ErrorCode;
  priority: Priority;
}

/** A call that was not sent: its source is down, or its turn would have come too late. */
export type UpstreamRefusalEvent = Omit<UpstreamCallEvent, 'status' | 'ms' | 'outcome'> & { code: ErrorCode };

export interface UpstreamClientDeps {
  dispatcher?: Dispatcher;
  log?: Logger;
  random?: () => number;
  /** Told of every HTTP exchange, each attempt of a repeated call included. */
  onCall?: (event: UpstreamCallEvent) => void;
  onRefusal?: (event: UpstreamRefusalEvent) => void;
  /** Shared by the sources of a process; default one of the client's own, in memory. */
  budgets?: UpstreamBudgets;
  /** Shared by the sources of a process: tells how each of them does. */
  health?: SourceHealth;
}

const DEFAULT_TIMEOUT_MS = 10_000;
const DEFAULT_CONCURRENCY = 8;
const DEFAULT_SYNC_SHARE = 0.3;

/** The one way to a vendor: pooled, bounded in time, number, rate and size, and silent about URLs, tokens and bodies. */
export function createUpstreamClient(config: UpstreamClientConfig, deps: UpstreamClientDeps = {}): UpstreamClient {
  const { timeoutMs = DEFAULT_TIMEOUT_MS, concurrency = DEFAULT_CONCURRENCY, retries = 2 } = config;
  const agent = deps.dispatcher ?? createAgent(concurrency);
  const parts = createParts(config, deps);
  const attempts = createAttempts({ ...config, timeoutMs }, deps, {
    ...parts,
    exchange: createExchange(config, agent),
  });
  const retryBudget = createRetryBudget();

  /** Runs the attempts of one call under its deadline. */
  async function call<R>(
    request: ExchangeRequest & { isIdempotent: boolean },
    context: CallContext,
    read: (answer: UpstreamAnswer, failures: Failures) => Attempt<R>,
  ): Promise<R> {
    checkPath(request.path);
    const failures = createFailures(config, request.operation);
    const deadlineMs = Math.min(Date.now() + timeoutMs, context.deadlineAt ?? Number.POSITIVE_INFINITY);
    const signal = AbortSignal.any([context.signal, AbortSignal.timeout(timeoutMs)]);
    const policy = {
      retries: request.isIdempotent ? retries : 0,
      deadlineMs,
      signal,
      ofEnd: () => failures.ofEnd({ caller: context.signal }),
      budget: retryBudget,
      random: deps.random,
    };
    return withRetries(policy, () =>
      attempts.run({ request, context, signal, deadlineMs, failures, read: (answer) => read(answer, failures) }),
    );
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

/** What holds a source's calls back. */
function createParts(config: UpstreamClientConfig, deps: UpstreamClientDeps) {
  const {
    source,
    vendor,
    baseUrl,
    limits = [],
    readLimits,
    concurrency = DEFAULT_CONCURRENCY,
    timeoutMs = DEFAULT_TIMEOUT_MS,
  } = config;
  const syncShare = config.syncShare ?? DEFAULT_SYNC_SHARE;
  const budgets = deps.budgets ?? createUpstreamBudgets();
  const store = budgets.storeOf({ vendor, baseUrl, credential: config.credential ?? source });
  const budget = createBudget(store, { limits, readLimits, syncShare, pausePatienceMs: timeoutMs / 4 });
  const circuit = createCircuit();
  const places = createPlaces(concurrency, syncShare);
  const health = (deps.health ?? createSourceHealth()).register({
    source,
    vendor,
    circuit: circuit.state,
    budget: budget.state,
  });
  return { budget, circuit, places, health };
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
