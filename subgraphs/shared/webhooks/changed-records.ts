import type { RecordCache, RecordKey } from '../record-cache.ts';
import type { CallContext } from '../upstream/context.ts';

/** What is done about records that changed: a domain's answer for all of its sources. */
export interface ChangedRecords {
  /** Reads records of one type through the cache: what is there costs nothing. */
  reread(source: string, type: string, ids: readonly string[], context: CallContext): Promise<void>;
  /** The tags of the lists and look-ups that a record stands in, as the cache has it; null where it has none. */
  placesOf(key: RecordKey): Promise<readonly string[] | null>;
}

/** Where a record stands as it is cached; null where it is not. */
export async function placesIn<T>(
  cache: RecordCache,
  key: RecordKey,
  placesOf: (record: T) => string[],
): Promise<string[] | null> {
  const [record] = await cache.peekMany<T>([key]);
  return record ? placesOf(record) : null;
}
