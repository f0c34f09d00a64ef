import type { JsonValue } from './errors.ts';
import type { Span } from './tracing/span.ts';

/** How the gateway reaches a subgraph: a function in this process, or HTTP. */
export interface SubgraphTransport {
  execute(body: GraphQLRequestBody, options: CallOptions): Promise<ExecutionResultBody>;
  /** The same for a body that is text already; absent where nothing is written or parsed. */
  send?(request: SerializedRequest, options: CallOptions): Promise<ExecutionResultBody>;
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
}

export interface ExecutionErrorBody {
  message: string;
  path?: readonly (string | number)[];
  locations?: readonly { line: number; column: number }[];
  extensions?: Readonly<Record<string, JsonValue>>;
}
