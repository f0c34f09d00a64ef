import type { z } from 'zod';
import { CodedError, type ErrorCode, UpstreamError } from '../../../common/errors.ts';
import { scrub } from '../../../common/scrub.ts';
import { isHtml, parseJson } from './body.ts';
import type { Refusal } from './budget.ts';
import type { UpstreamClientConfig } from './client.ts';
import type { ExchangeError, UpstreamAnswer } from './exchange.ts';
import type { FailedAttempt } from './retry.ts';
import { retryAfterMs } from './retry-after.ts';

interface CallEnd {
  /** If this has not ended, it was the call's own deadline. */
  caller: AbortSignal;
  /** How long the source had been asked; 0 for a call that was not sent. */
  waitedMs?: number;
  /** Whether that was enough to speak against it. */
  isFault?: boolean;
}

/**
 * Turns all that goes wrong with one call, which begins now, into errors that say what can be done, and no URL, body,
 * token or value.
 */
export function createFailures(config: UpstreamClientConfig, operation: string) {
  const { source, vendor } = config;
  const beganAt = performance.now();

  function failed(
    code: ErrorCode,
    reason: string,
    more: Partial<Omit<Failure, 'code' | 'reason'>> = {},
  ): FailedAttempt {
    const { status = null, retryAfterMs = null, cause, cancelled } = more;
    const { isRetryable = false, isSourceFault = false, isCutShort = false } = more;
    const message = `${source} (${vendor}): ${operation}: ${reason}`;
    const error = { code, message, source, vendor, operation, status, retryAfterMs, cause, cancelled };
    return { failure: new UpstreamError(error), isRetryable, isSourceFault, isCutShort };
  }

  function ofStatus(answer: UpstreamAnswer): FailedAttempt {
    const { status } = answer;
    const { code, reason, isRetryable, isSourceFault } = judgeStatus(status, isHtml(answer.headers));
    const said = describe(config, answer);
    return failed(code, said === null ? reason : `${reason}: ${said}`, {
      status,
      isRetryable,
      isSourceFault,
      retryAfterMs: isRetryable ? (answer.pauseMs ?? retryAfterMs(answer.headers['retry-after'])) : null,
    });
  }

  function ofNetwork(cause: unknown): FailedAttempt {
    const advice = adviceOn(cause);
    const reason = advice === null ? 'could not be reached' : `could not be reached: ${advice}`;
    // A certificate does not get better within a call.
    return failed('UPSTREAM_UNAVAILABLE', reason, { cause, isRetryable: advice === null, isSourceFault: true });
  }

  return {
    ofStatus,
    ofHtml: (status: number) => failed('UPSTREAM_BAD_RESPONSE', HTML_REASON, { status, isSourceFault: true }),
    ofPayload: (status: number, expected: string) =>
      failed('UPSTREAM_BAD_RESPONSE', expected, { status, isSourceFault: true }),
    /** One odd record makes every list with it unfit: that is no fault of the source as a whole. */
    ofMismatch: (status: number, error: z.ZodError) => failed('UPSTREAM_BAD_RESPONSE', mismatch(error), { status }),
    ofBody: ({ status, secrets }: UpstreamAnswer, { code, message }: { code: ErrorCode; message: string }) =>
      failed(code, scrub(message, secrets), {
        status,
        isRetryable: code === 'UPSTREAM_RATE_LIMITED',
        isSourceFault: code === 'UPSTREAM_UNAVAILABLE',
      }),
    ofExchange: ({ kind, cause, status }: ExchangeError): FailedAttempt => {
      if (kind === 'network') return ofNetwork(cause);
      const isRetryable = kind === 'broken-body';
      return failed('UPSTREAM_BAD_RESPONSE', BODY_REASONS[kind], { status, cause, isRetryable, isSourceFault: true });
    },
    /** Of a call whose turn came, or would come, too late. */
    ofBudget: ({ retryAfterMs, limit, isPause }: Refusal): FailedAttempt => {
      const when = `again in ${Math.ceil(retryAfterMs / 1000)} s`;
      if (isPause) return failed('UPSTREAM_RATE_LIMITED', `has asked us to slow down; ${when}`, { retryAfterMs });
      const reason = `the limit "${limit}" is used up, and its turn comes too late for the deadline; ${when}`;
      return failed('UPSTREAM_BUDGET_EXHAUSTED', reason, { retryAfterMs });
    },
    /** Of a call that was not sent, because those before it failed. */
    ofOpenCircuit: (retryAfterMs: number): FailedAttempt => {
      const reason = `failed too often lately, so it is not asked (the circuit is open); again in ${Math.ceil(retryAfterMs / 1000)} s`;
      return failed('UPSTREAM_UNAVAILABLE', reason, { retryAfterMs });
    },
    /** Of a call that was ended, by its own deadline or by whoever asked. */
    ofEnd: ({ caller, waitedMs = 0, isFault = false }: CallEnd): FailedAttempt => {
      const { aborted: callerEnded, reason } = caller;
      const isDeadline = !callerEnded || (reason instanceof Error && reason.name === 'TimeoutError');
      const code = isDeadline ? 'UPSTREAM_TIMEOUT' : 'REQUEST_CANCELLED';
      const how = isDeadline ? 'no answer within the deadline' : 'the request ended first';
      // A request's own deadline, or a long wait for a place and a turn, may have left the source no time.
      const isSourceFault = isDeadline && isFault;
      const isCutShort = isDeadline && !isSourceFault && waitedMs < (performance.now() - beganAt) / 2;
      return failed(code, how, { cancelled: callerEnded, isSourceFault, isCutShort });
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
  cancelled: boolean;
  isRetryable: boolean;
  isSourceFault: boolean;
  isCutShort: boolean;
}

const BODY_REASONS = {
  'broken-body': 'the answer broke off',
  'too-large': 'the answer exceeds the size limit',
  'long-after-too-large': 'the answer is long, and one before it exceeded the size limit, so it is not read to its end',
};

const HTML_REASON = 'answered with a web page instead of data; a firewall or a log-in page may stand in between';

type Judgement = Pick<Failure, 'code' | 'reason'> & Partial<Pick<Failure, 'isRetryable' | 'isSourceFault'>>;

function judgeStatus(status: number, isWebPage: boolean): Judgement {
  if (status === 429) return { code: 'UPSTREAM_RATE_LIMITED', reason: 'asks us to slow down', isRetryable: true };
  if (status >= 500) {
    const isRetryable = status === 502 || status === 503 || status === 504;
    return { code: 'UPSTREAM_UNAVAILABLE', reason: `failed with status ${status}`, isRetryable, isSourceFault: true };
  }
  if (status === 401) return { code: 'UPSTREAM_AUTH', reason: 'refused our credentials' };
  if (isWebPage) return { code: 'UPSTREAM_BAD_RESPONSE', reason: HTML_REASON, isSourceFault: true };
  if (status === 403) return { code: 'UPSTREAM_AUTH', reason: 'forbids this to our credentials' };
  if (status >= 400) return { code: 'UPSTREAM_REFUSED', reason: `refused with status ${status}` };
  return { code: 'UPSTREAM_BAD_RESPONSE', reason: `unexpected status ${status}` };
}

/** What an operator can do about it, by the codes of OpenSSL and Node. */
const ADVICE: Readonly<Record<string, string>> = {
  CERT_HAS_EXPIRED: 'its TLS certificate has expired; whoever runs it must renew it',
  CERT_NOT_YET_VALID: 'its TLS certificate is not valid yet; check the clocks of both machines',
  ERR_TLS_CERT_ALTNAME_INVALID: 'its TLS certificate is for another name; check the address in the settings',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'its TLS certificate is self-signed; NODE_EXTRA_CA_CERTS can name it as trusted',
  SELF_SIGNED_CERT_IN_CHAIN:
    'its TLS certificate is of an unknown authority; NODE_EXTRA_CA_CERTS can name it as trusted',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'its TLS certificate cannot be verified; it may lack the intermediate certificate',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'its TLS certificate cannot be verified; it may lack the intermediate certificate',
};

function adviceOn(cause: unknown): string | null {
  const code = cause instanceof Error ? cause.message.replace(/^network error: /, '') : '';
  return Object.hasOwn(ADVICE, code) ? ADVICE[code]! : null;
}

const MAX_DESCRIPTION_LENGTH = 200;

function describe(config: UpstreamClientConfig, answer: UpstreamAnswer): string | null {
  if (!config.describeError || isHtml(answer.headers)) return null;
  const body = parseJson(answer.bytes, false);
  const text = body.ok ? config.describeError(answer.status, body.value) : null;
  return text === null ? null : scrub(text, answer.secrets).slice(0, MAX_DESCRIPTION_LENGTH);
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
