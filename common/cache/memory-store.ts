import { LRUCache } from 'lru-cache';
import { allTags, type Claim, keyText, type RecordStore, type StoredRecord } from './record-store.ts';

/** Of one process. `maxRecords` defaults to 50,000: some 100 MB at 2 KB a record. */
export function createMemoryStore(config: { maxRecords?: number; now?: () => number } = {}): RecordStore {
  const { maxRecords = 50_000, now = Date.now } = config;
  const keysByTag = new Map<string, Set<string>>();
  const invalidations = createInvalidationLog();
  const types = new Map<string, Set<string>>();
  const erasedUntil = new Map<string, number>();
  const entries = new LRUCache<string, StoredRecord>({
    max: maxRecords,
    dispose: (record, key) => untag(keysByTag, key, record),
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
      if (invalidations.anySince(since, tags) || tags.some((tag) => (erasedUntil.get(tag) ?? 0) > now())) continue;
      const key = keyText(record.key);
      entries.set(key, record);
      types.set(record.key.source, (types.get(record.key.source) ?? new Set()).add(record.key.type));
      for (const tag of tags) keysByTag.set(tag, (keysByTag.get(tag) ?? new Set()).add(key));
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
    const keys = new Set(tags.flatMap((name) => [...(keysByTag.get(name) ?? [])]));
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
    invalidate,
    erase: async (tags, untilMs) => {
      for (const [tag, endMs] of erasedUntil) if (endMs <= now()) erasedUntil.delete(tag);
      for (const tag of tags) erasedUntil.set(tag, untilMs);
      return invalidate(tags);
    },
    typesOf: async (source) => [...(types.get(source) ?? [])],
    close: async () => {},
  };
}

function untag(keysByTag: Map<string, Set<string>>, key: string, record: StoredRecord): void {
  for (const tag of allTags(record)) {
    const keys = keysByTag.get(tag);
    keys?.delete(key);
    if (keys?.size === 0) keysByTag.delete(tag);
  }
}

/** Remembers which tags were invalidated lately, so that a fill can tell whether what it read is still good. */
function createInvalidationLog(limit = 1000) {
  const entries: { at: number; tags: ReadonlySet<string> }[] = [];
  let count = 0;
  return {
    now: () => count,
    add: (tags: readonly string[]) => {
      count += 1;
      entries.push({ at: count, tags: new Set(tags) });
      if (entries.length > limit) entries.shift();
    },
    anySince: (since: number, tags: readonly string[]) => {
      const forgotten = since < count - entries.length;
      return forgotten || entries.some((entry) => entry.at > since && tags.some((tag) => entry.tags.has(tag)));
    },
  };
}
