import { createLifetimes, type LifetimeConfig } from '../../common/cache/lifetimes.ts';
import { createRedisStore } from '../../common/cache/redis-store.ts';
import { UpstreamError } from '../../common/errors.ts';
import type { Freshness } from '../../common/freshness.ts';
import type { RedisAlarm } from '../../common/redis-watch.ts';
import { type CacheEvent, createRecordCache, type Load, type RecordKey } from '../../subgraphs/shared/record-cache.ts';
import type { CallContext } from '../../subgraphs/shared/upstream/context.ts';
import { until } from '../setup/until.ts';

const SECRET = Buffer.alloc(32, 7);

interface ReplicaOptions {
  lifetimes?: LifetimeConfig;
  now?: () => number;
  /** Default long: a busy machine's slowness must not look like an outage. */
  deadlineMs?: number;
  /** Of the process's other connections. */
  alarm?: RedisAlarm;
}

/** One process of several that share a Redis. */
export async function startReplica(url: string, options: ReplicaOptions = {}) {
  const { now, deadlineMs = 5000, alarm } = options;
  const store = createRedisStore({ url, name: 'test', secrets: [SECRET], now, deadlineMs, alarm });
  const events: CacheEvent[] = [];
  const cache = createRecordCache({
    store,
    now,
    lifetimes: createLifetimes({ random: () => 0, ...options.lifetimes }),
    onEvent: (event) => events.push(event),
  });
  const probe: RecordKey = { source: 'probe', type: 'probe', id: String(Math.random()) };
  const isKeeping = async () => {
    await cache.get(probe, async () => 'there');
    return (await cache.peekMany([probe]))[0] === 'there';
  };
  await until(isKeeping);
  events.length = 0;
  return { ...cache, events, isKeeping, [Symbol.asyncDispose]: cache.close };
}

export function orderKey(id: string, source = 'woo'): RecordKey {
  return { source, type: 'order', id };
}

export function order(id: string, version = 1) {
  return { id, version, source: { system: 'SHOP', fetchedAt: '2026-01-01T00:00:00Z', stale: false } };
}

/** A vendor whose every call is written down. */
export function createVendor<T>(answer: (key: RecordKey) => T | null | Promise<T | null>) {
  const calls: string[][] = [];
  const load: Load<T> = async (keys) => {
    calls.push(keys.map(({ id }) => id));
    return Promise.all(keys.map(answer));
  };
  return { calls, load };
}

export function failure(code: 'UPSTREAM_UNAVAILABLE' | 'UPSTREAM_AUTH'): UpstreamError {
  return new UpstreamError({ code, message: 'failed', source: 'woo', vendor: 'test', operation: 'test' });
}

export function callContext(signal = new AbortController().signal): CallContext & { ages: Freshness[] } {
  const ages: Freshness[] = [];
  return { requestId: 'test', signal, notProvided: () => {}, served: (age) => void ages.push(age), ages };
}
