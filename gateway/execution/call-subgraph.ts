import { CodedError, type ErrorCode } from '../../common/errors.ts';
import type { ExecutionResultBody, GraphQLRequestBody, SubgraphTransport } from '../../common/transport.ts';
import type { RequestContext } from './request-context.ts';

/** Calls one subgraph under the request's deadline and its own. Throws a CodedError that names the service alone. */
export async function callSubgraph(
  service: string,
  transport: SubgraphTransport,
  body: GraphQLRequestBody,
  context: RequestContext,
  timeoutMs: number,
): Promise<ExecutionResultBody> {
  const remainingMs = Math.floor(Math.min(timeoutMs, context.deadlineAt - performance.now()));
  const timeout = AbortSignal.timeout(Math.max(remainingMs, 0));
  const signal = AbortSignal.any([context.signal, timeout]);
  const headers = {
    ...context.headers,
    'x-request-id': context.requestId,
    'x-deadline-ms': String(Math.max(remainingMs, 0)),
  };
  try {
    return await untilAborted(transport.execute(body, { requestId: context.requestId, signal, headers }), signal);
  } catch (cause) {
    if (context.signal.aborted)
      throw failure('REQUEST_CANCELLED', service, 'was no longer asked: the caller is gone', cause);
    if (timeout.aborted) throw failure('SUBGRAPH_TIMEOUT', service, `did not answer within ${timeoutMs} ms`, cause);
    if (cause instanceof CodedError) throw failure(cause.code, service, cause.message, cause);
    throw failure('SUBGRAPH_UNAVAILABLE', service, 'could not be reached', cause);
  }
}

/** `message` reads on from the service's name; what the transport itself said stays in `cause`, for the log. */
function failure(code: ErrorCode, service: string, message: string, cause: unknown): CodedError {
  const details = cause instanceof CodedError ? cause.details : {};
  return new CodedError(code, `Subgraph ${service} ${message}`, { cause, details: { ...details, service } });
}

/** A transport that ignores its signal must not hold the request. */
function untilAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const abort = () => reject(signal.reason);
    if (signal.aborted) abort();
    signal.addEventListener('abort', abort, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
  });
}
