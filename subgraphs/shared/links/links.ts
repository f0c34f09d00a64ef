import { hash } from 'node:crypto';
import type { Logger } from '../../../common/log.ts';
import type { Redis } from '../../../common/redis.ts';
import type { RecordCache } from '../record-cache.ts';
import type { SourceStatus } from '../source-status.ts';
import type { CallContext } from '../upstream/context.ts';
import type { ChangeFeed } from './change-feed.ts';
import { createRedisLease, OWN_LEASE } from './lease.ts';
import { createMemoryIndex } from './memory-index.ts';
import { createRecordIndex, type RecordIndex, type RecordShape } from './record-index.ts';
import { createRedisIndex } from './redis-index.ts';
import { createSync, type Sync } from './sync.ts';

export interface LinksOptions {
  cache: RecordCache;
  /** Null = each process has an index of its own. */
  redis: Redis | null;
  /** Any secret that replicas share. */
  hashKey: Buffer;
  /** Pause between two looks for changes. Default 60 s. */
  intervalMs?: number;
  /** Pause between two readings of everything. Default a day. */
  reconcileMs?: number;
  /** How long an index is believed after the last look for changes. Default 5 intervals. */
  maxAgeMs?: number;
  /** How long after it was last heard of a replica is followed by another. Default 90 s: longer than a page takes. */
  leaseMs?: number;
  log?: Logger;
  now?: () => number;
}

/** A list that pays to be kept whole: records of one kind of one source. */
export interface Indexed<T> {
  source: string;
  /** As "orders". */
  collection: string;
  feed: ChangeFeed<T>;
  shape: RecordShape<T>;
  readByIds(ids: readonly string[], context: CallContext): Promise<readonly (T | null)[]>;
}

/** The indexes of a process, with the syncs that fill them. */
export interface Links {
  index<T>(indexed: Indexed<T>): RecordIndex<T>;
  /** The same cache; what is invalidated or erased in it, is so in the indexes as well. */
  watch(cache: RecordCache): RecordCache;
  /** How far the sync of a source is; null where it has none, or nobody can tell. */
  statusOf(source: string): Promise<SourceStatus['sync']>;
  /** Begins the work in the background. */
  start(): void;
  /** Works until there is nothing to do. */
  catchUp(): Promise<void>;
  close(): Promise<void>;
}

export function createLinks(options: LinksOptions): Links {
  const { cache, redis, hashKey, intervalMs = 60_000, reconcileMs = 86_400_000, log, now } = options;
  const { maxAgeMs = 5 * intervalMs, leaseMs = 90_000 } = options;
  const indexes: Pick<RecordIndex<unknown>, 'invalidated' | 'erased'>[] = [];
  const syncs = new Map<string, Sync>();

  return {
    index: <T>({ source, collection, feed, shape, readByIds }: Indexed<T>) => {
      const name = `${source}:${collection}`;
      const links = redis ? createRedisIndex({ redis, name, hashKey, now }) : createMemoryIndex(now);
      const index = createRecordIndex<T>({ links, cache, shape, readByIds, maxAgeMs, now });
      const lease = redis ? createRedisLease({ redis, name: `sync:${name}`, ttlMs: leaseMs }) : OWN_LEASE;
      syncs.set(source, createSync({ name, feed, index, lease, log, intervalMs, reconcileMs, now }));
      indexes.push(index);
      return index;
    },
    watch: (watched) => ({
      ...watched,
      invalidate: async (tags) => {
        await Promise.all(indexes.map((index) => index.invalidated(tags)));
        return watched.invalidate(tags);
      },
      erase: async (tags, untilMs) => {
        await Promise.all(indexes.map((index) => index.erased(tags, untilMs)));
        return watched.erase(tags, untilMs);
      },
    }),
    statusOf: async (source) => (await syncs.get(source)?.status()) ?? null,
    start: () => {
      for (const sync of syncs.values()) sync.start();
    },
    catchUp: async () => {
      for (const sync of syncs.values()) while ((await sync.step()) === 0);
    },
    close: async () => {
      await Promise.all([...syncs.values()].map((sync) => sync.close()));
    },
  };
}

/** What decides where a record stands, as short as an index wants it. */
export function shortPlace(place: unknown): string {
  return hash('sha256', JSON.stringify(place), 'base64url').slice(0, 8);
}
