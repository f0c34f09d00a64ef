import { pipeline, type Readable } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';
import { type Dispatcher, request } from 'undici';
import type { Span } from '../../../common/tracing/span.ts';
import type { PreparedRequest, UpstreamClientConfig, UpstreamRequest } from './client.ts';
import { createTurns, type Turns } from './turns.ts';

/** One HTTP answer, read whole. */
export interface UpstreamAnswer {
  status: number;
  headers: Readonly<Record<string, string>>;
  bytes: Buffer;
  /** What `authorize` added to the request, to be cut out of anything that quotes the vendor. */
  secrets: readonly string[];
  /** How long the vendor asks to wait; null where it does not ask. */
  pauseMs?: number | null;
}

/** An exchange that did not come to its end. Holds a code of Node's or undici's; never their message or cause. */
export class ExchangeError extends Error {
  /** `long-after-too-large`: within the limit so far, but an answer before it was not. */
  readonly kind: 'network' | 'broken-body' | 'too-large' | 'long-after-too-large';
  /** Null when not even the head of an answer came. */
  readonly status: number | null;

  constructor(kind: ExchangeError['kind'], { status = null, cause }: { status?: number | null; cause?: unknown }) {
    super(kind, cause === undefined ? undefined : { cause: scrubbedCause(cause) });
    this.name = 'ExchangeError';
    this.kind = kind;
    this.status = status;
  }
}

export type ExchangeRequest = Pick<UpstreamRequest<unknown>, 'operation' | 'path' | 'query' | 'method' | 'body'>;

interface ExchangeContext {
  requestId: string;
  signal: AbortSignal;
  /** The exchange's own step of the trace. */
  span: Span | null;
}

export type Exchange = (call: ExchangeRequest, context: ExchangeContext) => Promise<UpstreamAnswer>;

const DEFAULT_MAX_BYTES = 20 * 1024 * 1024;

/** Sends one request and reads its answer: no retries, no judgement. Redirects are not followed: a token would go along. */
export function createExchange(config: UpstreamClientConfig, dispatcher: Dispatcher): Exchange {
  const { maxBytes = DEFAULT_MAX_BYTES, authorize } = config;
  const longBodies = createTurns();
  const lately = { tooLargeAtMs: Number.NEGATIVE_INFINITY };
  return async (call, context) => {
    const plain = prepare(config.baseUrl, call);
    const prepared = (await authorize?.(plain)) ?? plain;
    const sent = config.isOurs ? withRequest(prepared, context) : prepared;
    const { statusCode: status, headers: rawHeaders, body } = await send(sent, dispatcher, context.signal);
    const headers = plainHeaders(rawHeaders);
    const options = { status, headers, maxBytes, longBodies, lately, signal: context.signal };
    const tooLarge = sizeError(Number(headers['content-length'] ?? 0), options);
    if (tooLarge) {
      // What is not read costs nothing.
      body.once('error', () => {}).destroy();
      throw tooLarge;
    }
    const bytes = await readBody(body, options);
    return { status, headers, bytes, secrets: secretsOf(plain, prepared) };
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
function withRequest(request: PreparedRequest, { requestId, span }: ExchangeContext): PreparedRequest {
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
    throw new ExchangeError('network', { cause: error });
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

interface BodyOptions {
  status: number;
  headers: UpstreamAnswer['headers'];
  maxBytes: number;
  longBodies: Turns;
  /** When the source last sent too much; long ago once a whole answer has come. */
  lately: { tooLargeAtMs: number };
  signal: AbortSignal;
}

/** Longer than pages of records mostly are. */
const LONG_BYTES = 2 * 1024 * 1024;

/** A long body is read so many bytes at a time, with a pause after them: faster than vendors send, and others get their turns. */
const [PACE_BYTES, PACE_PAUSE_MS] = [512 * 1024, 5];

/** Beyond the first, no data packs as tightly as the second: records of empty fields at best to a 270th, bombs to a thousandth. */
const [UNPACKED_BYTES, MAX_RATIO] = [1024 * 1024, 500];

/**
 * Reads a body up to `maxBytes`, counted after decompression, so that a small answer cannot become a huge one. Leaving
 * the loop ends the streams, and with them the connection: what is left of the body is not fetched. What is long is read
 * one after the other, with pauses: else it would hold the process, and with it what others have asked of other systems.
 */
async function readBody(body: Readable, options: BodyOptions): Promise<Buffer> {
  const { status, headers, longBodies, lately, signal } = options;
  const chunks: Buffer[] = [];
  let size = 0;
  let pauseAt = LONG_BYTES;
  let endTurn: (() => void) | null = null;
  try {
    const { output, packedBytes } = decompressed(body, headers['content-encoding']);
    for await (const chunk of output) {
      size += chunk.length;
      const isBomb = size > UNPACKED_BYTES && size > MAX_RATIO * packedBytes();
      const tooLarge = isBomb ? new ExchangeError('too-large', { status }) : sizeError(size, options);
      if (tooLarge) throw tooLarge;
      chunks.push(chunk);
      if (size <= pauseAt) continue;
      endTurn ??= await longBodies.take(signal);
      await pause(PACE_PAUSE_MS, undefined, { signal });
      pauseAt += PACE_BYTES;
    }
  } catch (error) {
    throw error instanceof ExchangeError ? error : new ExchangeError('broken-body', { status, cause: error });
  } finally {
    endTurn?.();
  }
  lately.tooLargeAtMs = Number.NEGATIVE_INFINITY;
  return Buffer.concat(chunks);
}

/** A source that has sent too much will mostly do so again: for so long, or until a whole answer comes, none is read that is long. */
const WARY_MS = 10_000;

/** Of a body of so many bytes so far, or as its head announces them; null while it may be read on. */
function sizeError(bytes: number, { status, maxBytes, lately }: BodyOptions): ExchangeError | null {
  const isTooLarge = bytes > maxBytes;
  if (isTooLarge) lately.tooLargeAtMs = performance.now();
  else if (bytes <= LONG_BYTES || performance.now() > lately.tooLargeAtMs + WARY_MS) return null;
  return new ExchangeError(isTooLarge ? 'too-large' : 'long-after-too-large', { status });
}

const DECODERS = { gzip: createGunzip, 'x-gzip': createGunzip, br: createBrotliDecompress, deflate: createInflate };

interface Decompressed {
  output: AsyncIterable<Buffer>;
  /** How many bytes were unpacked so far; without end where nothing is packed. */
  packedBytes(): number;
}

function decompressed(body: Readable, encoding = 'identity'): Decompressed {
  const name = encoding.trim().toLowerCase();
  const createDecoder = Object.hasOwn(DECODERS, name) ? DECODERS[name as keyof typeof DECODERS] : null;
  if (createDecoder === null) return { output: body, packedBytes: () => Number.POSITIVE_INFINITY };
  const decoder = createDecoder();
  // An error of either stream destroys both and reaches the reader of the last one.
  return { output: pipeline(body, decoder, () => {}), packedBytes: () => decoder.bytesWritten };
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

/** undici's and Node's errors hold addresses and options; their codes say enough. */
function scrubbedCause(error: unknown): Error {
  const code = codeOf(error) ?? 'unknown';
  const cause = new Error(`network error: ${code}`);
  // The stack of this place says nothing; that of the original begins with its message.
  cause.stack = undefined;
  return cause;
}

function codeOf(error: unknown): string | null {
  if (typeof error !== 'object' || error === null) return null;
  if ('code' in error && typeof error.code === 'string') return error.code;
  if ('name' in error && error.name === 'AbortError') return 'ABORTED';
  return 'cause' in error ? codeOf(error.cause) : null;
}
