import { hash } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import type { Redis } from '../../../common/redis.ts';

/** Remembers which events were worked off. */
export interface Duplicates {
  /** For each key whether it is new; the caller has it now. */
  claim(keys: readonly string[]): Promise<boolean[]>;
  /** Worked off: whoever comes with the key again is a duplicate. */
  settle(keys: readonly string[]): Promise<void>;
  /** Not worked off: the next one who comes with the key is the first. */
  release(keys: readonly string[]): Promise<void>;
}

/** The longest for which a vendor is known to send the same again (HubSpot), by those who say the most. */
const LIFE_MS = 3 * 24 * 60 * 60_000;
/** Whoever holds a key longer without settling it has crashed; the vendor's next attempt is then no duplicate. */
const CLAIM_MS = 30_000;
const MAX_KEYS = 100_000;

/** For one process. */
export function createMemoryDuplicates(): Duplicates {
  const known = new LRUCache<string, true>({ max: MAX_KEYS, ttl: LIFE_MS });
  return {
    claim: async (keys) =>
      keys.map((key) => {
        if (known.has(key)) return false;
        known.set(key, true, { ttl: CLAIM_MS });
        return true;
      }),
    settle: async (keys) => {
      for (const key of keys) known.set(key, true);
    },
    release: async (keys) => {
      for (const key of keys) known.delete(key);
    },
  };
}

/** A vendor waits for its answer meanwhile: five seconds, the most impatient one. */
const TIMEOUT_MS = 500;

/** For all replicas. While Redis is away this process's own memory stands in: a record is then read twice, no more. */
export function createRedisDuplicates(redis: Redis): Duplicates {
  const own = createMemoryDuplicates();
  return {
    claim: async (keys) => {
      const claims = await own.claim(keys);
      const open = keys.filter((_, index) => claims[index]);
      const taken = await attempt(async () =>
        redis.within(TIMEOUT_MS, (client) =>
          Promise.all(
            open.map((key) =>
              client.set(nameOf(key), '1', { condition: 'NX', expiration: { type: 'PX', value: CLAIM_MS } }),
            ),
          ),
        ),
      );
      const refused = new Set(taken === null ? [] : open.filter((_, index) => taken[index] === null));
      return keys.map((key, index) => claims[index]! && !refused.has(key));
    },
    settle: async (keys) => {
      await own.settle(keys);
      await attempt(() =>
        redis.within(TIMEOUT_MS, (client) =>
          Promise.all(keys.map((key) => client.set(nameOf(key), '1', { expiration: { type: 'PX', value: LIFE_MS } }))),
        ),
      );
    },
    release: async (keys) => {
      await own.release(keys);
      await attempt(() =>
        redis.within(TIMEOUT_MS, (client) => Promise.all(keys.map((key) => client.del(nameOf(key))))),
      );
    },
  };
}

/** Null when Redis does not answer. */
async function attempt<T>(call: () => Promise<T>): Promise<T | null> {
  try {
    return await call();
  } catch {
    return null;
  }
}

/** Event keys hold what vendors send: of any length, and perhaps of people. */
function nameOf(key: string): string {
  return `jeden:webhook:${hash('sha256', key, 'base64url')}`;
}
