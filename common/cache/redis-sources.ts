import type { CacheClient } from './redis-link.ts';
import { ERASED, namesOf, SOURCES } from './redis-names.ts';

/** Which sources have records in Redis: a tag of one source may stand on records of any other. */
export interface SourceList {
  /** To be called before a source's first load: from then on invalidations and tombstones reach it. */
  add(client: CacheClient, source: string): Promise<void>;
  all(client: CacheClient): Promise<string[]>;
  forget(): void;
}

export function createSourceList(): SourceList {
  const added = new Map<string, Promise<void>>();
  return {
    add: (client, source) => {
      const known = added.get(source);
      if (known) return known;
      const adding = register(client, source);
      adding.catch(() => added.delete(source));
      added.set(source, adding);
      return adding;
    },
    all: async (client) => [...new Set([...added.keys(), ...(await client.sMembers(SOURCES))])],
    forget: () => added.clear(),
  };
}

/** Listed first: a person who is erased from here on is erased there too, whoever was before is copied. */
async function register(client: CacheClient, source: string): Promise<void> {
  await client.sAdd(SOURCES, source);
  const erased = await client.zRangeWithScores(ERASED, 0, -1);
  if (erased.length > 0) await client.zAdd(namesOf(source).erased, erased);
}
