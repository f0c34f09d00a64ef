import type { JsonValue } from './errors.ts';
import type { Span } from './tracing/span.ts';

/** How the gateway reaches a subgraph: a function in this process, or HTTP. */
export interface SubgraphTransport {
  execute(body: GraphQLRequestBody, options: CallOptions): Promise<ExecutionResultBody>;
  /** The same for what travels as text; absent where nothing is written or parsed. */
  send?(request: SerializedRequest, options: SendOptions): Promise<ReceivedAnswer>;
  close(): Promise<void>;
}

export interface GraphQLRequestBody {
  query: string;
  operationName?: string | null;
  variables?: Record<string, unknown> | null;
  extensions?: Record<string, unknown> | null;
}

/** A GraphQLRequestBody as JSON. */
export interface SerializedRequest {
  text: string;
  isMutation: boolean;
}

export interface SendOptions {
  headers: Readonly<Record<string, string>>;
  cancellation: Cancellation;
}

/** Tells one listener that nobody waits any more. Lighter than an AbortSignal, of which each call would need one. */
export class Cancellation {
  isCancelled = false;
  #listener: (() => void) | null = null;

  /** In place of the listener before. */
  listen(listener: () => void): void {
    this.#listener = listener;
  }

  cancel(): void {
    this.isCancelled = true;
    this.#listener?.();
  }
}

/** What came over the wire. */
export interface ReceivedAnswer {
  /** A new object each time. Throws a CodedError for what is no GraphQL answer. */
  parse(): ExecutionResultBody;
}

export interface CallOptions {
  requestId: string;
  /** Ends when the caller is gone or the request's deadline has passed. */
  signal: AbortSignal;
  headers: Readonly<Record<string, string>>;
  /** The step that this call is; absent where nothing is traced. */
  span?: Span | null;
}

export interface ExecutionResultBody {
  data?: Record<string, unknown> | null;
  errors?: readonly ExecutionErrorBody[];
  extensions?: Record<string, unknown>;
  /** What HTTP said of how long the answer may be kept; absent where it said nothing. */
  caching?: { cacheControl: string; age?: string };
}

export interface ExecutionErrorBody {
  message: string;
  path?: readonly (string | number)[];
  locations?: readonly { line: number; column: number }[];
  extensions?: Readonly<Record<string, JsonValue>>;
}
