import { randomUUID } from 'node:crypto';
import type { Redis } from '../../../common/redis.ts';

/** Who may do work that one replica does at a time. */
export interface Lease {
  /** Takes or keeps it; false while another has it. */
  hold(): Promise<boolean>;
  release(): Promise<void>;
}

/** Of a process that is alone. */
export const OWN_LEASE: Lease = { hold: async () => true, release: async () => {} };

const DEADLINE_MS = 1000;
const HOLD = `
  local holder = redis.call('GET', KEYS[1])
  if holder and holder ~= ARGV[1] then return 0 end
  redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
  return 1`;
const RELEASE = `if redis.call('GET', KEYS[1]) == ARGV[1] then redis.call('DEL', KEYS[1]) end`;

/** It runs out `ttlMs` after it was last held: a replica that ended without a word is followed by another. */
export function createRedisLease({ redis, name, ttlMs }: { redis: Redis; name: string; ttlMs: number }): Lease {
  const key = `jeden:lease:{${name}}`;
  const holder = randomUUID();
  const run = (script: string) =>
    redis.within(DEADLINE_MS, (client) => client.eval(script, { keys: [key], arguments: [holder, String(ttlMs)] }));
  return {
    hold: async () => {
      try {
        return (await run(HOLD)) === 1;
      } catch {
        // Without Redis nobody knows who holds it.
        return false;
      }
    },
    release: async () => {
      await run(RELEASE).catch(() => {
        // It runs out by itself.
      });
    },
  };
}
