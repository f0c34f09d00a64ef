import { createClient } from 'redis';
import { z } from 'zod';
import type { Logger } from './log.ts';
import { setting } from './settings.ts';

export const redisUrlSetting = setting({
  name: 'REDIS_URL',
  schema: z.string().regex(/^rediss?:\/\/\S+$/, 'expected redis:// or rediss:// and an address'),
  default: null,
  // It may hold a password.
  secret: true,
  description: 'the Redis that replicas share; without it each process keeps to its own memory',
});

type RedisClient = ReturnType<typeof newClient>;

/** A connection that comes back by itself. While Redis is away every call fails at once instead of waiting for it. */
export interface Redis extends AsyncDisposable {
  /** For libraries that speak to Redis themselves. */
  client: RedisClient;
  isReady(): boolean;
  /** Waits for the first connection, but no longer than this; answers whether there is one. */
  untilReady(timeoutMs: number): Promise<boolean>;
  /** Runs one call under a deadline: a Redis that hangs is like one that is away. */
  within<T>(timeoutMs: number, call: (client: RedisClient) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

const MAX_RECONNECT_DELAY_MS = 2000;

/** Answers at once and connects meanwhile; `name` is how Redis lists the connection. */
export function connectRedis({ url, name, log }: { url: string; name: string; log?: Logger }): Redis {
  const client = newClient(url, name);
  // Without a listener the process would end at the first lost connection. One line an outage: it retries often.
  let isAway = false;
  client.on('error', (err: unknown) => {
    if (!isAway) log?.warn({ err }, 'Redis is away');
    isAway = true;
  });
  client.on('ready', () => {
    if (isAway) log?.info('Redis is back');
    isAway = false;
  });
  client.connect().catch(() => {
    // Told to the listener; the strategy above goes on.
  });
  const close = async () => {
    if (client.isOpen) client.destroy();
  };
  return {
    client,
    isReady: () => client.isReady,
    untilReady: async (timeoutMs) => {
      if (!client.isReady) await untilReady(client, timeoutMs);
      return client.isReady;
    },
    within: (timeoutMs, call) => within(timeoutMs, call(client)),
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
    pingInterval: 10_000,
    socket: {
      connectTimeout: 2000,
      reconnectStrategy: (retries) => Math.min(50 * 2 ** Math.min(retries, 10), MAX_RECONNECT_DELAY_MS),
    },
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

async function within<T>(timeoutMs: number, work: Promise<T>): Promise<T> {
  const { promise: deadline, reject } = Promise.withResolvers<never>();
  const giveUp = () => reject(new Error(`Redis did not answer within ${timeoutMs} ms`));
  // After a stall of this process timers come before what has arrived meanwhile: that is read first.
  const timer = setTimeout(() => setImmediate(giveUp), timeoutMs);
  try {
    return await Promise.race([work, deadline]);
  } finally {
    clearTimeout(timer);
  }
}
