import { LRUCache } from 'lru-cache';

/** Where the record cache keeps its records. Asynchronous, so that a shared store fits behind it. */
export interface RecordStore {
  /** In the order asked; undefined for what is absent or expired. */
  getMany(keys: readonly string[]): Promise<(StoredRecord | undefined)[]>;
  setMany(records: readonly StoredRecord[]): Promise<void>;
  /** Removes every record that has one of the tags and answers how many there were. */
  invalidate(tags: readonly string[]): Promise<number>;
}

export interface StoredRecord {
  /** Its own key, compared on read: a store that mixes records up causes a miss, never a wrong answer. */
  key: string;
  value: unknown;
  tags: readonly string[];
  ttlMs: number;
}

interface Entry {
  record: StoredRecord;
  expiresAtMs: number;
}

/** `maxRecords` defaults to 50,000: some 100 MB at 2 KB a record. */
export function createMemoryRecordStore(config: { maxRecords?: number; now?: () => number } = {}): RecordStore {
  const { maxRecords = 50_000, now = () => performance.now() } = config;
  const keysByTag = new Map<string, Set<string>>();
  const entries = new LRUCache<string, Entry>({
    max: maxRecords,
    dispose: ({ record }) => untag(keysByTag, record),
  });

  function read(key: string): StoredRecord | undefined {
    const entry = entries.get(key);
    if (!entry) return undefined;
    if (entry.expiresAtMs > now()) return entry.record;
    entries.delete(key);
    return undefined;
  }

  return {
    getMany: async (keys) => keys.map(read),
    setMany: async (records) => {
      for (const record of records) {
        entries.set(record.key, { record, expiresAtMs: now() + record.ttlMs });
        tag(keysByTag, record);
      }
    },
    invalidate: async (tags) => {
      const keys = new Set(tags.flatMap((name) => [...(keysByTag.get(name) ?? [])]));
      for (const key of keys) entries.delete(key);
      return keys.size;
    },
  };
}

function tag(keysByTag: Map<string, Set<string>>, record: StoredRecord): void {
  for (const name of record.tags) {
    const keys = keysByTag.get(name) ?? new Set();
    keysByTag.set(name, keys.add(record.key));
  }
}

function untag(keysByTag: Map<string, Set<string>>, record: StoredRecord): void {
  for (const name of record.tags) {
    const keys = keysByTag.get(name);
    keys?.delete(record.key);
    if (keys?.size === 0) keysByTag.delete(name);
  }
}
