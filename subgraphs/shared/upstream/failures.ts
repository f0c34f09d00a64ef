import type { z } from 'zod';
import { CodedError, type ErrorCode, UpstreamError } from '../../../common/errors.ts';
import { scrub } from '../../../common/scrub.ts';
import { isHtml, parseJson } from './body.ts';
import type { UpstreamClientConfig } from './client.ts';
import type { ExchangeError, UpstreamAnswer } from './exchange.ts';
import type { Attempt } from './retry.ts';

type Failed = Extract<Attempt<never>, { failure: UpstreamError }>;

interface CallEnd {
  /** Whether the caller's signal has ended; if not, it was the call's own deadline. */
  callerEnded: boolean;
  callerReason: unknown;
}

/** Turns all that goes wrong with one call into errors that say what can be done, and no URL, body, token or value. */
export function createFailures(config: UpstreamClientConfig, operation: string) {
  const { source, vendor } = config;

  function failed(code: ErrorCode, reason: string, more: Partial<Omit<Failure, 'code' | 'reason'>> = {}): Failed {
    const { status = null, retryAfterMs = null, cause, isRetryable = false } = more;
    const message = `${source} (${vendor}): ${operation}: ${reason}`;
    const failure = new UpstreamError({ code, message, source, vendor, operation, status, retryAfterMs, cause });
    return { failure, isRetryable };
  }

  function ofStatus(answer: UpstreamAnswer): Failed {
    const { status } = answer;
    const { code, reason, isRetryable } = judgeStatus(status, isHtml(answer.headers));
    const said = describe(config, answer);
    return failed(code, said === null ? reason : `${reason}: ${said}`, {
      status,
      isRetryable,
      retryAfterMs: isRetryable ? retryAfterMs(answer.headers['retry-after']) : null,
    });
  }

  return {
    ofStatus,
    ofHtml: (status: number) => failed('UPSTREAM_BAD_RESPONSE', HTML_REASON, { status }),
    ofPayload: (status: number, expected: string) => failed('UPSTREAM_BAD_RESPONSE', expected, { status }),
    ofMismatch: (status: number, error: z.ZodError) => failed('UPSTREAM_BAD_RESPONSE', mismatch(error), { status }),
    ofBody: ({ status, secrets }: UpstreamAnswer, { code, message }: { code: ErrorCode; message: string }) =>
      failed(code, scrub(message, secrets), { status, isRetryable: code === 'UPSTREAM_RATE_LIMITED' }),
    ofExchange: (error: ExchangeError): Failed => {
      const cause = error.cause;
      if (error.kind === 'network') {
        return failed('UPSTREAM_UNAVAILABLE', 'could not be reached', { cause, isRetryable: true });
      }
      if (error.kind === 'too-large') return failed('UPSTREAM_BAD_RESPONSE', 'the answer exceeds the size limit');
      return failed('UPSTREAM_BAD_RESPONSE', 'the answer broke off', { cause, isRetryable: true });
    },
    /** The error of a call that was ended, by its own deadline or by whoever asked. */
    ofEnd: ({ callerEnded, callerReason }: CallEnd): UpstreamError => {
      const isDeadline = !callerEnded || (callerReason instanceof Error && callerReason.name === 'TimeoutError');
      const code = isDeadline ? 'UPSTREAM_TIMEOUT' : 'REQUEST_CANCELLED';
      const reason = isDeadline ? 'no answer within the deadline' : 'the request ended first';
      const message = `${source} (${vendor}): ${operation}: ${reason}`;
      return new UpstreamError({ code, message, source, vendor, operation, cancelled: callerEnded });
    },
  };
}

export type Failures = ReturnType<typeof createFailures>;

interface Failure {
  code: ErrorCode;
  reason: string;
  status: number | null;
  retryAfterMs: number | null;
  cause: unknown;
  isRetryable: boolean;
}

const HTML_REASON = 'answered with a web page instead of data; a firewall or a log-in page may stand in between';

function judgeStatus(status: number, isWebPage: boolean): Pick<Failure, 'code' | 'reason' | 'isRetryable'> {
  if (status === 429) return { code: 'UPSTREAM_RATE_LIMITED', reason: 'asks us to slow down', isRetryable: true };
  if (status >= 500) {
    const isRetryable = status === 502 || status === 503 || status === 504;
    return { code: 'UPSTREAM_UNAVAILABLE', reason: `failed with status ${status}`, isRetryable };
  }
  if (status === 401) return { code: 'UPSTREAM_AUTH', reason: 'refused our credentials', isRetryable: false };
  if (isWebPage) return { code: 'UPSTREAM_BAD_RESPONSE', reason: HTML_REASON, isRetryable: false };
  if (status === 403) return { code: 'UPSTREAM_AUTH', reason: 'forbids this to our credentials', isRetryable: false };
  if (status >= 400) return { code: 'UPSTREAM_REFUSED', reason: `refused with status ${status}`, isRetryable: false };
  return { code: 'UPSTREAM_BAD_RESPONSE', reason: `unexpected status ${status}`, isRetryable: false };
}

const MAX_DESCRIPTION_LENGTH = 200;

function describe(config: UpstreamClientConfig, answer: UpstreamAnswer): string | null {
  if (!config.describeError || isHtml(answer.headers)) return null;
  const body = parseJson(answer.bytes, false);
  const text = body.ok ? config.describeError(answer.status, body.value) : null;
  return text === null ? null : scrub(text, answer.secrets).slice(0, MAX_DESCRIPTION_LENGTH);
}

/** Seconds or an HTTP date (RFC 9110, 10.2.3). */
function retryAfterMs(header: string | undefined): number | null {
  if (header === undefined) return null;
  if (/^\d+$/.test(header)) return Number(header) * 1000;
  const atMs = Date.parse(header);
  return Number.isNaN(atMs) ? null : Math.max(0, atMs - Date.now());
}

const MAX_ISSUES = 3;

/** Where the payload differs and what was expected there, never what came. */
function mismatch(error: z.ZodError): string {
  const issues = error.issues.slice(0, MAX_ISSUES).map((issue) => `${pathText(issue.path)} ${expectation(issue)}`);
  const more = error.issues.length > MAX_ISSUES ? ` and ${error.issues.length - MAX_ISSUES} more` : '';
  return `unexpected payload: ${issues.join('; ')}${more}`;
}

/** Keys that are no plain names may be data themselves (an object keyed by e-mail). */
function pathText(path: readonly PropertyKey[]): string {
  const parts = path.map((part) =>
    typeof part === 'number' ? `[${part}]` : /^\w{1,64}$/.test(String(part)) ? `.${String(part)}` : '.*',
  );
  return `$${parts.join('')}`;
}

function expectation(issue: z.core.$ZodIssue): string {
  if (issue.code === 'invalid_type') return `must be ${issue.expected}`;
  if (issue.code === 'unrecognized_keys') return 'must have no further keys';
  if (issue.code === 'invalid_format') return `must be ${issue.format}`;
  return `does not fit (${issue.code})`;
}

/** Refuses a path that could lead out of the operation's own: `../admin`, `1?x=`, `%2e%2e`. */
export function checkPath(path: string): void {
  const isPlain = /^[\w\-.~!$&'()*+,;=:@/%]+$/.test(path) && !/%(2e|2f|5c|00)/i.test(path) && !path.includes('//');
  if (!isPlain || path.split('/').some((segment) => segment === '.' || segment === '..')) {
    throw new CodedError('BAD_USER_INPUT', 'Expected an identifier that can stand in an address');
  }
}
