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

/** "known" and nothing else makes an event a duplicate: what Redis answers when it is ill must not lose one. */
const CLAIM = `
if redis.call('SET', KEYS[1], '1', 'NX', 'PX', ARGV[1]) then return 'new' end
return 'known'`;

/** For all replicas. While Redis is away this process's own memory stands in: a record is then read twice, no more. */
export function createRedisDuplicates(redis: Redis): Duplicates {
  const own = createMemoryDuplicates();
  return {
    claim: async (keys) => {
      const claims = await own.claim(keys);
      const open = keys.filter((_, index) => claims[index]);
      const taken = await attempt(async () =>
        redis.ask((client) =>
          Promise.all(open.map((key) => client.eval(CLAIM, { keys: [nameOf(key)], arguments: [String(CLAIM_MS)] }))),
        ),
      );
      const refused = new Set(open.filter((_, index) => taken?.[index] === 'known'));
      return keys.map((key, index) => claims[index]! && !refused.has(key));
    },
    settle: async (keys) => {
      await own.settle(keys);
      await attempt(() =>
        redis.ask((client) =>
          Promise.all(keys.map((key) => client.set(nameOf(key), '1', { expiration: { type: 'PX', value: LIFE_MS } }))),
        ),
      );
    },
    release: async (keys) => {
      await own.release(keys);
      await attempt(() => redis.ask((client) => Promise.all(keys.map((key) => client.del(nameOf(key))))));
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
