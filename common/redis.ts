import { createClient } from 'redis';
import { z } from 'zod';
import { durationSchema } from './duration.ts';
import type { Logger } from './log.ts';
import { type RedisAlarm, WATCHED_SOCKET, watchRedis } from './redis-watch.ts';
import { type Parsed, setting } from './settings.ts';

export const redisSettings = {
  redisUrl: setting({
    name: 'REDIS_URL',
    schema: z.string().regex(/^rediss?:\/\/\S+$/, 'expected redis:// or rediss:// and an address'),
    default: null,
    // It may hold a password.
    secret: true,
    description: 'the Redis that replicas share; without it each process keeps to its own memory',
  }),
  redisTimeout: setting({
    name: 'REDIS_TIMEOUT',
    schema: durationSchema,
    default: '40ms',
    description:
      'how long a request waits for Redis, in all, before this process does without it until it answers again',
  }),
};

type RedisClient = ReturnType<typeof newClient>;

/** A connection that comes back by itself. While Redis is away or hangs every call of a request fails at once. */
export interface Redis extends AsyncDisposable {
  url: string;
  /** How long a request waits. */
  timeoutMs: number;
  /** Shared by the process's connections to this Redis. */
  alarm: RedisAlarm;
  /** For libraries that speak to Redis themselves. */
  client: RedisClient;
  isUsable(): boolean;
  /** For what is wrong when another process could not tell of a change: whether what it missed has been told by now. */
  isSettled(): boolean;
  /** Waits for the first connection, but no longer than this; answers whether there is one. */
  untilReady(timeoutMs: number): Promise<boolean>;
  /** Runs what a request waits for: a Redis that hangs, or answers something else than it was asked, is one that is away. */
  ask<T>(call: (client: RedisClient) => Promise<T>): Promise<T>;
  /** Runs what nobody waits for, or nothing can stand in for, under a deadline of its own. */
  within<T>(timeoutMs: number, call: (client: RedisClient) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

export interface RedisOptions {
  url: string;
  /** How Redis lists the connection. */
  name: string;
  log?: Logger;
  /** Of a request. Default 40. */
  timeoutMs?: number;
}

const DEFAULT_TIMEOUT_MS = 40;

/** The Redis of a process, null where none is set. */
export function redisFrom(
  { redisUrl: url, redisTimeout: timeoutMs }: Parsed<typeof redisSettings>,
  { name, log }: { name: string; log: Logger },
): Redis | null {
  return url === null ? null : connectRedis({ url, name, log, timeoutMs });
}

/** Answers at once and connects meanwhile. */
export function connectRedis({ url, name, log, timeoutMs = DEFAULT_TIMEOUT_MS }: RedisOptions): Redis {
  const client = newClient(url, name);
  const alarm: RedisAlarm = new Set();
  // One line an outage: it retries often.
  let isAway = false;
  const tellAway = (err: unknown) => {
    if (!isAway) log?.warn({ err }, 'Redis is away');
    isAway = true;
  };
  const watch = watchRedis(client, {
    timeoutMs,
    alarm,
    onSilent: tellAway,
    onLost: tellAway,
    onBeat: async () => {
      if (isAway) log?.info('Redis is back');
      isAway = false;
    },
  });
  const close = async () => watch.close();
  return {
    url,
    timeoutMs,
    alarm,
    client,
    isUsable: watch.isUsable,
    isSettled: watch.isSettled,
    untilReady: async (limitMs) => {
      if (!client.isReady) await untilReady(client, limitMs);
      return client.isReady;
    },
    ask: (call) =>
      watch.ask(async () => {
        const [answer] = await Promise.all([call(client), watch.confirm()]);
        return answer;
      }),
    within: (limitMs, call) => watch.within(limitMs, () => call(client)),
    close,
    [Symbol.asyncDispose]: close,
  };
}

function newClient(url: string, name: string) {
  return createClient({
    url,
    name,
    disableOfflineQueue: true,
    commandsQueueMaxLength: 10_000,
    socket: WATCHED_SOCKET,
  });
}

function untilReady(client: RedisClient, timeoutMs: number): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, timeoutMs);
  client.once('ready', resolve);
  return promise.finally(() => {
    clearTimeout(timer);
    client.off('ready', resolve);
  });
}
