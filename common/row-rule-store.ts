import { createHash } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import { CodedError } from './errors.ts';
import type { Redis } from './redis.ts';

/** Where long row rules wait for the subgraphs: a header holds only their id, which is the hash of their text. */
export interface RowRuleStore {
  /** Answers the text's id, once subgraphs can read it. */
  put(text: string): Promise<string>;
  /** Throws AUTHENTICATION_UNAVAILABLE when it can't be had: a caller whose rules are unknown is answered nothing. */
  get(id: string): Promise<string>;
}

/** For subgraphs in the gateway's own process. */
export function createMemoryRowRuleStore(): RowRuleStore {
  const texts = new LRUCache<string, string>({ max: 10_000 });
  return {
    put: async (text) => {
      const id = idOf(text);
      texts.set(id, text);
      return id;
    },
    get: async (id) => texts.get(id) ?? unavailable(),
  };
}

/** Nothing can stand in for rules: whoever needs them waits longer for Redis than others do. */
const TIMEOUT_MS = 500;
/** Put again after half of it, so that rules in use never run out. */
const LIFE_MS = 3_600_000;

/** For subgraphs elsewhere. */
export function createRedisRowRuleStore(redis: Redis): RowRuleStore {
  const read = new LRUCache<string, string>({ max: 1000 });
  const written = new LRUCache<string, true>({ max: 10_000, ttl: LIFE_MS / 2 });
  // It may have come back empty.
  redis.client.on('ready', () => written.clear());
  return {
    put: async (text) => {
      const id = idOf(text);
      if (written.has(id)) return id;
      const set = redis.within(TIMEOUT_MS, (client) => client.set(keyOf(id), text, { PX: LIFE_MS }));
      await set.catch(unavailable);
      written.set(id, true);
      return id;
    },
    get: async (id) => {
      const text =
        read.get(id) ?? (await redis.within(TIMEOUT_MS, (client) => client.get(keyOf(id))).catch(unavailable));
      // Whoever can write to Redis must not be able to change anybody's rules.
      if (text === null || idOf(text) !== id) return unavailable();
      read.set(id, text);
      return text;
    },
  };
}

function keyOf(id: string): string {
  return `jeden:rows:${id}`;
}

function idOf(text: string): string {
  return createHash('sha256').update(text).digest('base64url');
}

function unavailable(): never {
  throw new CodedError('AUTHENTICATION_UNAVAILABLE', "The caller's row rules cannot be had now");
}
