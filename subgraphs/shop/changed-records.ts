import type { RecordCache } from '../shared/record-cache.ts';
import { type ChangedRecords, placesIn } from '../shared/webhooks/changed-records.ts';
import { placesOfCustomer, placesOfOrder } from './order-places.ts';
import type { ShopSource } from './source.ts';

/** Of the shops, which stand behind the cache. */
export function createChangedRecords(sources: readonly ShopSource[], cache: RecordCache): ChangedRecords {
  return {
    reread: async (name, type, ids, context) => {
      const source = sources.find((one) => one.name === name);
      if (type === 'order') await source?.ordersByIds(ids, context);
      if (type === 'customer') await source?.customersByIds(ids, context);
      if (type === 'product') await source?.productsBySkus(ids, context);
    },
    placesOf: async (key) => {
      if (key.type === 'order') return placesIn(cache, key, placesOfOrder);
      if (key.type === 'customer') return placesIn(cache, key, placesOfCustomer);
      return [];
    },
  };
}
