import { setTimeout as pause } from 'node:timers/promises';
import { ErrorReply } from 'redis';

const BEAT_MS = 100;
/** A connection that is silent for so long is replaced: it may be dead, or wait for the rest of a broken answer. */
const REPLACE_AFTER_MS = 2000;
/** How long a new connection may take to be greeted. */
const GREETING_MS = 500;
const MAX_RECONNECT_DELAY_MS = 500;
/** So long after an outage every process has its connection again, and has told what it could not. */
export const SETTLED_AFTER_MS = GREETING_MS + MAX_RECONNECT_DELAY_MS + 500;
/** A deadline counts so many parts of it, in each of which the process had time to look at its sockets. */
const PARTS = 5;

/** What is watched of a client: those of other options are other types. */
interface WatchedClient {
  isReady: boolean;
  isOpen: boolean;
  ping(message: string): Promise<unknown>;
  connect(): Promise<unknown>;
  destroy(): void;
  on(event: 'error', listener: (error: unknown) => void): unknown;
  on(event: 'connect' | 'ready', listener: () => void): unknown;
}

/** How a client connects that is watched: the watch connects it again, because the client waits for ever to be greeted. */
export const WATCHED_SOCKET = { connectTimeout: 2000, reconnectStrategy: false } as const;

/** The connections of a process to one Redis: the first that finds it silent tells the others. */
export type RedisAlarm = Set<() => void>;

export interface WatchOptions {
  /** How long a request waits for Redis. */
  timeoutMs: number;
  alarm: RedisAlarm;
  /** Redis does not answer in time. */
  onSilent(error: unknown): void;
  /** There is no connection any more, or none whose answers can be told apart. */
  onLost(error: unknown): void;
  /** Every 100 ms while Redis answers. */
  onBeat(): Promise<void>;
}

/**
 * Keeps a connection and watches it, so that all who wait for Redis learn together that it hangs, and nobody waits afterwards: what a
 * request loses to it is one deadline in all, however many calls it makes.
 */
export interface RedisWatch {
  isUsable(): boolean;
  /** Whether it has also been so long enough for what others had to tell during the last outage. */
  isSettled(): boolean;
  /** For what a request waits for: fails when Redis falls silent, and at once while it is. */
  ask<T>(call: () => Promise<T>): Promise<T>;
  /** For the rest: fails after so long, and at once when Redis has been silent as long already. */
  within<T>(timeoutMs: number, call: () => Promise<T>): Promise<T>;
  /** Fails when answers are not those to the questions. Replies come in order: it speaks for what was asked before it. */
  confirm(): Promise<void>;
  close(): void;
}

export function watchRedis(client: WatchedClient, options: WatchOptions): RedisWatch {
  const { timeoutMs, alarm, onSilent, onLost, onBeat } = options;
  const asking = new Set<(error: Error) => void>();
  let silentSinceMs: number | null = null;
  let lost = Promise.withResolvers<void>();
  let isBeating = false;
  let isClosed = false;
  let backAtMs = Number.NEGATIVE_INFINITY;
  let state: 'new' | 'away' | 'there' = 'new';
  let count = 0;
  let stopGreeting = () => {};

  const isUsable = () => client.isReady && silentSinceMs === null;

  const leave = () => {
    if (state === 'there') state = 'away';
  };

  function fallSilent(): void {
    if (silentSinceMs !== null) return;
    leave();
    silentSinceMs = performance.now() - timeoutMs;
    const error = silence(timeoutMs);
    for (const fail of asking) fail(error);
    onSilent(error);
  }

  const ring = () => {
    if (silentSinceMs === null) for (const fall of [...alarm]) fall();
  };

  /** The client itself stays on a connection whose answers it could not read, and takes each next one for another's. */
  function replace(error: unknown): void {
    if (isClosed || !client.isReady) return;
    client.destroy();
    leave();
    onLost(error);
    lost.resolve();
  }

  async function stayConnected(): Promise<void> {
    for (let failures = 0; !isClosed; failures += 1) {
      lost = Promise.withResolvers();
      try {
        await client.connect();
        failures = 0;
        await lost.promise;
      } catch {
        // Told to the listener.
      }
      const delayMs = Math.min(50 * 2 ** Math.min(failures, 10), MAX_RECONNECT_DELAY_MS);
      await pause(delayMs, undefined, { ref: false });
    }
  }

  async function confirm(): Promise<void> {
    count += 1;
    const message = String(count);
    if ((await client.ping(message)) === message) return;
    const error = new Error('Redis answers other questions than it was asked');
    replace(error);
    throw error;
  }

  async function beat(): Promise<void> {
    if (isBeating || isClosed || !client.isReady) return;
    isBeating = true;
    const stop = startDeadline(timeoutMs, ring);
    const timer = setTimeout(() => replace(silence(REPLACE_AFTER_MS)), REPLACE_AFTER_MS);
    const isAnswered = await confirm().then(
      () => true,
      (error: unknown) => {
        // It is loading, or lets nobody in.
        if (error instanceof ErrorReply) ring();
        return false;
      },
    );
    stop();
    clearTimeout(timer);
    if (isAnswered) {
      silentSinceMs = null;
      if (state === 'away') backAtMs = performance.now();
      state = 'there';
      await onBeat();
    }
    isBeating = false;
  }

  async function ask<T>(call: () => Promise<T>): Promise<T> {
    if (!isUsable()) throw new Error('Redis is away');
    const { promise: fallen, reject } = Promise.withResolvers<never>();
    fallen.catch(() => {});
    asking.add(reject);
    const stop = startDeadline(timeoutMs, ring);
    try {
      return await Promise.race([call(), fallen]);
    } finally {
      stop();
      asking.delete(reject);
    }
  }

  async function within<T>(limitMs: number, call: () => Promise<T>): Promise<T> {
    if (silentSinceMs !== null && performance.now() - silentSinceMs >= limitMs) throw silence(limitMs);
    const { promise: late, reject } = Promise.withResolvers<never>();
    late.catch(() => {});
    const stop = startDeadline(limitMs, () => reject(silence(limitMs)));
    try {
      return await Promise.race([call(), late]);
    } finally {
      stop();
    }
  }

  alarm.add(fallSilent);
  client.on('error', (error) => {
    if (client.isReady) return replace(error);
    stopGreeting();
    leave();
    onLost(error);
    // Of a connection that stays: the greeting could not be read.
    if (client.isOpen) client.destroy();
    lost.resolve();
  });
  client.on('connect', () => {
    stopGreeting = startDeadline(GREETING_MS, () => client.destroy());
  });
  client.on('ready', () => {
    stopGreeting();
    silentSinceMs = null;
    void beat();
  });
  void stayConnected();
  const timer = setInterval(() => void beat(), BEAT_MS);
  timer.unref();

  return {
    isUsable,
    isSettled: () => isUsable() && state !== 'away' && performance.now() >= backAtMs + SETTLED_AFTER_MS,
    ask,
    within,
    confirm,
    close: () => {
      isClosed = true;
      alarm.delete(fallSilent);
      clearInterval(timer);
      stopGreeting();
      lost.resolve();
      if (client.isOpen) client.destroy();
    },
  };
}

function silence(timeoutMs: number): Error {
  return new Error(`Redis did not answer within ${timeoutMs} ms`);
}

/**
 * Time in which this process was busy itself does not count: the answer may lie in its socket since long, and a slow
 * process must not take itself for an outage of Redis.
 */
function startDeadline(timeoutMs: number, onLate: () => void): () => void {
  let left = PARTS;
  let isStopped = false;
  const timer = setInterval(() => {
    left -= 1;
    if (left > 0) return;
    clearInterval(timer);
    // Behind the sockets' turn.
    setImmediate(() => isStopped || onLate());
  }, timeoutMs / PARTS);
  return () => {
    isStopped = true;
    clearInterval(timer);
  };
}
