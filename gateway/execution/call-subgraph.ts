import { CodedError } from '../../common/errors.ts';
import type { Span } from '../../common/tracing/span.ts';
import type { SubgraphTransport } from '../../common/transport.ts';
import { TOO_LATE, waitWithin } from './call-deadline.ts';
import type { RequestContext } from './request-context.ts';
import type { Answered, SharedCalls } from './shared-calls.ts';
import { subgraphFailure } from './subgraph-error.ts';
import type { SubgraphRequest } from './subgraph-request.ts';

export interface SubgraphAccess {
  service: string;
  transport: SubgraphTransport;
  timeoutMs: number;
  calls: SharedCalls;
}

export interface Call {
  access: SubgraphAccess;
  request: SubgraphRequest;
  context: RequestContext;
  span: Span | null;
  /** Another one after each invalidation of what is kept: what was asked for before may be what was invalidated. */
  since: number;
}

/** Calls one subgraph under the request's deadline and its own. Throws a CodedError that names the service alone. */
export async function callSubgraph(call: Call): Promise<Answered> {
  const { access, context } = call;
  const { service } = access;
  const remainingMs = Math.max(Math.floor(context.deadlineAt - performance.now()), 0);
  const limitMs = Math.min(access.timeoutMs, remainingMs);
  if (limitMs === 0) throw subgraphFailure('SUBGRAPH_TIMEOUT', service, "was not asked: the request's time is over");
  try {
    const headers = await context.headersFor(service);
    return await (access.transport.send ? overTheWire : inProcess)(call, limitMs, headers);
  } catch (cause) {
    if (context.signal.aborted) {
      throw subgraphFailure('REQUEST_CANCELLED', service, 'is no longer asked: the caller is gone', { cause });
    }
    if (cause === TOO_LATE) throw subgraphFailure('SUBGRAPH_TIMEOUT', service, `did not answer within ${limitMs} ms`);
    if (cause instanceof CodedError) {
      throw subgraphFailure(cause.code, service, cause.message, { cause, details: cause.details });
    }
    throw subgraphFailure('SUBGRAPH_UNAVAILABLE', service, 'could not be reached', { cause });
  }
}

type Headers = Readonly<Record<string, string>>;

async function overTheWire({ access, request, context, span, since }: Call, limitMs: number, caller: Headers) {
  const { transport, service, calls } = access;
  const { isMutation } = request;
  const text = request.text();
  const call = calls.join({
    // What is traced is asked for itself, so that its trace is whole.
    key: isMutation || span !== null ? null : keyOf(service, since, caller, text),
    endsAt: performance.now() + limitMs,
    send: (cancellation) => {
      const headers: Record<string, string> = ownHeaders(caller, context.requestId, limitMs);
      if (span !== null) headers.traceparent = span.traceparent();
      // Only called where there is such a way.
      return transport.send!({ text, isMutation }, { headers, cancellation });
    },
  });
  try {
    const { signal } = context;
    return call.read(await waitWithin(call.answer, { limitMs, signal, onEnd: call.leave }));
  } finally {
    // Whatever became of it: it may have changed what calls under way have read already.
    if (isMutation) calls.forget();
  }
}

/** No header holds a line's end, and no name of a subgraph does. */
function keyOf(service: string, since: number, caller: Headers, text: string): string {
  let key = `${service}\n${since}`;
  for (const name of Object.keys(caller)) key += `\n${name}\n${caller[name]}`;
  return `${key}\n\n${text}`;
}

async function inProcess({ access, request, context, span }: Call, limitMs: number, caller: Headers) {
  const { requestId, signal } = context;
  const controller = new AbortController();
  const headers = ownHeaders(caller, requestId, limitMs);
  const answer = access.transport.execute(request.body(), { requestId, signal: controller.signal, headers, span });
  return { body: await waitWithin(answer, { limitMs, signal, onEnd: () => controller.abort() }), isShared: false };
}

function ownHeaders(caller: Headers, requestId: string, limitMs: number): Record<string, string> {
  return { ...caller, 'x-request-id': requestId, 'x-deadline-ms': String(limitMs) };
}
