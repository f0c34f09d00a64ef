import { Agent, type Dispatcher } from 'undici';
import { CodedError } from '../../common/errors.ts';
import {
  type CallOptions,
  Cancellation,
  type GraphQLRequestBody,
  type ReceivedAnswer,
  type SendOptions,
  type SerializedRequest,
  type SubgraphTransport,
} from '../../common/transport.ts';
import { type Addresses, createAddresses } from './addresses.ts';
import { readAnswer } from './read-answer.ts';

export interface HttpTransportOptions {
  /** Connections to one server at a time, default 64; what is beyond them waits within its deadline. */
  connections?: number;
  /** Largest answer of a subgraph, default 32 MB. */
  maxResponseBytes?: number;
}

/** Reaches subgraphs over HTTP, with pooled connections. */
export interface HttpTransports {
  /** `url`: where it is, or each place where it is. */
  transportOf(subgraph: { url: string | readonly string[] }): SubgraphTransport;
  close(): Promise<void>;
}

export function createHttpTransports(options: HttpTransportOptions = {}): HttpTransports {
  const { connections = 64, maxResponseBytes = 32 * 1024 * 1024 } = options;
  const agent = new Agent({
    connections,
    maxResponseSize: maxResponseBytes,
    connect: { timeout: 5000 },
    // Whoever calls has a deadline.
    headersTimeout: 0,
    bodyTimeout: 0,
  });
  return {
    transportOf({ url }) {
      const targets = [url].flat().map(toTarget);
      const addresses = createAddresses(targets);
      const mayRepeat = (code: string, { isMutation }: SerializedRequest) =>
        (RESET_CODES.has(code) && !isMutation) || (UNSENT_CODES.has(code) && targets.length > 1);
      const send = async (request: SerializedRequest, call: SendOptions) => {
        try {
          return await attempt(agent, addresses, request.text, call);
        } catch (error) {
          // Once, at once. Never a mutation whose connection broke: it may have been carried out.
          if (call.cancellation.isCancelled || !mayRepeat(codeOf(error), request)) throw error;
          return attempt(agent, addresses, request.text, call);
        }
      };
      return { execute: (body, call) => execute(send, body, call), send, close: async () => {} };
    },
    close: () => agent.close(),
  };
}

type Send = NonNullable<SubgraphTransport['send']>;

async function execute(send: Send, body: GraphQLRequestBody, { headers, signal }: CallOptions) {
  const cancellation = new Cancellation();
  const cancel = () => cancellation.cancel();
  signal.addEventListener('abort', cancel);
  try {
    const received = await send(
      { text: JSON.stringify(body), isMutation: isMutation(body) },
      { headers, cancellation },
    );
    return received.parse();
  } finally {
    signal.removeEventListener('abort', cancel);
  }
}

interface Target {
  origin: string;
  path: string;
}

function toTarget(url: string): Target {
  const { origin, pathname, search } = new URL(url);
  return { origin, path: `${pathname}${search}` };
}

async function attempt(agent: Agent, addresses: Addresses<Target>, body: string, call: SendOptions) {
  const target = addresses.next();
  try {
    return await post(agent, target, body, call);
  } catch (error) {
    if (UNSENT_CODES.has(codeOf(error))) addresses.leaveAlone(target);
    throw error;
  }
}

const JSON_HEADERS = {
  'content-type': 'application/json',
  accept: 'application/graphql-response+json, application/json;q=0.9',
};

function post(agent: Agent, target: Target, body: string, call: SendOptions): Promise<ReceivedAnswer> {
  return new Promise((resolve, reject) => {
    const headers = { ...call.headers, ...JSON_HEADERS };
    agent.dispatch({ ...target, method: 'POST', headers, body }, new Exchange(call.cancellation, resolve, reject));
  });
}

type Headers = Parameters<NonNullable<Dispatcher.DispatchHandler['onResponseStart']>>[2];

/** One request and its answer, on undici's own callbacks: its promises and streams would cost more than what they carry. */
class Exchange implements Dispatcher.DispatchHandler {
  readonly #cancellation: Cancellation;
  readonly #resolve: (answer: ReceivedAnswer) => void;
  readonly #reject: (error: unknown) => void;
  readonly #chunks: Buffer[] = [];
  #status = 0;
  #headers: Headers = {};

  constructor(cancellation: Cancellation, resolve: (answer: ReceivedAnswer) => void, reject: (error: unknown) => void) {
    this.#cancellation = cancellation;
    this.#resolve = resolve;
    this.#reject = reject;
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    const abort = () => controller.abort(new Error('Nobody waits for the answer any more'));
    if (this.#cancellation.isCancelled) abort();
    else this.#cancellation.listen(abort);
  }

  onResponseStart(_controller: Dispatcher.DispatchController, status: number, headers: Headers): void {
    this.#status = status;
    this.#headers = headers;
  }

  onResponseData(_controller: Dispatcher.DispatchController, chunk: Buffer): void {
    this.#chunks.push(chunk);
  }

  onResponseEnd(): void {
    const [first] = this.#chunks;
    const whole = this.#chunks.length === 1 ? first! : Buffer.concat(this.#chunks);
    const text = whole.toString('utf8');
    const [status, headers] = [this.#status, this.#headers];
    this.#resolve({ parse: () => readAnswer(status, headers, text) });
  }

  onResponseError(_controller: Dispatcher.DispatchController, error: Error): void {
    const isTooLarge = codeOf(error) === 'UND_ERR_RES_EXCEEDED_MAX_SIZE';
    this.#reject(isTooLarge ? tooLarge(error) : error);
  }
}

function tooLarge(cause: Error): CodedError {
  return new CodedError('SUBGRAPH_BAD_RESPONSE', 'answered with more than the gateway reads', { cause });
}

/** A pooled connection that the server closed in the very moment we sent on it. */
const RESET_CODES = new Set(['ECONNRESET', 'EPIPE', 'UND_ERR_SOCKET']);

/** Nobody was there to whom it could have been sent. */
const UNSENT_CODES = new Set(['ECONNREFUSED', 'EHOSTUNREACH', 'ENETUNREACH', 'ENOTFOUND', 'UND_ERR_CONNECT_TIMEOUT']);

/** Plans write their operations without comments, the kind first. */
function isMutation({ query }: GraphQLRequestBody): boolean {
  return query.trimStart().startsWith('mutation');
}

function codeOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
}
