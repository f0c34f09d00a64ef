import { setImmediate as letOthersRun, setTimeout as pause } from 'node:timers/promises';
import type { ErrorCode } from '../../../common/errors.ts';
import type { Span } from '../../../common/tracing/span.ts';
import { parseJson } from './body.ts';
import { type Budget, refusalOf, type Waiting } from './budget.ts';
import type { Circuit } from './circuit.ts';
import type { UpstreamClientConfig, UpstreamClientDeps } from './client.ts';
import { type CallContext, priorityOf } from './context.ts';
import { type Exchange, ExchangeError, type ExchangeRequest, type UpstreamAnswer } from './exchange.ts';
import type { Failures } from './failures.ts';
import type { SourceRecord } from './health.ts';
import type { Places } from './places.ts';
import type { Attempt } from './retry.ts';
import { createSilence, type Silence } from './silence.ts';

interface Parts {
  budget: Budget;
  circuit: Circuit;
  places: Places;
  health: SourceRecord;
  exchange: Exchange;
}

interface AttemptCall<R> {
  request: ExchangeRequest;
  context: CallContext;
  /** Ends with the call's deadline or the caller's. */
  signal: AbortSignal;
  deadlineMs: number;
  failures: Failures;
  read(answer: UpstreamAnswer): Attempt<R>;
}

interface Reported<R> {
  outcome: Attempt<R>;
  /** Null when no answer came. */
  status: number | null;
  ms: number;
  span: Span | null;
}

/** Work in the background looks for a free moment no more often than this. */
const SYNC_PAUSE_MS = 20;

/** To read such an answer has held the process for a while, and so will what is made of it: in between others get their turn. */
const LARGE_BYTES = 64 * 1024;

/** One attempt of a call: its place, its turn in the budget, the circuit, the exchange, and what all learn from it. */
export function createAttempts(
  config: UpstreamClientConfig & { timeoutMs: number },
  deps: UpstreamClientDeps,
  parts: Parts,
) {
  const { source, vendor, timeoutMs } = config;
  const { budget, circuit, places, health } = parts;
  const silence = createSilence(timeoutMs);

  async function run<R>(call: AttemptCall<R>): Promise<Attempt<R>> {
    const { signal, context } = call;
    let held: Waiting | null = null;
    let waited: Waiting | null = null;
    for (;;) {
      // A circuit that is open refuses before anybody queues for a place.
      const openMs = circuit.openForMs();
      if (openMs !== null) return refuse(call, call.failures.ofOpenCircuit(openMs));
      const step: Attempt<R> | Waiting = await places.run(() => takeTurn(call, held), signal, context);
      if (!('kind' in step)) return waited ? withReason(step, waited, call) : step;
      // The place is free for others meanwhile.
      const ended = await waitFor(step, call);
      if (ended) return ended;
      waited = step;
      held = step.isHeld ? step : null;
    }
  }

  /** A call that waited for its turn, and got it too late to be answered, failed for what held it. */
  function withReason<R>(outcome: Attempt<R>, { turn }: Waiting, { failures }: AttemptCall<R>): Attempt<R> {
    const isCutShort = 'failure' in outcome && outcome.isCutShort;
    return isCutShort ? failures.ofBudget(refusalOf(turn)) : outcome;
  }

  /** Points are taken when a place is there, not while the call still queues for it: the vendor counts what arrives. */
  async function takeTurn<R>(call: AttemptCall<R>, held: Waiting | null): Promise<Attempt<R> | Waiting> {
    const { request, context, deadlineMs, failures } = call;
    const { operation } = request;
    let turn = held?.turn;
    if (held && turn && !budget.holds(held, operation)) {
      turn.giveBack();
      turn = undefined;
    }
    if (!turn) {
      const permission = await budget.ask({ operation, priority: priorityOf(context), deadlineMs });
      if (permission.kind === 'refused') return refuse(call, failures.ofBudget(permission));
      if (permission.kind === 'wait') return permission;
      turn = permission.turn;
    }
    const openMs = circuit.openForMs();
    if (openMs !== null) {
      turn.giveBack();
      // The place is kept so long: else all who wait for one would be told in one go, and hold the process with what they make of it.
      await letOthersRun();
      return refuse(call, failures.ofOpenCircuit(openMs));
    }
    budget.begin(turn);
    try {
      return await circuit.run(() => send(call));
    } finally {
      budget.end(turn);
    }
  }

  /** Answers what the call has come to if it ended meanwhile. */
  async function waitFor<R>(step: Waiting, call: AttemptCall<R>): Promise<Attempt<R> | null> {
    const { signal, context, failures } = call;
    const ms = priorityOf(context) === 'sync' ? Math.max(step.waitMs, SYNC_PAUSE_MS) : step.waitMs;
    try {
      await pause(Math.ceil(ms), undefined, { signal });
      return null;
    } catch {
      step.turn.giveBack();
      return withReason(failures.ofEnd({ caller: context.signal }), step, call);
    }
  }

  async function send<R>(call: AttemptCall<R>): Promise<Attempt<R>> {
    const { request, context } = call;
    const { operation, method = 'GET' } = request;
    const attributes = { 'jeden.source': source, 'jeden.vendor': vendor, 'http.request.method': method };
    const span = context.span?.child(`${source} ${operation}`, { kind: 'client', attributes }) ?? null;
    const exchange = silence.begin();
    try {
      const { outcome, status } = await exchangeOnce(call, { exchange, span });
      report(call, { outcome, status, ms: exchange.waitedMs(), span });
      return outcome;
    } catch (error) {
      // Not the source's doing: the call could not be prepared.
      span?.end({ error: 'not sent' });
      throw error;
    } finally {
      exchange.end();
    }
  }

  async function exchangeOnce<R>(
    call: AttemptCall<R>,
    { exchange, span }: { exchange: ReturnType<Silence['begin']>; span: Span | null },
  ) {
    const { request, signal, context, failures, read } = call;
    try {
      const answer = await parts.exchange(request, { requestId: context.requestId, signal, span });
      exchange.answered();
      const { status, headers, bytes } = answer;
      const pauseMs = budget.learn({ status, headers, body: status === 429 ? jsonOf(bytes) : null });
      const outcome = read({ ...answer, pauseMs });
      if (bytes.length > LARGE_BYTES) await letOthersRun();
      return { outcome, status };
    } catch (error) {
      if (!(error instanceof ExchangeError)) throw error;
      const outcome = signal.aborted
        ? failures.ofEnd({ caller: context.signal, waitedMs: exchange.waitedMs(), isFault: exchange.isFault() })
        : failures.ofExchange(error);
      return { outcome, status: error.status };
    }
  }

  function report<R>(call: AttemptCall<R>, { outcome, status, ms, span }: Reported<R>) {
    const { request, context } = call;
    const code: 'OK' | ErrorCode = 'value' in outcome ? 'OK' : outcome.failure.code;
    const event = {
      source,
      vendor,
      operation: request.operation,
      status,
      ms: Math.round(ms),
      outcome: code,
      priority: priorityOf(context),
    };
    deps.log?.debug({ ...event, requestId: context.requestId }, 'upstream call');
    deps.onCall?.(event);
    if (status !== null) span?.set({ 'http.response.status_code': status });
    span?.end(code === 'OK' ? {} : { error: code });
    if ('value' in outcome || outcome.failure.code === 'UPSTREAM_REFUSED') return health.note({ ok: true });
    const { failure, isSourceFault, isRetryable } = outcome;
    if (!failure.cancelled || isSourceFault)
      health.note({ ok: false, code: failure.code, isStrain: isSourceFault || isRetryable });
  }

  /** Of a call that was not sent. */
  function refuse<R>({ request, context }: AttemptCall<R>, refused: ReturnType<Failures['ofBudget']>) {
    deps.onRefusal?.({
      source,
      vendor,
      operation: request.operation,
      priority: priorityOf(context),
      code: refused.failure.code,
    });
    return refused;
  }

  return { run };
}

function jsonOf(bytes: Buffer): unknown {
  const body = parseJson(bytes, false);
  return body.ok ? body.value : null;
}
