import type { RecordCache } from '../../subgraphs/shared/record-cache.ts';
import type { EntityCache } from '../entity-cache/entity-cache.ts';

/**
 * The same record cache; what is invalidated or erased in it, is so in the gateway's entity cache as well, and after it:
 * what is asked for in between then still counts as asked for before.
 */
export function watchRecords(records: RecordCache, entities: EntityCache | null): RecordCache {
  if (entities === null) return records;
  return {
    ...records,
    invalidate: async (tags) => {
      const count = await records.invalidate(tags);
      await entities.invalidate(tags);
      return count;
    },
    erase: async (tags, untilMs) => {
      const count = await records.erase(tags, untilMs);
      return count + (await entities.erase(tags, untilMs));
    },
  };
}
