import { randomUUID } from 'node:crypto';
import { CodedError } from '../../common/errors.ts';
import type { Logger } from '../../common/log.ts';
import type { Redis } from '../../common/redis.ts';

/** What all replicas have been told to refuse. */
export interface SharedRevocations extends AsyncDisposable {
  /** By key (revocation-key.ts). Throws AUTHENTICATION_UNAVAILABLE when nothing recent enough is known. */
  has(key: string): boolean;
  /** Reads the list now if it changed. */
  refresh(): Promise<void>;
  close(): Promise<void>;
}

/** One hash slot, so that Redis Cluster takes both in one transaction. */
const LIST = '{jeden:revoked}:list';
const VERSION = '{jeden:revoked}:version';

/** Score of what stays revoked for ever. */
const FOREVER_MS = Date.parse('9999-12-31T00:00:00Z');

const CALL_TIMEOUT_MS = 2000;
const HOUR_MS = 3_600_000;

/** Tells all replicas. `untilMs` is when no such token can be alive any more; null is never. */
export async function shareRevocation(redis: Redis, key: string, untilMs: number | null): Promise<void> {
  await redis.within(CALL_TIMEOUT_MS, (client) =>
    client
      .multi()
      .zAdd(LIST, { value: key, score: untilMs ?? FOREVER_MS })
      .zRemRangeByScore(LIST, '-inf', Date.now())
      // Not a counter: one that began anew in an emptied Redis could come to a number that was seen before.
      .set(VERSION, randomUUID())
      .exec(),
  );
}

/**
 * Keeps the whole list in this process and looks every second whether it changed: no request waits for Redis, and a
 * revocation counts everywhere within about a second.
 *
 * While Redis is away the last known list counts, for an hour by default. Refusing every token as soon as Redis fails
 * would let whoever can disturb Redis close the graph for everybody; believing an old list for ever would let them keep
 * a revoked token alive. In between, tokens still expire (the embedded issuer's within minutes), and the registry file
 * still revokes. A process that has never seen the list refuses, as one whose list is too old: no list is not an empty one.
 */
export function createSharedRevocations(options: {
  redis: Redis;
  log: Logger;
  /** Default 1000. */
  pollEveryMs?: number;
  /** Default an hour. */
  maxStaleMs?: number;
  now?: () => number;
}): SharedRevocations {
  const { redis, log, pollEveryMs = 1000, maxStaleMs = HOUR_MS, now = Date.now } = options;
  // Only ever added to while entries live: a Redis that lost its memory must not bring revoked tokens back to life.
  const untilByKey = new Map<string, number>();
  let version: string | null = null;
  let knownAtMs = Number.NEGATIVE_INFINITY;
  let refreshing: Promise<void> | null = null;

  const load = async () => {
    const found = (await redis.within(CALL_TIMEOUT_MS, (client) => client.get(VERSION))) ?? 'none';
    if (found !== version) {
      const entries = await redis.within(CALL_TIMEOUT_MS, (client) => client.zRangeWithScores(LIST, 0, -1));
      for (const { value, score } of entries) untilByKey.set(value, score);
      for (const [key, untilMs] of untilByKey) if (untilMs < now()) untilByKey.delete(key);
    }
    version = found;
    knownAtMs = now();
  };
  const refresh = () => {
    refreshing ??= load().finally(() => {
      refreshing = null;
    });
    return refreshing;
  };
  const timer = setInterval(() => {
    // Redis's own outages are told by its connection.
    refresh().catch((err: unknown) => log.debug({ err }, 'could not read the revocations'));
  }, pollEveryMs);
  timer.unref();
  const close = async () => {
    clearInterval(timer);
    await refreshing?.catch(() => {});
  };
  return {
    has: (key) => {
      if (now() - knownAtMs > maxStaleMs) {
        throw new CodedError('AUTHENTICATION_UNAVAILABLE', 'Which tokens are revoked is not known now');
      }
      return untilByKey.has(key);
    },
    refresh,
    close,
    [Symbol.asyncDispose]: close,
  };
}
