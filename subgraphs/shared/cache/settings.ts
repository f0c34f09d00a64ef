import { hkdfSync } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { createLifetimes } from '../../../common/cache/lifetimes.ts';
import { createMemoryStore } from '../../../common/cache/memory-store.ts';
import { cacheKeySetting } from '../../../common/cache/operator-auth.ts';
import { createRedisStore } from '../../../common/cache/redis-store.ts';
import { durationSchema } from '../../../common/duration.ts';
import type { Logger } from '../../../common/log.ts';
import type { CacheMetrics } from '../../../common/metrics/cache-metrics.ts';
import type { Redis } from '../../../common/redis.ts';
import { type Parsed, setting } from '../../../common/settings.ts';
import { createRecordCache, type RecordCache } from '../record-cache.ts';
import type { SealKey } from '../seal.ts';
import { countReads } from './count-reads.ts';
import { addEraseRoute, type EraseDeps } from './erase-route.ts';
import { addInvalidationRoute, type InvalidationDeps } from './invalidation-route.ts';
import { parseLifetimeRules } from './lifetime-rules.ts';

/** How long the record cache of a process keeps what. */
export const cacheSettings = {
  cacheTtl: setting({
    name: 'CACHE_TTL',
    schema: z.string().transform((text, context) => {
      const rules = parseLifetimeRules(text);
      if (rules !== null) return rules;
      const message = 'expected source:type=FRESH[/REVALIDATE[/ON_ERROR]], comma separated, as *:order=30s/0s/10m';
      context.addIssue({ code: 'custom', message });
      return z.NEVER;
    }),
    default: '',
    description:
      'how long records count, by source and type, * for any: source:type=FRESH[/REVALIDATE[/ON_ERROR]], comma separated; without a rule 30s/0s/10m',
  }),
  cacheNegativeTtl: setting({
    name: 'CACHE_NEGATIVE_TTL',
    schema: durationSchema,
    default: '10s',
    description: 'how long "there is no such record" counts',
  }),
  cachePersonalMaxTtl: setting({
    name: 'CACHE_PERSONAL_MAX_TTL',
    schema: durationSchema,
    default: '24h',
    description: 'no record about a person is kept longer, whatever CACHE_TTL says, stale copies included',
  }),
  cacheTombstoneTtl: setting({
    name: 'CACHE_TOMBSTONE_TTL',
    schema: durationSchema,
    default: '30d',
    description: 'how long the cache keeps nothing of a person that was erased from it',
  }),
  cacheKey: cacheKeySetting,
};

export interface CacheDeps {
  /** How Redis lists the connection. */
  name: string;
  /** Its own connection joins the ones that this stands for; null = memory. */
  redis: Redis | null;
  /** Name what stands in Redis: the same for all processes that share it. */
  keys: readonly SealKey[];
  log: Logger;
  metrics: CacheMetrics;
  /** See RecordCacheConfig. */
  tellsTags?: boolean;
}

/** The record cache of a process: in Redis where one is set, else in its memory. */
export function openRecordCache(settings: Parsed<typeof cacheSettings>, deps: CacheDeps): RecordCache {
  const { name, redis, keys, log, metrics, tellsTags } = deps;
  const { cacheTtl, cacheNegativeTtl, cachePersonalMaxTtl } = settings;
  const lifetimes = createLifetimes({
    rules: cacheTtl,
    negativeMs: cacheNegativeTtl,
    personalMaxMs: cachePersonalMaxTtl,
  });
  const store =
    redis === null
      ? createMemoryStore()
      : createRedisStore({ ...joining(redis), name, secrets: keys.map(nameSecret), log });
  return createRecordCache({ store, lifetimes, tellsTags, onEvent: countReads(metrics) });
}

function joining({ url, timeoutMs, alarm }: Redis) {
  return { url, deadlineMs: timeoutMs, alarm };
}

/** A key of its own for names, so that they tell nothing of what the key seals. */
export function nameSecret({ secret }: SealKey): Buffer {
  return Buffer.from(hkdfSync('sha256', secret, '', 'jeden/cache/names/1', 32));
}

export interface CacheRoutesDeps extends Pick<EraseDeps, 'tracesOf'>, Pick<InvalidationDeps, 'alsoInvalidate'> {
  cache: RecordCache;
  /** The sources behind each subgraph of this process. */
  sourcesOf: Readonly<Record<string, readonly string[]>>;
}

/** What operators may tell the cache; nothing without a key. */
export function addCacheRoutes(
  server: FastifyInstance,
  { cacheKey, cacheTombstoneTtl: tombstoneMs }: Parsed<typeof cacheSettings>,
  { cache, sourcesOf, tracesOf, alsoInvalidate }: CacheRoutesDeps,
): void {
  if (cacheKey === null) return;
  addInvalidationRoute(server, { cache, key: cacheKey, sourcesOf, alsoInvalidate });
  addEraseRoute(server, { cache, key: cacheKey, tombstoneMs, sources: Object.values(sourcesOf).flat(), tracesOf });
}
