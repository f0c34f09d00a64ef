/** A value that survives JSON: what an error may say to the caller. */
export type JsonValue = string | number | boolean | null | readonly JsonValue[] | { readonly [key: string]: JsonValue };

type Severity = 'info' | 'warn' | 'error';

function code(severity: Severity, description: string): { severity: Severity; description: string } {
  return { severity, description };
}

/** Every code that can stand in `extensions.code`. `severity` is the level at which it is logged. */
export const ERROR_CODES = {
  UPSTREAM_UNAVAILABLE: code('warn', 'The system could not be reached or failed. Try again later.'),
  UPSTREAM_TIMEOUT: code('warn', 'The system did not answer within the deadline. Try again later.'),
  UPSTREAM_AUTH: code('error', 'The system refused our credentials. An operator must renew them.'),
  UPSTREAM_RATE_LIMITED: code('warn', 'The system asks us to slow down; `retryAfterMs` says for how long, if it told.'),
  UPSTREAM_BUDGET_EXHAUSTED: code(
    'warn',
    'As many calls as the system allows have been made; `retryAfterMs` says when there is room again.',
  ),
  UPSTREAM_BAD_RESPONSE: code('error', 'The system answered something else than its interface promises.'),
  UPSTREAM_REFUSED: code('warn', 'The system refused the call as wrong.'),
  AMBIGUOUS: code('info', 'Several records fit. Ask by an identifier that only one of them has.'),
  FILTER_NOT_SUPPORTED: code('info', 'The source cannot apply this filter. Nothing was filtered silently.'),
  NOT_PROVIDED_BY_SOURCE: code(
    'info',
    'The source does not have this at all; stands in `extensions`, not in `errors`.',
  ),
  BAD_USER_INPUT: code('info', 'An argument is not acceptable; the message says what was expected.'),
  CONFLICT: code(
    'info',
    'The idempotency key belongs to another call: one with other content, or one still under way.',
  ),
  UNAUTHENTICATED: code('info', 'The token is missing, expired or not valid here.'),
  AUTHENTICATION_UNAVAILABLE: code('error', 'Tokens cannot be checked now. Try again a little later.'),
  AUDIT_UNAVAILABLE: code(
    'error',
    'The reading cannot be recorded now, so it is not answered. Try again a little later.',
  ),
  UNAUTHORIZED_FIELD_OR_TYPE: code('info', 'The token lacks the scope of this field or type.'),
  FORBIDDEN_ARGUMENT: code('info', 'The token lacks the scope of an argument; the operation was refused.'),
  SUBGRAPH_UNAVAILABLE: code('error', 'A part of the graph could not be reached. Try again later.'),
  SUBGRAPH_TIMEOUT: code('warn', 'A part of the graph did not answer within the deadline. Try again later.'),
  SUBGRAPH_BAD_RESPONSE: code('error', 'A part of the graph answered something else than its schema promises.'),
  SUBGRAPH_ERROR: code('warn', 'A part of the graph reported an error without a code.'),
  OVERLOADED: code('warn', 'The server has more to do than it can. Try again a little later.'),
  GRAPHQL_PARSE_FAILED: code('info', 'The document is not GraphQL.'),
  GRAPHQL_VALIDATION_FAILED: code('info', 'The document does not fit the schema.'),
  OPERATION_TOO_LARGE: code('info', 'The operation exceeds a limit; the message says which.'),
  BUDGET_EXCEEDED: code('info', "The client's budget of this minute is used up; `retryAfterMs` says when it is new."),
  PERSISTED_QUERY_NOT_FOUND: code('info', 'No document is registered under this id.'),
  DOCUMENT_NOT_TRUSTED: code('info', 'This client may only send documents that are registered, by their id.'),
  REQUEST_CANCELLED: code('info', 'The caller went away before the answer was ready.'),
  BAD_REQUEST: code('info', 'The HTTP request is not one that this server answers.'),
  INTERNAL_SERVER_ERROR: code('error', 'A fault of ours. The log has the details under the request id.'),
} as const;

export type ErrorCode = keyof typeof ERROR_CODES;

/** An error whose message and details the caller may see: never a secret, a body or a person's data. */
export class CodedError extends Error {
  readonly code: ErrorCode;
  readonly details: Readonly<Record<string, JsonValue>>;

  constructor(
    errorCode: ErrorCode,
    message: string,
    options: { cause?: unknown; details?: Readonly<Record<string, JsonValue>> } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'CodedError';
    this.code = errorCode;
    this.details = options.details ?? {};
  }
}

/** What is known of a failed call to a vendor. `operation` is our name for the call, never its URL. */
export interface UpstreamFailure {
  code: ErrorCode;
  message: string;
  source: string;
  vendor: string;
  operation: string;
  status?: number | null;
  retryAfterMs?: number | null;
  /** The caller's own signal ended the call: says nothing of the vendor, so another caller may try again. */
  cancelled?: boolean;
  cause?: unknown;
}

export class UpstreamError extends CodedError {
  readonly source: string;
  readonly vendor: string;
  readonly operation: string;
  readonly status: number | null;
  readonly retryAfterMs: number | null;
  readonly cancelled: boolean;

  constructor(failure: UpstreamFailure) {
    const { source, vendor, operation, status = null, retryAfterMs = null } = failure;
    const details: Record<string, JsonValue> = { source, vendor, operation, status };
    if (retryAfterMs !== null) details.retryAfterMs = retryAfterMs;
    super(failure.code, failure.message, { cause: failure.cause, details });
    this.name = 'UpstreamError';
    this.source = source;
    this.vendor = vendor;
    this.operation = operation;
    this.status = status;
    this.retryAfterMs = retryAfterMs;
    this.cancelled = failure.cancelled ?? false;
  }
}
