import { createHash } from 'node:crypto';
import type { Logger } from '../../../common/log.ts';
import type { Redis } from '../../../common/redis.ts';
import { createBudgetLink } from './budget-link.ts';
import type { BudgetStore } from './budget-store.ts';
import { createMemoryBudgetStore } from './memory-budget-store.ts';
import { createRedisBudgetStore } from './redis-budget-store.ts';

/** Whom a vendor counts as one: a credential at an address, however many sources use it. */
export interface BudgetOwner {
  vendor: string;
  baseUrl: string;
  credential: string;
}

/** What is left of the vendors' limits: one for the process, made where it starts. */
export interface UpstreamBudgets {
  storeOf(owner: BudgetOwner): BudgetStore;
}

/** With Redis all replicas count together; without, this process alone. */
export function createUpstreamBudgets({
  redis = null,
  log,
}: {
  redis?: Redis | null;
  log?: Logger;
} = {}): UpstreamBudgets {
  const link = redis && createBudgetLink(redis, log);
  const stores = new Map<string, BudgetStore>();
  return {
    storeOf: (owner) => {
      const key = keyOf(owner);
      const store = stores.get(key) ?? (link ? createRedisBudgetStore(link, key) : createMemoryBudgetStore());
      stores.set(key, store);
      return store;
    },
  };
}

/** Redis holds no credential, only its hash. */
function keyOf({ vendor, baseUrl, credential }: BudgetOwner): string {
  const origin = new URL(baseUrl).origin;
  const hash = createHash('sha256')
    .update(JSON.stringify([vendor, origin, credential]))
    .digest('base64url');
  return hash.slice(0, 22);
}
