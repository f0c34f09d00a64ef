import { randomUUID } from 'node:crypto';
import type { Freshness } from '../../../common/freshness.ts';
import type { StaleSource } from '../../../common/stale-list.ts';
import type { Span } from '../../../common/tracing/span.ts';
import type { Touched } from '../touched.ts';

/** Whose turn comes first at a source: whoever waits for an answer goes before work in the background. */
export type Priority = 'interactive' | 'sync';

/** What every call made for a GraphQL request, or for work in the background, knows of it. */
export interface CallContext {
  requestId: string;
  signal: AbortSignal;
  /** The step of a trace that calls belong to; absent where nothing is traced. */
  span?: Span | null;
  /** Default "interactive". */
  priority?: Priority;
  /** Ends when somebody has come to wait for work that had begun in the background: `priorityOf`. */
  hurry?: AbortSignal;
  /** Tells work in the background that somebody waits for it now. */
  hasten?(): void;
  /** When `signal` will end by itself, in epoch milliseconds: a call whose turn comes later is refused at once. */
  deadlineAt?: number;
  /** Notes that the source does not have what `coordinate` ("Order.shipments") asks for. */
  notProvided(entry: { coordinate: string; source: string; vendor: string }): void;
  /** Notes that the answer may lack what this source has of a customer. */
  incomplete?(entry: { source: string; code: string }): void;
  /** Notes the records that the answer is made from, for the audit; `entity`: in which of those that were asked for by reference. */
  touched?(records: Touched, entity: readonly number[]): void;
  /** Notes how fresh something is that the answer is made from: the record cache tells it of all that it hands out. */
  served?(part: Served): void;
  /** Notes what invalidates something that the answer is made from, and of which nothing else was told; null: nobody can tell. */
  reliesOn?(tags: readonly string[] | null): void;
}

export interface Served extends Freshness {
  /** Null for what is not stale. */
  stale: StaleSource | null;
  /** What invalidates it in the record cache; null where that can't be told. */
  tags: readonly string[] | null;
}

/** Whose turn comes first, as things stand now. */
export function priorityOf({ priority = 'interactive', hurry }: CallContext): Priority {
  return hurry?.aborted ? 'interactive' : priority;
}

export interface BackgroundOptions {
  priority: Priority;
  /** Of all calls made with this context together. */
  timeoutMs: number;
  /** Ends the work earlier, as when the process stops. */
  signal?: AbortSignal;
  /** Of the request that caused the work; default a new one. */
  requestId?: string;
}

/**
 * For work that no request waits for: re-reads, sync, what a webhook sets off. It outlives the request that caused it,
 * and notes nothing in that request's answer.
 */
export function createBackgroundContext(options: BackgroundOptions): CallContext {
  const { priority, timeoutMs, signal, requestId = randomUUID() } = options;
  const timeout = AbortSignal.timeout(timeoutMs);
  const waitedFor = new AbortController();
  return {
    requestId,
    signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
    priority,
    hurry: waitedFor.signal,
    hasten: () => waitedFor.abort(),
    deadlineAt: Date.now() + timeoutMs,
    notProvided: () => {},
  };
}
