import { pipeline, type Readable } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';
import { type Dispatcher, request } from 'undici';
import type { Span } from '../../../common/tracing/span.ts';
import type { PreparedRequest, UpstreamClientConfig, UpstreamClientDeps, UpstreamRequest } from './client.ts';
import type { CallContext } from './context.ts';

/** One HTTP answer, read whole. */
export interface UpstreamAnswer {
  status: number;
  headers: Readonly<Record<string, string>>;
  bytes: Buffer;
  /** What `authorize` added to the request, to be cut out of anything that quotes the vendor. */
  secrets: readonly string[];
}

/** An exchange that did not come to its end. Holds a code of Node's or undici's; never their message or cause. */
export class ExchangeError extends Error {
  readonly kind: 'network' | 'broken-body' | 'too-large';

  constructor(kind: ExchangeError['kind'], cause?: unknown) {
    super(kind, cause === undefined ? undefined : { cause: scrubbedCause(cause) });
    this.name = 'ExchangeError';
    this.kind = kind;
  }
}

export type ExchangeRequest = Pick<UpstreamRequest<unknown>, 'operation' | 'path' | 'query' | 'method' | 'body'>;

type ExchangeContext = Pick<CallContext, 'requestId' | 'signal' | 'span'>;

type Exchange = (call: ExchangeRequest, context: ExchangeContext) => Promise<UpstreamAnswer>;

const DEFAULT_MAX_BYTES = 20 * 1024 * 1024;

/** Sends one request and reads its answer: no retries, no judgement. Redirects are not followed: a token would go along. */
export function createExchange(
  config: UpstreamClientConfig,
  deps: UpstreamClientDeps,
  dispatcher: Dispatcher,
): Exchange {
  const { maxBytes = DEFAULT_MAX_BYTES, authorize } = config;
  return async (call, context) => {
    const plain = prepare(config.baseUrl, call);
    const prepared = (await authorize?.(plain)) ?? plain;
    const { report, span } = startReport(config, deps, call, context);
    const sent = config.isOurs ? withRequest(prepared, context.requestId, span) : prepared;
    try {
      const answer = await send(sent, dispatcher, context.signal);
      report(answer.statusCode);
      const headers = plainHeaders(answer.headers);
      const bytes = await readBody(answer.body, headers['content-encoding'], maxBytes);
      return { status: answer.statusCode, headers, bytes, secrets: secretsOf(plain, prepared) };
    } catch (error) {
      report(null);
      throw error;
    }
  };
}

function prepare(baseUrl: string, call: ExchangeRequest): PreparedRequest {
  const hasBody = call.body !== undefined;
  const contentType: Record<string, string> = hasBody ? { 'content-type': 'application/json' } : {};
  return {
    method: call.method ?? 'GET',
    url: `${baseUrl.replace(/\/+$/, '')}/${call.path.replace(/^\/+/, '')}`,
    query: call.query ?? [],
    headers: { accept: 'application/json', 'accept-encoding': 'gzip, br', 'user-agent': 'jeden', ...contentType },
    body: hasBody ? JSON.stringify(call.body) : null,
  };
}

/** What one part of ours tells another of the request that it works for. */
function withRequest(request: PreparedRequest, requestId: string, span: Span | null): PreparedRequest {
  const trace: Record<string, string> = span ? { traceparent: span.traceparent() } : {};
  return { ...request, headers: { ...request.headers, 'x-request-id': requestId, ...trace } };
}

async function send(
  { url, query, method, headers, body }: PreparedRequest,
  dispatcher: Dispatcher,
  signal: AbortSignal,
) {
  try {
    return await request(withQuery(url, query), { method, headers, body, dispatcher, signal });
  } catch (error) {
    throw new ExchangeError('network', error);
  }
}

function withQuery(url: string, query: PreparedRequest['query']): string {
  const text = query.map(([name, value]) => `${encode(name)}=${encode(value)}`).join('&');
  return text === '' ? url : `${url}?${text}`;
}

/** RFC 3986, which OAuth 1.0a signatures need as well. */
function encode(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`);
}

/** Reads a body up to `maxBytes`, counted after decompression, so that a small answer cannot become a huge one. */
async function readBody(body: Readable, encoding: string | undefined, maxBytes: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of decompressed(body, encoding)) {
      size += chunk.length;
      if (size > maxBytes) throw new ExchangeError('too-large');
      chunks.push(chunk);
    }
  } catch (error) {
    throw error instanceof ExchangeError ? error : new ExchangeError('broken-body', error);
  }
  return Buffer.concat(chunks);
}

const DECODERS = { gzip: createGunzip, 'x-gzip': createGunzip, br: createBrotliDecompress, deflate: createInflate };

function decompressed(body: Readable, encoding = 'identity'): AsyncIterable<Buffer> {
  const name = encoding.trim().toLowerCase();
  const createDecoder = Object.hasOwn(DECODERS, name) ? DECODERS[name as keyof typeof DECODERS] : null;
  // An error of either stream destroys both and reaches the reader of the last one.
  return createDecoder ? pipeline(body, createDecoder(), () => {}) : body;
}

function plainHeaders(headers: Record<string, string | string[] | undefined>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [
      name.toLowerCase(),
      Array.isArray(value) ? value.join(', ') : (value ?? ''),
    ]),
  );
}

/** Header values and query values that were not there before. Short ones would cut words out of ordinary text. */
function secretsOf(plain: PreparedRequest, prepared: PreparedRequest): string[] {
  const before = new Set([...Object.values(plain.headers), ...plain.query.map(([, value]) => value)]);
  const after = [...Object.values(prepared.headers), ...prepared.query.map(([, value]) => value)];
  return after
    .filter((value) => !before.has(value))
    .map((value) => value.replace(/^(bearer|basic) /i, ''))
    .filter((value) => value.length >= 6);
}

/** One debug line, one event and one step of the trace for each exchange. */
function startReport(
  { source, vendor }: UpstreamClientConfig,
  deps: UpstreamClientDeps,
  { operation, method = 'GET' }: ExchangeRequest,
  { requestId, span: parent }: ExchangeContext,
) {
  const attributes = { 'jeden.source': source, 'jeden.vendor': vendor, 'http.request.method': method };
  const span = parent?.child(`${source} ${operation}`, { kind: 'client', attributes }) ?? null;
  const startedAt = performance.now();
  let isReported = false;
  const report = (status: number | null): void => {
    if (isReported) return;
    isReported = true;
    const event = { source, vendor, operation, status, ms: Math.round(performance.now() - startedAt) };
    deps.log?.debug({ ...event, requestId }, 'upstream call');
    deps.onCall?.(event);
    if (status !== null) span?.set({ 'http.response.status_code': status });
    span?.end(status !== null && status < 400 ? {} : { error: String(status ?? 'no answer') });
  };
  return { report, span };
}

/** undici's and Node's errors hold addresses and options; their codes say enough. */
function scrubbedCause(error: unknown): Error {
  const code = codeOf(error) ?? (error instanceof Error ? codeOf(error.cause) : null) ?? 'unknown';
  const cause = new Error(`network error: ${code}`);
  // The stack of this place says nothing; that of the original begins with its message.
  cause.stack = undefined;
  return cause;
}

function codeOf(error: unknown): string | null {
  if (!(error instanceof Error)) return null;
  return 'code' in error && typeof error.code === 'string'
    ? error.code
    : error.name === 'AbortError'
      ? 'ABORTED'
      : null;
}
