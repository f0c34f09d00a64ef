import { setTimeout as wait } from 'node:timers/promises';
import { UpstreamError } from '../../../common/errors.ts';
import type { Logger } from '../../../common/log.ts';
import { type RecordKey, recordTag } from '../record-cache.ts';
import { createBackgroundContext } from '../upstream/context.ts';
import type { ChangedRecords } from './changed-records.ts';

export interface ChangedRecord {
  key: RecordKey;
  /** What is left to do once it is read. */
  onRead?: () => Promise<void>;
}

/** Changed records on their way into the cache. It keeps nothing that matters: whoever needs one sooner reads it. */
export interface RereadQueue {
  add(records: readonly ChangedRecord[]): void;
  /** Resolves when nothing waits. */
  idle(): Promise<void>;
  close(): Promise<void>;
}

export interface RereadQueueOptions {
  /** How long changes are gathered, so that many of one record are one read. Default 200. */
  gatherMs?: number;
  /** Wait after the first failure of a source; doubles up to a minute. Default 1,000. */
  pauseMs?: number;
  /** Default 5. */
  maxAttempts?: number;
  /** Of one source; what comes beyond is read when it is asked for. Default 10,000. */
  maxRecords?: number;
}

interface RereadQueueDeps {
  changed(source: string): ChangedRecords;
  log: Logger;
  options?: RereadQueueOptions;
}

/** As many as every vendor reads in one call. */
const BATCH_SIZE = 100;
const MAX_PAUSE_MS = 60_000;
/** Of one batch: long enough to wait for its turn behind everybody who waits for an answer. */
const TIMEOUT_MS = 60_000;

/** A queue for each source: one that hangs holds no other. */
export function createRereadQueue(deps: RereadQueueDeps): RereadQueue {
  const closing = new AbortController();
  const sources = new Map<string, SourceQueue>();
  const queueOf = (source: string) => {
    const queue = sources.get(source) ?? createSourceQueue(source, deps, closing.signal);
    sources.set(source, queue);
    return queue;
  };
  const idle = async () => {
    await Promise.all([...sources.values()].map((queue) => queue.idle()));
  };
  return {
    add: (records) => {
      for (const record of records) queueOf(record.key.source).add(record);
    },
    idle,
    close: async () => {
      closing.abort();
      await idle();
    },
  };
}

interface Waiting extends ChangedRecord {
  attempts: number;
}

interface SourceQueue {
  add(record: ChangedRecord): void;
  idle(): Promise<void>;
}

function createSourceQueue(source: string, { changed, log, options = {} }: RereadQueueDeps, closing: AbortSignal) {
  const { gatherMs = 200, pauseMs = 1000, maxAttempts = 5, maxRecords = 10_000 } = options;
  const waiting = new Map<string, Waiting>();
  const state: { working: Promise<void> | null } = { working: null };

  function put(entry: Waiting): void {
    const name = recordTag(entry.key);
    const known = waiting.get(name);
    if (waiting.size < maxRecords || known) waiting.set(name, { ...entry, onRead: known?.onRead ?? entry.onRead });
  }

  async function work(): Promise<void> {
    let pause = gatherMs;
    let failures = 0;
    while (waiting.size > 0) {
      await wait(pause, undefined, { signal: closing });
      const batch = takeBatch(waiting);
      const failure = await attempt(batch);
      failures = failure === null ? 0 : failures + 1;
      pause = failure === null ? gatherMs : pauseAfter(failure, Math.min(pauseMs * 2 ** (failures - 1), MAX_PAUSE_MS));
      if (failure !== null) putBack(batch, failure);
    }
  }

  async function attempt(batch: readonly Waiting[]): Promise<unknown> {
    const context = createBackgroundContext({ priority: 'sync', timeoutMs: TIMEOUT_MS, signal: closing });
    const ids = batch.map(({ key }) => key.id);
    try {
      await changed(source).reread(source, batch[0]!.key.type, ids, context);
      await Promise.all(batch.map(({ onRead }) => onRead?.()));
      return null;
    } catch (error) {
      return error;
    }
  }

  function putBack(batch: readonly Waiting[], err: unknown): void {
    const [again, given] = [[], []] as [Waiting[], Waiting[]];
    for (const one of batch) {
      (one.attempts < maxAttempts ? again : given).push({ ...one, attempts: one.attempts + 1 });
    }
    // One that changed meanwhile waits already, with all its attempts.
    for (const entry of again) if (!waiting.has(recordTag(entry.key))) put(entry);
    if (given.length === 0) return;
    log.warn({ err, source, records: given.length }, 'changed records could not be read; they will be when asked for');
  }

  function start(): void {
    state.working ??= work()
      // Only the closing ends it early.
      .catch(() => {})
      .finally(() => {
        state.working = null;
        if (waiting.size > 0 && !closing.aborted) start();
      });
  }

  return {
    add: (record: ChangedRecord) => {
      put({ ...record, attempts: 1 });
      start();
    },
    idle: async () => {
      while (state.working) await state.working;
    },
  };
}

/** The first that wait, of one type. */
function takeBatch(waiting: Map<string, Waiting>): Waiting[] {
  const [first] = waiting.values();
  const batch = [...waiting.values()].filter(({ key }) => key.type === first!.key.type).slice(0, BATCH_SIZE);
  for (const { key } of batch) waiting.delete(recordTag(key));
  return batch;
}

/** A vendor that says when to come again knows best. */
function pauseAfter(failure: unknown, pauseMs: number): number {
  const wished = failure instanceof UpstreamError ? (failure.retryAfterMs ?? 0) : 0;
  return Math.min(Math.max(wished, pauseMs), MAX_PAUSE_MS);
}
