import { Agent } from 'undici';
import type { GraphQLRequestBody, SubgraphTransport } from '../../common/transport.ts';
import { readAnswer } from './read-answer.ts';

export interface HttpTransportOptions {
  /** Connections to one server at a time, default 64; what is beyond them waits within its deadline. */
  connections?: number;
  /** Largest answer of a subgraph, default 32 MB. */
  maxResponseBytes?: number;
}

/** Reaches subgraphs over HTTP, with pooled connections. */
export interface HttpTransports {
  transportOf(subgraph: { url: string }): SubgraphTransport;
  close(): Promise<void>;
}

export function createHttpTransports(options: HttpTransportOptions = {}): HttpTransports {
  const { connections = 64, maxResponseBytes = 32 * 1024 * 1024 } = options;
  const agent = new Agent({ connections, maxResponseSize: maxResponseBytes, connect: { timeout: 5000 } });
  return {
    close: () => agent.close(),
    transportOf({ url }) {
      const { origin, pathname, search } = new URL(url);
      const target = { origin, path: `${pathname}${search}` };
      return {
        close: async () => {},
        execute: (body, { signal, headers }) =>
          withOneRetry(body, signal, async () => {
            const response = await agent.request({
              ...target,
              method: 'POST',
              headers: { ...headers, ...JSON_HEADERS },
              body: JSON.stringify(body),
              signal,
            });
            return readAnswer(response.statusCode, response.headers, await response.body.text());
          }),
      };
    },
  };
}

const JSON_HEADERS = {
  'content-type': 'application/json',
  accept: 'application/graphql-response+json, application/json;q=0.9',
};

/** A pooled connection that the server closed in the very moment we sent on it. */
const RESET_CODES = new Set(['ECONNRESET', 'EPIPE', 'UND_ERR_SOCKET']);

/** Once, at once, and queries alone: a mutation whose connection broke may have been carried out. */
async function withOneRetry<T>(body: GraphQLRequestBody, signal: AbortSignal, send: () => Promise<T>): Promise<T> {
  try {
    return await send();
  } catch (error) {
    const wasReset = error instanceof Error && 'code' in error && RESET_CODES.has(String(error.code));
    if (!wasReset || signal.aborted || isMutation(body)) throw error;
    return send();
  }
}

/** Plans write their operations without comments, the kind first. */
function isMutation({ query }: GraphQLRequestBody): boolean {
  return query.trimStart().startsWith('mutation');
}
