import { LRUCache } from 'lru-cache';
import { createErasures } from './erasures.ts';
import { createInvalidationLog } from './invalidation-log.ts';
import { allTags, type Claim, keyText, type RecordStore, type StoredRecord } from './record-store.ts';
import { createTagIndex } from './tag-index.ts';

/** Of one process. `maxRecords` defaults to 50,000: some 100 MB at 2 KB a record. */
export function createMemoryStore(config: { maxRecords?: number; now?: () => number } = {}): RecordStore {
  const { maxRecords = 50_000, now = Date.now } = config;
  const index = createTagIndex<string>();
  const invalidations = createInvalidationLog();
  const types = new Map<string, Set<string>>();
  const erasures = createErasures(now);
  const entries = new LRUCache<string, StoredRecord>({
    max: maxRecords,
    dispose: (record, key) => index.remove(key, allTags(record)),
  });

  function read(key: string): StoredRecord | null {
    const record = entries.get(key);
    if (!record) return null;
    if (record.staleUntilMs > now()) return record;
    entries.delete(key);
    return null;
  }

  function keep(records: readonly StoredRecord[], since: number): void {
    for (const record of records) {
      const tags = allTags(record);
      if (invalidations.anySince(since, tags) || erasures.any(tags)) continue;
      const key = keyText(record.key);
      entries.set(key, record);
      types.set(record.key.source, (types.get(record.key.source) ?? new Set()).add(record.key.type));
      index.add(key, tags);
    }
  }

  function claim(count: number): Claim {
    const since = invalidations.now();
    return {
      isOurs: Array.from({ length: count }, () => true),
      keep: async (records) => keep(records, since),
      release: async () => {},
      untilSettled: async () => {},
    };
  }

  async function invalidate(tags: readonly string[]): Promise<number> {
    invalidations.add(tags);
    const keys = index.keysOf(tags);
    for (const key of keys) entries.delete(key);
    return keys.size;
  }

  return {
    getMany: async (keys) => {
      const generation = String(invalidations.now());
      return keys.map((key) => ({ record: read(keyText(key)), layer: 'memory', generation }));
    },
    claim: async (keys) => claim(keys.length),
    startFill: invalidations.now,
    setMany: async (records, since) => keep(records, since),
    tagNames: (tags) => tags,
    invalidate,
    erase: async (tags, untilMs) => {
      erasures.add(tags, untilMs);
      return invalidate(tags);
    },
    typesOf: async (source) => [...(types.get(source) ?? [])],
    close: async () => {},
  };
}
