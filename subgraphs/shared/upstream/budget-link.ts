import type { Logger } from '../../../common/log.ts';
import type { Redis } from '../../../common/redis.ts';
import type { Script } from './budget-script.ts';

/** A Redis that failed is not asked again for this long. */
const REDIS_PAUSE_MS = 2000;

/** Runs scripts in Redis, for all sources of this process together: what one learns of an outage spares the others. */
export interface BudgetLink {
  /** Null while Redis is away or hangs. */
  run(script: Script, keys: string[], values: readonly (string | number)[]): Promise<unknown>;
}

export function createBudgetLink(redis: Redis, log?: Logger): BudgetLink {
  let askAgainAt = 0;
  return {
    run: async (script, keys, values) => {
      if (!redis.isUsable() || performance.now() < askAgainAt) return null;
      try {
        return await redis.ask(() => evaluate(redis, script, keys, values.map(String)));
      } catch (err) {
        const isTold = performance.now() < askAgainAt;
        askAgainAt = performance.now() + REDIS_PAUSE_MS;
        if (isTold) return null;
        log?.warn({ err }, 'calls to vendors are counted in this process until Redis answers again');
        return null;
      }
    },
  };
}

async function evaluate({ client }: Redis, { text, sha }: Script, keys: string[], values: string[]): Promise<unknown> {
  const call = { keys, arguments: values };
  try {
    return await client.evalSha(sha, call);
  } catch (error) {
    // The first call after a start of Redis.
    if (error instanceof Error && error.message.startsWith('NOSCRIPT')) return client.eval(text, call);
    throw error;
  }
}
