import type { Reread } from '../shared/webhooks/reread-queue.ts';
import type { AccountingSource } from './source.ts';

/** Reads changed records of the accounting systems into the cache that stands before them. */
export function createReread(sources: readonly AccountingSource[]): Reread {
  return async (name, type, ids, context) => {
    const source = sources.find((one) => one.name === name);
    if (type === 'invoice') await source?.invoicesByIds(ids, context);
    if (type === 'client') await source?.clientsByIds(ids, context);
    if (type === 'product') await source?.productsBySkus(ids, context);
  };
}
