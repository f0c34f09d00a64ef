import { hkdfSync } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { createLifetimes } from '../../../common/cache/lifetimes.ts';
import { createMemoryStore } from '../../../common/cache/memory-store.ts';
import { createRedisStore } from '../../../common/cache/redis-store.ts';
import type { Logger } from '../../../common/log.ts';
import type { CacheMetrics } from '../../../common/metrics/cache-metrics.ts';
import { type Parsed, setting } from '../../../common/settings.ts';
import { createRecordCache, type RecordCache } from '../record-cache.ts';
import type { SealKey } from '../seal.ts';
import { countReads } from './count-reads.ts';
import { addEraseRoute, type EraseDeps } from './erase-route.ts';
import { addInvalidationRoute } from './invalidation-route.ts';
import { parseDuration, parseLifetimeRules } from './lifetime-rules.ts';

const durationSchema = z.string().transform((text, context) => {
  const ms = parseDuration(text);
  if (ms !== null) return ms;
  context.addIssue({ code: 'custom', message: 'expected a duration, as 500ms, 30s, 5m, 24h or 7d' });
  return z.NEVER;
});

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
  cacheKey: setting({
    name: 'CACHE_INVALIDATION_KEY',
    schema: z.string().min(16, 'expected at least 16 characters'),
    default: null,
    secret: true,
    description:
      "key that POST /cache/invalidate and /cache/erase on the operators' port ask for; without one there are none",
  }),
  cacheRedisTimeout: setting({
    name: 'CACHE_REDIS_TIMEOUT',
    schema: durationSchema,
    default: '50ms',
    description: 'how long a request waits for the records in Redis before it does without them',
  }),
};

export interface CacheDeps {
  /** How Redis lists the connection. */
  name: string;
  redisUrl: string | null;
  /** Name what stands in Redis: the same for all processes that share it. */
  keys: readonly SealKey[];
  log: Logger;
  metrics: CacheMetrics;
}

/** The record cache of a process: in Redis where one is set, else in its memory. */
export function openRecordCache(settings: Parsed<typeof cacheSettings>, deps: CacheDeps): RecordCache {
  const { name, redisUrl, keys, log, metrics } = deps;
  const { cacheTtl, cacheNegativeTtl, cachePersonalMaxTtl, cacheRedisTimeout: deadlineMs } = settings;
  const lifetimes = createLifetimes({
    rules: cacheTtl,
    negativeMs: cacheNegativeTtl,
    personalMaxMs: cachePersonalMaxTtl,
  });
  const store =
    redisUrl === null
      ? createMemoryStore()
      : createRedisStore({ url: redisUrl, name, secrets: keys.map(nameSecret), log, deadlineMs });
  return createRecordCache({ store, lifetimes, onEvent: countReads(metrics) });
}

/** A key of its own for names, so that they tell nothing of what the key seals. */
function nameSecret({ secret }: SealKey): Buffer {
  return Buffer.from(hkdfSync('sha256', secret, '', 'jeden/cache/names/1', 32));
}

export interface CacheRoutesDeps extends Pick<EraseDeps, 'tracesOf'> {
  cache: RecordCache;
  /** The sources behind each subgraph of this process. */
  sourcesOf: Readonly<Record<string, readonly string[]>>;
}

/** What operators may tell the cache; nothing without a key. */
export function addCacheRoutes(
  server: FastifyInstance,
  { cacheKey, cacheTombstoneTtl: tombstoneMs }: Parsed<typeof cacheSettings>,
  { cache, sourcesOf, tracesOf }: CacheRoutesDeps,
): void {
  if (cacheKey === null) return;
  addInvalidationRoute(server, { cache, key: cacheKey, sourcesOf });
  addEraseRoute(server, { cache, key: cacheKey, tombstoneMs, sources: Object.values(sourcesOf).flat(), tracesOf });
}
