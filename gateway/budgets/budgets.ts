import { createHash } from 'node:crypto';
import { RateLimiterMemory, RateLimiterRedis } from 'rate-limiter-flexible';
import type { Logger } from '../../common/log.ts';
import type { Redis } from '../../common/redis.ts';
import type { Caller } from '../tokens/caller.ts';
import { networkOf } from './network.ts';

/** Who pays for a request: a client, or without a token the address it came from. */
export type Payer = Pick<Caller, 'issuer' | 'clientId' | 'subject' | 'budget'> & { address: string };

/** Where a budget stands after a request. */
export interface BudgetState {
  allowed: boolean;
  /** Points a minute. */
  limit: number;
  remaining: number;
  /** Until all of it is there again. */
  resetMs: number;
}

/** Cost points a minute, for each client. */
export interface Budgets {
  /** Never fails. What is not allowed costs nothing: a smaller request may still fit. */
  take(payer: Payer, points: number): Promise<BudgetState>;
}

export interface BudgetsOptions {
  /** Points a minute of a client for which nothing else is configured. */
  perMinute: number;
  /** Points a minute of an address without a token. */
  anonymousPerMinute: number;
  /** Null: each process counts for itself. */
  redis: Redis | null;
  log: Logger;
  /** Where it counts in Redis, default `jeden:budget`. */
  keyPrefix?: string;
}

const WINDOW_SECONDS = 60;
/** A Redis that failed is not asked again for this long. */
const REDIS_PAUSE_MS = 2000;

/**
 * Counts in Redis, for all replicas together; while Redis is away each replica counts for itself, from nothing. A budget
 * guards against mistakes and greed, so an outage of Redis makes it wider and closes nothing.
 */
export function createBudgets(options: BudgetsOptions): Budgets {
  const { perMinute, anonymousPerMinute } = options;
  const count = createCounter(options);
  return {
    async take(payer, points) {
      const limit = payer.budget ?? ((payer.clientId ?? payer.subject) ? perMinute : anonymousPerMinute);
      const { consumedPoints: spent, msBeforeNext, giveBack } = await count(keyOf(payer), points);
      const allowed = spent <= limit;
      if (!allowed) await giveBack();
      const remaining = limit - (allowed ? spent : spent - points);
      return { allowed, limit, remaining: Math.max(remaining, 0), resetMs: Math.max(msBeforeNext, 0) };
    },
  };
}

interface Counted {
  consumedPoints: number;
  msBeforeNext: number;
  giveBack(): Promise<unknown>;
}

/** The limiters only count: each client has a limit of its own, and they know but one for all. */
function createCounter({ redis, log, keyPrefix = 'jeden:budget' }: BudgetsOptions) {
  const settings = { points: Number.MAX_SAFE_INTEGER, duration: WINDOW_SECONDS, keyPrefix };
  const memory = new RateLimiterMemory(settings);
  const inMemory = async (key: string, points: number): Promise<Counted> => {
    const { consumedPoints, msBeforeNext } = await memory.penalty(key, points);
    return { consumedPoints, msBeforeNext, giveBack: () => memory.reward(key, points) };
  };
  if (redis === null) return inMemory;

  const shared = new RateLimiterRedis({ ...settings, storeClient: redis.client, useRedisPackage: true });
  let askAgainAt = 0;
  const pause = (err: unknown) => {
    askAgainAt = performance.now() + REDIS_PAUSE_MS;
    log.warn({ err }, 'budgets are counted in this process until Redis answers again');
  };
  return async (key: string, points: number): Promise<Counted> => {
    if (!redis.isUsable() || performance.now() < askAgainAt) return inMemory(key, points);
    try {
      const { consumedPoints, msBeforeNext } = await redis.ask(() => shared.penalty(key, points));
      if (!Number.isSafeInteger(consumedPoints)) throw new Error('Redis answered something else than a count');
      // Where it was taken from: given back elsewhere it would be a present.
      const giveBack = () => redis.ask(() => shared.reward(key, points)).catch(pause);
      return { consumedPoints, msBeforeNext, giveBack };
    } catch (err) {
      pause(err);
      return inMemory(key, points);
    }
  };
}

/** Hashed: an address is a person's, and what stands in a token may be of any length. */
function keyOf({ issuer, clientId, subject, address }: Payer): string {
  const who =
    clientId !== null
      ? ['client', issuer, clientId]
      : subject !== null
        ? ['subject', issuer, subject]
        : ['address', networkOf(address)];
  return createHash('sha256').update(JSON.stringify(who)).digest('base64url');
}
