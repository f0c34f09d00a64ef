import { LRUCache } from 'lru-cache';
import type { Redis } from '../../common/redis.ts';

/** What became of the call that took a key. */
type Begun =
  /** Nobody before, or somebody of whom it isn't known what became: the write is this call's now. */
  | { state: 'taken' }
  /** It was written before; `result` is what `finish` was told. */
  | { state: 'done'; result: string }
  /** Another call has it, now. */
  | { state: 'busy' }
  /** It was used for other content. */
  | { state: 'other' };

/** Remembers which writes were made under which key, so that a call that comes again writes nothing again. */
export interface WriteMemory {
  /** `content` tells whether two calls ask for the same. */
  begin(key: string, content: string): Promise<Begun>;
  finish(key: string, content: string, result: string): Promise<void>;
  /** The call failed. `isUnwritten` is certain that it wrote nothing: then the key is free for anything. */
  release(key: string, isUnwritten: boolean): Promise<void>;
}

/** How long a key counts. */
const LIFE_MS = 24 * 60 * 60_000;
/** No request lasts longer; whoever holds a key beyond it is gone. */
const BUSY_MS = 130_000;
const MAX_KEYS = 10_000;

interface Entry {
  content: string;
  result: string | null;
  busyUntilMs: number;
}

/** For one process. */
export function createMemoryWriteMemory(now: () => number = Date.now): WriteMemory {
  const entries = new LRUCache<string, Entry>({ max: MAX_KEYS, ttl: LIFE_MS });
  return {
    begin: async (key, content) => {
      const entry = entries.get(key);
      if (entry && entry.content !== content) return { state: 'other' };
      if (entry?.result != null) return { state: 'done', result: entry.result };
      if (entry && entry.busyUntilMs > now()) return { state: 'busy' };
      entries.set(key, { content, result: null, busyUntilMs: now() + BUSY_MS });
      return { state: 'taken' };
    },
    finish: async (key, content, result) => {
      entries.set(key, { content, result, busyUntilMs: 0 });
    },
    release: async (key, isUnwritten) => {
      const entry = entries.get(key);
      if (isUnwritten) entries.delete(key);
      else if (entry) entries.set(key, { ...entry, busyUntilMs: 0 });
    },
  };
}

/** One step, so that of two replicas one gets the key. Answers the state and, when done, the result. */
const BEGIN = `
local known = redis.call('HMGET', KEYS[1], 'content', 'result', 'busyUntil')
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
if known[1] and known[1] ~= ARGV[1] then return { 'other' } end
if known[2] then return { 'done', known[2] } end
if known[3] and tonumber(known[3]) > now then return { 'busy' } end
redis.call('HSET', KEYS[1], 'content', ARGV[1], 'busyUntil', now + ARGV[2])
redis.call('PEXPIRE', KEYS[1], ARGV[3])
return { 'taken' }`;

/**
 * For all replicas. While Redis is away this process's own memory stands in: whoever writes looks for what is there
 * before, so that only two replicas at the very same time could write twice.
 */
export function createRedisWriteMemory(redis: Redis): WriteMemory {
  const own = createMemoryWriteMemory();
  const either = async <T>(call: Parameters<typeof redis.ask<T>>[0], fallback: () => Promise<T>): Promise<T> => {
    try {
      return await redis.ask(call);
    } catch {
      return fallback();
    }
  };
  return {
    begin: (key, content) =>
      either(
        async (client) => {
          const keys = [nameOf(key)];
          const answer = await client.eval(BEGIN, { keys, arguments: [content, String(BUSY_MS), String(LIFE_MS)] });
          return toBegun(answer);
        },
        () => own.begin(key, content),
      ),
    finish: async (key, content, result) => {
      await own.finish(key, content, result);
      await either(
        async (client) => {
          await client.hSet(nameOf(key), { content, result });
          await client.pExpire(nameOf(key), LIFE_MS);
        },
        async () => {},
      );
    },
    release: async (key, isUnwritten) => {
      await own.release(key, isUnwritten);
      await either(
        async (client) => {
          await (isUnwritten ? client.del(nameOf(key)) : client.hDel(nameOf(key), 'busyUntil'));
        },
        async () => {},
      );
    },
  };
}

function nameOf(key: string): string {
  return `jeden:write:${key}`;
}

function toBegun(answer: unknown): Begun {
  const [state, result] = Array.isArray(answer) ? answer : [];
  if (state === 'done' && typeof result === 'string') return { state, result };
  if (state === 'taken' || state === 'busy' || state === 'other') return { state };
  throw new Error('Redis answered something else than the script returns');
}
