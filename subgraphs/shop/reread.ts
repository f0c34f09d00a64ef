import type { Reread } from '../shared/webhooks/reread-queue.ts';
import type { ShopSource } from './source.ts';

/** Reads changed records of the shops into the cache that stands before them. */
export function createReread(sources: readonly ShopSource[]): Reread {
  return async (name, type, ids, context) => {
    const source = sources.find((one) => one.name === name);
    if (type === 'order') await source?.ordersByIds(ids, context);
    if (type === 'customer') await source?.customersByIds(ids, context);
    if (type === 'product') await source?.productsBySkus(ids, context);
  };
}
