import type { RecordCache } from '../shared/record-cache.ts';
import { type ChangedRecords, placesIn } from '../shared/webhooks/changed-records.ts';
import { placesOfClient, placesOfInvoice } from './places.ts';
import type { AccountingSource } from './source.ts';

/** Of the accounting systems, which stand behind the cache. */
export function createChangedRecords(sources: readonly AccountingSource[], cache: RecordCache): ChangedRecords {
  return {
    reread: async (name, type, ids, context) => {
      const source = sources.find((one) => one.name === name);
      if (type === 'invoice') await source?.invoicesByIds(ids, context);
      if (type === 'client') await source?.clientsByIds(ids, context);
      if (type === 'product') await source?.productsBySkus(ids, context);
    },
    placesOf: async (key) => {
      if (key.type === 'invoice') return placesIn(cache, key, placesOfInvoice);
      if (key.type === 'client') return placesIn(cache, key, placesOfClient);
      return [];
    },
  };
}
