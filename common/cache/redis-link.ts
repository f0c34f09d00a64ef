import { setTimeout as pause } from 'node:timers/promises';
import { BasicClientSideCache, createClient, ErrorReply } from 'redis';
import type { Logger } from '../log.ts';
import { type RedisAlarm, SETTLED_AFTER_MS, WATCHED_SOCKET, watchRedis } from '../redis-watch.ts';
import type { RedisScript } from './redis-scripts.ts';

const DEFAULT_DEADLINE_MS = 40;
/**
 * How long Redis has to be back before it is used: other processes, which notice a little later, may have invalidations
 * to tell. A process learns at once that one that hung is back, and of a lost one when it
 * tries again.
 */
const SETTLE_MS = { hung: 300, lost: SETTLED_AFTER_MS };
/** After it every process has missed a beat. */
const NOTICE_MS = 200;
/** Replies that this process keeps, and Redis says when they are no longer so. Some 60 MB at 2 KB a record. */
const MAX_REPLIES = 20_000;

export type CacheClient = ReturnType<typeof newClient>;

/** A connection to Redis whose failures are answers: whoever asks gets null at once, or after the deadline. */
export interface RedisLink {
  isUsable(): boolean;
  /** Null when Redis is away, hangs, or answers an error. */
  call<T>(run: (client: CacheClient) => Promise<T>): Promise<T | null>;
  run(script: RedisScript, keys: string[], args: string[]): Promise<unknown>;
  /** The same for what must not be lost: tried whenever Redis answers, and failing when it fails. */
  tell<T>(run: (client: CacheClient) => Promise<T>): Promise<T>;
  /** Fails when the answers so far were not those to the questions. */
  confirm(): Promise<void>;
  /** Waits until the other processes, too, must know that Redis is away, and serve no more of what they keep of it. */
  untilNoticed(): Promise<void>;
  /** Uses Redis no more before `onBack` has run again. */
  recover(): void;
  /** Reads one key, from the replies kept here if it is among them. */
  read(client: CacheClient, key: string): { reply: Promise<string | null>; isKept: boolean };
  /** Waits until there is no such key, or this long. */
  untilGone(key: string, timeoutMs: number): Promise<void>;
  close(): Promise<void>;
}

export interface RedisLinkOptions {
  url: string;
  name: string;
  log?: Logger;
  /** Beyond it Redis counts as away: a request must not wait for a cache. Default 40. */
  deadlineMs?: number;
  /** Of the process's other connections to this Redis. */
  alarm?: RedisAlarm;
  /** Runs before anything is asked after Redis was away. A failure keeps it away. */
  onBack: () => Promise<void>;
  /** Redis was lost, or may have lost its memory. */
  onLost: () => void;
}

/**
 * What a process keeps of Redis's replies is true only as long as Redis can say otherwise, so a missed beat drops all of
 * it. The beat's answer comes after all that Redis had to say before it.
 */
export function connectRedisLink(options: RedisLinkOptions): RedisLink {
  const { url, name, log, deadlineMs = DEFAULT_DEADLINE_MS, alarm = new Set(), onBack, onLost } = options;
  const kept = new BasicClientSideCache({ maxEntries: MAX_REPLIES, evictPolicy: 'LRU' });
  const client = newClient(url, name, kept);
  const waiting = createWaiting(kept);
  let isUsable = false;
  let settleMs = 0;
  let backAtMs: number | null = null;
  let leftAtMs = Number.NEGATIVE_INFINITY;
  let isOutageTold = false;
  let isRecoveryWanted = false;

  function leave(reason: 'hung' | 'lost', err: unknown): void {
    kept.clear(false);
    waiting.wakeAll();
    backAtMs = null;
    if (!isUsable && settleMs === 0 && reason === 'hung') return;
    settleMs = Math.max(settleMs, SETTLE_MS[reason]);
    if (isUsable) {
      leftAtMs = performance.now();
      onLost();
    }
    isUsable = false;
    if (!isOutageTold) log?.warn({ err }, 'the cache does without Redis');
    isOutageTold = true;
  }

  async function comeBack(): Promise<void> {
    backAtMs ??= performance.now();
    isRecoveryWanted = false;
    await onBack();
    if (isRecoveryWanted) return;
    if (performance.now() < backAtMs + settleMs) return;
    kept.clear(false);
    settleMs = 0;
    isUsable = true;
    if (isOutageTold) log?.info('the cache has Redis again');
    isOutageTold = false;
  }

  kept.on('invalidate', (key: unknown) => {
    // Redis was emptied.
    if (key === null) onLost();
  });
  const watch = watchRedis(client, {
    timeoutMs: deadlineMs,
    alarm,
    onSilent: (error) => leave('hung', error),
    onLost: (error) => leave('lost', error),
    onBeat: async () => {
      if (!isUsable) await comeBack().catch((error: unknown) => leave('hung', error));
    },
  });

  async function tell<T>(run: (client: CacheClient) => Promise<T>): Promise<T> {
    try {
      return await watch.ask(() => run(client));
    } catch (error) {
      if (error instanceof ErrorReply) log?.warn({ err: error }, 'Redis refused the cache');
      throw error;
    }
  }

  async function call<T>(run: (client: CacheClient) => Promise<T>): Promise<T | null> {
    if (!isUsable) return null;
    try {
      return await tell(run);
    } catch {
      return null;
    }
  }

  function read(ready: CacheClient, key: string) {
    const before = kept.stats().hitCount;
    const reply = ready.get(key).catch((error: unknown) => {
      // Somebody else's value of another type.
      if (error instanceof ErrorReply) return null;
      throw error;
    });
    return { reply, isKept: kept.stats().hitCount > before };
  }

  async function untilGone(key: string, timeoutMs: number): Promise<void> {
    // Listening first, so that a change right after the look is not missed.
    const change = waiting.start(key, timeoutMs);
    const found = await call((ready) => read(ready, key).reply);
    if (found === null) change.stop();
    await change.done;
  }

  return {
    isUsable: () => isUsable,
    call,
    read,
    untilGone,
    run: (script, keys, args) => call((ready) => runScript(ready, script, keys, args)),
    tell,
    confirm: watch.confirm,
    untilNoticed: () => pause(Math.max(leftAtMs + NOTICE_MS - performance.now(), 0)),
    recover: () => {
      isRecoveryWanted = true;
      isUsable = false;
    },
    close: async () => {
      isUsable = false;
      waiting.wakeAll();
      watch.close();
    },
  };
}

function newClient(url: string, name: string, clientSideCache: BasicClientSideCache) {
  return createClient({
    url,
    name,
    RESP: 3,
    clientSideCache,
    disableOfflineQueue: true,
    commandsQueueMaxLength: 10_000,
    socket: WATCHED_SOCKET,
  });
}

/** By its hash, which Redis knows after the first time. */
export async function runScript(
  client: CacheClient,
  script: RedisScript,
  keys: string[],
  args: string[],
): Promise<unknown> {
  const options = { keys, arguments: args };
  try {
    return await client.evalSha(script.sha1, options);
  } catch (error) {
    if (!(error instanceof ErrorReply && error.message.startsWith('NOSCRIPT'))) throw error;
    return client.eval(script.text, options);
  }
}

/** Who waits for which key to change. */
function createWaiting(kept: BasicClientSideCache) {
  const waiters = new Map<string, Set<() => void>>();
  const wake = (key: string) => {
    for (const resolve of waiters.get(key) ?? []) resolve();
  };
  const wakeAll = () => {
    for (const key of [...waiters.keys()]) wake(key);
  };
  kept.on('invalidate', (key: Buffer | string | null) => (key === null ? wakeAll() : wake(key.toString())));
  return {
    wakeAll,
    start: (key: string, timeoutMs: number) => {
      const { promise, resolve: stop } = Promise.withResolvers<void>();
      const timer = setTimeout(stop, timeoutMs);
      const others = waiters.get(key) ?? new Set();
      waiters.set(key, others.add(stop));
      const done = promise.then(() => {
        clearTimeout(timer);
        others.delete(stop);
        if (others.size === 0) waiters.delete(key);
      });
      return { done, stop };
    },
  };
}
