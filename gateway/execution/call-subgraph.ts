import { CodedError } from '../../common/errors.ts';
import type { Span } from '../../common/tracing/span.ts';
import type { CallOptions, ExecutionResultBody, SubgraphTransport } from '../../common/transport.ts';
import type { RequestContext } from './request-context.ts';
import { subgraphFailure } from './subgraph-error.ts';
import type { SubgraphRequest } from './subgraph-request.ts';

export interface SubgraphAccess {
  service: string;
  transport: SubgraphTransport;
  timeoutMs: number;
}

/** Calls one subgraph under the request's deadline and its own. Throws a CodedError that names the service alone. */
export async function callSubgraph(
  { service, transport, timeoutMs }: SubgraphAccess,
  request: SubgraphRequest,
  context: RequestContext,
  span: Span | null,
): Promise<ExecutionResultBody> {
  const remainingMs = Math.max(Math.floor(context.deadlineAt - performance.now()), 0);
  const limitMs = Math.min(timeoutMs, remainingMs);
  if (limitMs === 0) throw subgraphFailure('SUBGRAPH_TIMEOUT', service, "was not asked: the request's time is over");
  const deadline = startDeadline(limitMs, context.signal);
  try {
    const signed = await context.headersFor(service);
    const headers = { ...signed, 'x-request-id': context.requestId, 'x-deadline-ms': String(limitMs) };
    const call = { requestId: context.requestId, signal: deadline.signal, headers, span };
    call.signal.throwIfAborted();
    return await Promise.race([deadline.passed, exchange(transport, request, call)]);
  } catch (cause) {
    if (context.signal.aborted) {
      throw subgraphFailure('REQUEST_CANCELLED', service, 'is no longer asked: the caller is gone', { cause });
    }
    if (deadline.signal.aborted) {
      throw subgraphFailure('SUBGRAPH_TIMEOUT', service, `did not answer within ${limitMs} ms`, { cause });
    }
    if (cause instanceof CodedError) {
      throw subgraphFailure(cause.code, service, cause.message, { cause, details: cause.details });
    }
    throw subgraphFailure('SUBGRAPH_UNAVAILABLE', service, 'could not be reached', { cause });
  } finally {
    deadline.stop();
  }
}

function exchange(transport: SubgraphTransport, request: SubgraphRequest, call: CallOptions) {
  if (transport.send === undefined) return transport.execute(request.body(), call);
  return transport.send({ text: request.text(), isMutation: request.isMutation }, call);
}

/** `passed` rejects at the deadline or when the caller goes: a transport that ignores its signal must not hold us. */
function startDeadline(ms: number, callerGone: AbortSignal) {
  const controller = new AbortController();
  const { promise: passed, reject } = Promise.withResolvers<never>();
  // It is raced by nobody any more once the call has ended.
  passed.catch(() => undefined);
  const end = () => {
    controller.abort();
    reject(controller.signal.reason);
  };
  const timer = setTimeout(end, ms);
  callerGone.addEventListener('abort', end, { once: true });
  if (callerGone.aborted) end();
  return {
    signal: controller.signal,
    passed,
    stop: () => {
      clearTimeout(timer);
      callerGone.removeEventListener('abort', end);
    },
  };
}
