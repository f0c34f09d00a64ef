import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { z } from 'zod';
import {
  createUpstreamClient,
  type UpstreamClientConfig,
  type UpstreamClientDeps,
} from '../../subgraphs/shared/upstream/client.ts';
import { type CallContext, createBackgroundContext, type Priority } from '../../subgraphs/shared/upstream/context.ts';

/** What a call may go wrong with, as the tests compare it. */
export interface Failed {
  code: string;
  message: string;
  retryAfterMs: number | null;
}

export interface FakeUpstream extends AsyncDisposable {
  url: string;
  /** When each request arrived, `performance.now()`, and for what. */
  arrived: { at: number; path: string }[];
}

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

const answerWell: Answer = (_request, response) => sendJson(response, 200, { ok: true });

/** A vendor that answers what the test says. */
export async function startFakeUpstream(answer: Answer = answerWell): Promise<FakeUpstream> {
  const arrived: FakeUpstream['arrived'] = [];
  const server = createServer((request, response) => {
    arrived.push({ at: performance.now(), path: (request.url ?? '').split('?', 1)[0]! });
    request.resume();
    answer(request, response);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    arrived,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

export function sendJson(
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
}

interface Ask {
  operation?: string;
  method?: 'GET' | 'POST';
  idempotent?: boolean;
  priority?: Priority;
  timeoutMs?: number;
  signal?: AbortSignal;
  /** In place of the other parts of a context. */
  context?: CallContext;
}

/** A client of a source at the address. */
export function connect(baseUrl: string, config: Partial<UpstreamClientConfig> = {}, deps: UpstreamClientDeps = {}) {
  const client = createUpstreamClient({ source: 'shop', vendor: 'acme', baseUrl, ...config }, deps);
  const ask = async ({ operation = 'things.get', method, idempotent, context, ...parts }: Ask = {}) => {
    const request = { operation, path: operation, schema: z.unknown(), method, idempotent };
    return (await client.request(request, context ?? contextOf(parts))).data;
  };
  return {
    ask,
    /** How a call failed that must. */
    askInVain: async (options?: Ask): Promise<Failed> => {
      try {
        await ask(options);
      } catch (error) {
        const { code, message, retryAfterMs } = error as Failed;
        return { code, message, retryAfterMs };
      }
      throw new Error('expected the call to fail');
    },
    [Symbol.asyncDispose]: () => client.close(),
  };
}

function contextOf({ priority = 'interactive', timeoutMs = 30_000, signal }: Ask): CallContext {
  return createBackgroundContext({ priority, timeoutMs, signal, requestId: 'test' });
}

/** How a promise went, and after how long. */
export async function timed<T>(work: () => Promise<T>): Promise<{ ms: number; value: T }> {
  const startedAt = performance.now();
  const value = await work();
  return { ms: performance.now() - startedAt, value };
}

/** The most requests in any window of this length. */
export function mostWithin(windowMs: number, times: readonly number[]): number {
  const sorted = [...times].sort((a, b) => a - b);
  return Math.max(0, ...sorted.map((start) => sorted.filter((at) => at >= start && at < start + windowMs).length));
}

export function times<T>(count: number, run: (index: number) => T): T[] {
  return Array.from({ length: count }, (_, index) => run(index));
}
