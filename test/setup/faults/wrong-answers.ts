import { randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { createGzip } from 'node:zlib';

/** What comes over HTTP in place of an answer. */
export type WrongAnswer =
  /** Bytes that are no HTTP. */
  | { mode: 'garbage' }
  /** A page of a firewall, as if all were well. */
  | { mode: 'html' }
  /** The first half of the target's own answer, as if it were whole. */
  | { mode: 'truncated' }
  /** JSON without end, until so many bytes are sent. */
  | { mode: 'huge'; bytes: number }
  /** A small body that is so many bytes of JSON when it is unpacked. */
  | { mode: 'gzip-bomb'; bytes: number }
  /** 429; `retryAfterS` null tells no time. */
  | { mode: 'too-many'; retryAfterS: number | null };

const PAGE = '<!doctype html><html><head><title>Attention Required!</title></head><body>Blocked</body></html>';

export async function answerWrongly(
  response: ServerResponse,
  fault: WrongAnswer,
  ask: () => Promise<IncomingMessage>,
): Promise<void> {
  switch (fault.mode) {
    case 'garbage':
      response.socket?.end(randomBytes(512));
      return;
    case 'html':
      response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(PAGE);
      return;
    case 'truncated':
      return sendHalf(await ask(), response);
    case 'huge':
      response.writeHead(200, { 'content-type': 'application/json' });
      endless(fault.bytes).pipe(response);
      return;
    case 'gzip-bomb':
      response.writeHead(200, { 'content-type': 'application/json', 'content-encoding': 'gzip' });
      response.end(await packed(fault.bytes));
      return;
    case 'too-many':
      response.writeHead(429, {
        'content-type': 'application/json',
        ...(fault.retryAfterS === null ? {} : { 'retry-after': String(fault.retryAfterS) }),
      });
      response.end('{"message":"Too many requests"}');
  }
}

async function sendHalf(message: IncomingMessage, response: ServerResponse): Promise<void> {
  const body = await buffer(message);
  const half = body.subarray(0, Math.floor(body.length / 2));
  const { 'transfer-encoding': _chunked, ...headers } = message.headers;
  response.writeHead(message.statusCode!, { ...headers, 'content-length': half.length }).end(half);
}

const CHUNK = Buffer.alloc(64 * 1024, ' ');

/** An array that is opened and never closed. */
function endless(bytes: number): Readable {
  return Readable.from(
    (function* () {
      yield Buffer.from('[');
      for (let sent = 1; sent < bytes; sent += CHUNK.length) yield CHUNK;
    })(),
  );
}

/** Packed once for each size, which takes seconds: a test whose calls have a deadline packs it before. */
const bombs = new Map<number, Promise<Buffer>>();

export function packed(bytes: number): Promise<Buffer> {
  const known = bombs.get(bytes);
  if (known) return known;
  const bomb = buffer(endless(bytes).pipe(createGzip()));
  bombs.set(bytes, bomb);
  return bomb;
}
