import { Agent } from 'undici';
import { CodedError } from '../../common/errors.ts';
import type { CallOptions, GraphQLRequestBody, SerializedRequest, SubgraphTransport } from '../../common/transport.ts';
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
    transportOf({ url }) {
      const target = new URL(url);
      const send = (request: SerializedRequest, call: CallOptions) =>
        withOneRetry(request, call, () => post(agent, target, request.text, call));
      return {
        execute: (body, call) => send({ text: JSON.stringify(body), isMutation: isMutation(body) }, call),
        send,
        close: async () => {},
      };
    },
    close: () => agent.close(),
  };
}

const JSON_HEADERS = {
  'content-type': 'application/json',
  accept: 'application/graphql-response+json, application/json;q=0.9',
};

async function post(agent: Agent, url: URL, body: string, { headers, signal, span }: CallOptions) {
  try {
    const response = await agent.request({
      origin: url.origin,
      path: `${url.pathname}${url.search}`,
      method: 'POST',
      headers: { ...headers, ...(span ? { traceparent: span.traceparent() } : {}), ...JSON_HEADERS },
      body,
      signal,
    });
    return readAnswer(response.statusCode, response.headers, await response.body.text());
  } catch (cause) {
    if (codeOf(cause) !== 'UND_ERR_RES_EXCEEDED_MAX_SIZE') throw cause;
    throw new CodedError('SUBGRAPH_BAD_RESPONSE', 'answered with more than the gateway reads', { cause });
  }
}

/** A pooled connection that the server closed in the very moment we sent on it. */
const RESET_CODES = new Set(['ECONNRESET', 'EPIPE', 'UND_ERR_SOCKET']);

/** Once, at once, and queries alone: a mutation whose connection broke may have been carried out. */
async function withOneRetry<T>(
  request: SerializedRequest,
  { signal }: CallOptions,
  attempt: () => Promise<T>,
): Promise<T> {
  try {
    return await attempt();
  } catch (error) {
    if (!RESET_CODES.has(codeOf(error)) || signal.aborted || request.isMutation) throw error;
    return attempt();
  }
}

/** Plans write their operations without comments, the kind first. */
function isMutation({ query }: GraphQLRequestBody): boolean {
  return query.trimStart().startsWith('mutation');
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}
