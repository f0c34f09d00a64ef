import { z } from 'zod';
import { cacheKeySetting } from '../../common/cache/operator-auth.ts';
import { createRedisStore } from '../../common/cache/redis-store.ts';
import { durationSchema } from '../../common/duration.ts';
import type { Logger } from '../../common/log.ts';
import type { CacheMetrics } from '../../common/metrics/cache-metrics.ts';
import type { Redis } from '../../common/redis.ts';
import { type Parsed, setting } from '../../common/settings.ts';
import { createEntityCache, type EntityCache } from './entity-cache.ts';
import { createSharedEntityCache } from './shared-entity-cache.ts';

export interface OpenEntityCache {
  cache: EntityCache;
  close(): Promise<void>;
}

/** What the gateway keeps of its subgraphs' answers. */
export const entityCacheSettings = {
  entityCache: setting({
    name: 'ENTITY_CACHE',
    schema: z.enum(['on', 'off'], 'expected on or off').transform((text) => text === 'on'),
    default: 'off',
    description: 'whether the gateway keeps what subgraphs answer, as long as their Cache-Control allows',
  }),
  entityCacheMaxTtl: setting({
    name: 'ENTITY_CACHE_MAX_TTL',
    schema: durationSchema,
    default: '1h',
    description: 'no answer of a subgraph is kept longer, whatever it says',
  }),
  entityCacheDefaultTtl: setting({
    name: 'ENTITY_CACHE_DEFAULT_TTL',
    schema: durationSchema,
    default: null,
    description: 'how long an answer is kept whose Cache-Control says no time, as "public"; without it not at all',
  }),
  entityCacheNegativeTtl: setting({
    name: 'ENTITY_CACHE_NEGATIVE_TTL',
    schema: durationSchema,
    default: '10s',
    description: 'how long at most "there is no such entity" is kept',
  }),
  entityCacheMb: setting({
    name: 'ENTITY_CACHE_MB',
    schema: z
      .string()
      .regex(/^[1-9]\d{0,5}$/, 'expected a whole number above zero')
      .transform(Number),
    default: '256',
    description: "memory for what the gateway keeps of subgraphs' answers, in MB",
  }),
  cacheKey: cacheKeySetting,
};

interface EntityCacheDeps {
  metrics: CacheMetrics;
  log: Logger;
  /** Null: each process keeps for itself. */
  redis: Redis | null;
  /** The same in all processes that share the Redis: names there are hashed under the first. */
  secrets: readonly Buffer[];
}

/** The entity cache of a process, in Redis where one is set, else in its memory. Null where it is switched off. */
export function openEntityCache(
  settings: Parsed<typeof entityCacheSettings>,
  { metrics, log, redis, secrets }: EntityCacheDeps,
): OpenEntityCache | null {
  const { entityCache, entityCacheMaxTtl, entityCacheDefaultTtl, entityCacheNegativeTtl, entityCacheMb } = settings;
  if (!entityCache) return null;
  const limits = { maxMs: entityCacheMaxTtl, defaultMs: entityCacheDefaultTtl, negativeMs: entityCacheNegativeTtl };
  if (redis === null) {
    const cache = createEntityCache({ ...limits, maxBytes: entityCacheMb * 1024 * 1024, metrics });
    return { cache, close: async () => {} };
  }
  const { url, timeoutMs: deadlineMs, alarm } = redis;
  const store = createRedisStore({ url, name: 'jeden-entities', secrets, deadlineMs, alarm, log });
  return { cache: createSharedEntityCache({ ...limits, store, metrics }), close: store.close };
}
