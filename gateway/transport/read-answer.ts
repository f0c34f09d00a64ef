import { CodedError, type JsonValue } from '../../common/errors.ts';
import type { ExecutionErrorBody, ExecutionResultBody } from '../../common/transport.ts';

type Headers = Readonly<Record<string, string | string[] | undefined>>;

/**
 * Reads what a subgraph answered over HTTP. Throws a CodedError whose message reads on from the subgraph's name and
 * quotes nothing: bodies may hold anything.
 */
export function readAnswer(status: number, headers: Headers, text: string): ExecutionResultBody {
  const answer = toAnswer(parse(text));
  if (answer !== null && mayBeTrusted(status, headers, answer)) return withCaching(answer, headers);
  if (status < 200 || status > 299) {
    throw new CodedError('SUBGRAPH_UNAVAILABLE', `answered with HTTP status ${status}`, {
      details: { status, ...retryAfter(headers['retry-after']) },
    });
  }
  throw new CodedError('SUBGRAPH_BAD_RESPONSE', 'answered with something that is not a GraphQL response');
}

function withCaching(answer: ExecutionResultBody, headers: Headers): ExecutionResultBody {
  const { 'cache-control': cacheControl, age } = headers;
  if (cacheControl === undefined) return answer;
  return {
    ...answer,
    caching: { cacheControl: String(cacheControl), ...(age === undefined ? {} : { age: String(age) }) },
  };
}

/** Errors with a 4xx are a server's word on our request; a 5xx in plain JSON is as likely that of a proxy. */
function mayBeTrusted(status: number, headers: Headers, { errors = [] }: ExecutionResultBody): boolean {
  if (status >= 200 && status <= 299) return true;
  if (String(headers['content-type']).startsWith('application/graphql-response+json')) return true;
  return status >= 400 && status <= 499 && status !== 429 && errors.length > 0;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function toAnswer(body: unknown): ExecutionResultBody | null {
  if (!isObject(body)) return null;
  const { data = null, errors = [], extensions } = body;
  if (!Array.isArray(errors) || !(data === null || isObject(data))) return null;
  if (!Object.hasOwn(body, 'data') && errors.length === 0) return null;
  return {
    data,
    ...(errors.length > 0 ? { errors: errors.map(toErrorBody) } : {}),
    ...(isObject(extensions) ? { extensions } : {}),
  };
}

function toErrorBody(error: unknown): ExecutionErrorBody {
  const { message, path, extensions } = isObject(error) ? error : {};
  return {
    message: typeof message === 'string' ? message : 'Error without a message',
    ...(isPath(path) ? { path } : {}),
    // Cast: parsed JSON holds nothing but JSON values.
    ...(isObject(extensions) ? { extensions: extensions as Record<string, JsonValue> } : {}),
  };
}

function isPath(path: unknown): path is (string | number)[] {
  return Array.isArray(path) && path.every((key) => typeof key === 'string' || typeof key === 'number');
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Seconds, or a date (RFC 9110, 10.2.3). */
function retryAfter(header: string | string[] | undefined): { retryAfterMs?: number } {
  if (typeof header !== 'string') return {};
  const ms = /^\d+$/.test(header) ? Number(header) * 1000 : Date.parse(header) - Date.now();
  return Number.isNaN(ms) ? {} : { retryAfterMs: Math.max(ms, 0) };
}
