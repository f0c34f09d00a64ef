import { CodedError, type ErrorCode, type JsonValue } from '../../common/errors.ts';
import type { ExecutionErrorBody } from '../../common/transport.ts';

/** What servers add for their developers: stacks, requests, bodies of their own upstreams. */
const PRIVATE_EXTENSIONS = new Set([
  'stacktrace',
  'stackTrace',
  'stack',
  'exception',
  'debug',
  'request',
  'response',
  'http',
]);

/** A subgraph's own error as clients may see it: named, with a code, and without addresses or insides. */
export function publicError(service: string, { message, extensions = {} }: ExecutionErrorBody): ExecutionErrorBody {
  const kept = Object.entries(extensions).filter(([name]) => !PRIVATE_EXTENSIONS.has(name));
  return withoutUrls({
    message,
    extensions: { code: 'SUBGRAPH_ERROR', ...Object.fromEntries(kept), service },
  });
}

/** What went wrong with a call as a whole. */
export function callError(service: string, { message, code, details }: CodedError): ExecutionErrorBody {
  return { message, extensions: { ...details, code, service } };
}

/** `message` reads on from the service's name. */
export function subgraphFailure(
  code: ErrorCode,
  service: string,
  message: string,
  options: { cause?: unknown; details?: Readonly<Record<string, JsonValue>> } = {},
): CodedError {
  return new CodedError(code, `Subgraph ${service} ${message}`, options);
}

function withoutUrls(error: ExecutionErrorBody): ExecutionErrorBody {
  const text = JSON.stringify(error);
  if (!text.includes('://')) return error;
  // Cast: what was an error stays one, because the replacement ends before a quote or a backslash.
  return JSON.parse(text.replace(/(?<![a-z0-9+.-])[a-z0-9+.-]+:\/\/[^\s"'<>\\]+/gi, '[url]')) as ExecutionErrorBody;
}
