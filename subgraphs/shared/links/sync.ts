import { setTimeout as wait } from 'node:timers/promises';
import type { Logger } from '../../../common/log.ts';
import type { SourceStatus } from '../source-status.ts';
import { createBackgroundContext } from '../upstream/context.ts';
import type { ChangeFeed, ChangePage } from './change-feed.ts';
import type { Lease } from './lease.ts';
import type { RecordIndex } from './record-index.ts';
import { NEW_STATE, parseState, type SyncState } from './sync-state.ts';

export interface Sync {
  /** Null when the index is away. */
  status(): Promise<SourceStatus['sync']>;
  /** One step, for whoever has no time to wait: a page, or nothing. Answers how long there is nothing to do. */
  step(): Promise<number>;
  start(): void;
  close(): Promise<void>;
}

export interface SyncConfig<T> {
  /** As "woo:orders". */
  name: string;
  feed: ChangeFeed<T>;
  index: RecordIndex<T>;
  lease: Lease;
  log?: Logger;
  /** Pause between two looks for changes. */
  intervalMs: number;
  /** Pause between two readings of everything, which find what was deleted. */
  reconcileMs: number;
  now?: () => number;
}

/** Of one page, with its turn behind everybody who waits for an answer. */
const PAGE_TIMEOUT_MS = 60_000;
const MAX_PAUSE_MS = 60_000;
/** While another replica does the work. */
const STANDBY_MS = 5000;
/** Records whose absence is checked with the vendor at once. */
const CHECKED_AT_ONCE = 100;
const PAGES_PER_LOG_LINE = 50;

/**
 * Fills an index in the background: everything once, then the changes, and everything again from time to time. Where it
 * goes on is written after the records of a page, so that whenever it is ended, it repeats a page and misses none.
 */
export function createSync<T>(config: SyncConfig<T>): Sync {
  const { name, feed, index, lease, log, intervalMs, reconcileMs, now = Date.now } = config;
  const closing = new AbortController();
  const running: { work: Promise<void> | null; pages: number } = { work: null, pages: 0 };
  const contextOf = () =>
    createBackgroundContext({ priority: 'sync', timeoutMs: PAGE_TIMEOUT_MS, signal: closing.signal });

  async function step(): Promise<number> {
    if (!(await lease.hold())) return STANDBY_MS;
    await index.links.checkKeeps();
    const { mark, state: text } = await index.mark('sync');
    const state = parseState(text) ?? NEW_STATE;
    const write = async (next: SyncState) => void (await index.links.writeState(text, JSON.stringify(next)));
    if (isDue(state.syncedAt, intervalMs, state)) return follow(state, mark, write);
    if (state.whole) return readOn(state, state.whole, mark, write);
    if (now() >= state.wholeAt! + reconcileMs) {
      await write({ ...state, round: state.round + 1, whole: NEW_STATE.whole });
      return 0;
    }
    return Math.max(Math.min(state.syncedAt! + intervalMs, state.wholeAt! + reconcileMs) - now(), 0);
  }

  /** Changes are looked for once there was a whole reading, also while another one goes on. */
  function isDue(syncedAt: number | null, afterMs: number, { cursor, changes }: SyncState): boolean {
    if (changes !== null) return true;
    return cursor !== null && (syncedAt === null || now() >= syncedAt + afterMs);
  }

  /** A page of the changes. */
  async function follow(state: SyncState, mark: number, write: Write): Promise<number> {
    const changes = state.changes ?? { cursor: state.cursor!, startedAt: now(), mark };
    const page = await feed.read(changes.cursor, contextOf());
    await index.keepNews(page.records, { since: mark, round: state.round });
    const next = { ...changes, cursor: page.cursor };
    await write(
      page.isLast
        ? { ...state, changes: null, cursor: next.cursor, syncedAt: next.startedAt, syncedMark: next.mark }
        : { ...state, changes: next },
    );
    return 0;
  }

  /** A page of everything, and after the last the search for what is gone. */
  async function readOn(state: SyncState, whole: NonNullable<SyncState['whole']>, mark: number, write: Write) {
    if (whole.isRead) {
      await removeGone(state.round);
      const seen = await index.links.count();
      await write({ ...state, whole: null, wholeAt: now(), seen });
      log?.info({ sync: name, records: seen }, 'everything is read');
      return 0;
    }
    const page = await feed.read(whole.cursor, contextOf());
    const keep = state.wholeAt === null ? index.put : index.keepNews;
    await keep(page.records, { since: mark, round: state.round });
    const seen = whole.seen + page.records.length;
    logProgress(page, seen);
    await write({
      ...state,
      whole: { cursor: page.cursor, seen, isRead: page.isLast },
      // The changes since go on where the first reading ended; later ones have gone on by themselves.
      cursor: state.cursor ?? (page.isLast ? page.cursor : null),
      total: page.total ?? state.total,
    });
    return 0;
  }

  /** What this reading did not see is asked for by id: it may only have moved from page to page. */
  async function removeGone(round: number): Promise<void> {
    for await (const ids of index.links.idsBefore(round)) {
      for (let from = 0; from < ids.length; from += CHECKED_AT_ONCE) {
        const { mark } = await index.mark('sync');
        const found = await index.read(ids.slice(from, from + CHECKED_AT_ONCE), contextOf());
        await index.put(
          found.filter((record) => record !== null),
          { since: mark, round },
        );
      }
    }
  }

  function logProgress(page: ChangePage<T>, seen: number): void {
    running.pages += 1;
    if (running.pages % PAGES_PER_LOG_LINE === 1)
      log?.info({ sync: name, seen, total: page.total }, 'reading everything');
  }

  async function run(): Promise<void> {
    for (let failures = 0; !closing.signal.aborted; ) {
      let pauseMs: number;
      try {
        pauseMs = await step();
        failures = 0;
      } catch (err) {
        if (closing.signal.aborted) return;
        failures += 1;
        pauseMs = Math.min(1000 * 2 ** failures, MAX_PAUSE_MS);
        log?.warn({ err, sync: name }, 'the sync will try again');
      }
      if (pauseMs > 0) await wait(pauseMs, undefined, { signal: closing.signal, ref: false }).catch(() => {});
    }
  }

  return {
    step,
    status: async () => {
      try {
        return toStatus(parseState(await index.links.readState()) ?? NEW_STATE);
      } catch {
        return null;
      }
    },
    start: () => {
      running.work ??= run();
    },
    close: async () => {
      closing.abort();
      await running.work;
      await lease.release();
    },
  };
}

type Write = (state: SyncState) => Promise<void>;

function toStatus(state: SyncState): SourceStatus['sync'] {
  const { whole, seen, total, syncedAt } = state;
  return {
    phase: phaseOf(state),
    recordsSeen: whole?.seen ?? seen,
    recordsTotal: total,
    lastSuccessAt: syncedAt === null ? null : new Date(syncedAt).toISOString(),
  };
}

function phaseOf({ whole, wholeAt, changes }: SyncState) {
  if (whole !== null) return wholeAt === null ? 'FULL' : 'RECONCILING';
  return changes === null ? 'WAITING' : 'INCREMENTAL';
}
