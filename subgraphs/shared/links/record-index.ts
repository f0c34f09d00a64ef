import { type RecordCache, type RecordKey, recordTag } from '../record-cache.ts';
import type { CallContext, Priority } from '../upstream/context.ts';
import type { IndexEntry, LinkIndex, PutOptions, PutResult } from './link-index.ts';
import { parseState } from './sync-state.ts';

/** How records of one kind stand in an index and in the cache before it. */
export interface RecordShape<T> {
  keyOf(id: string): RecordKey;
  /** The tag of all of them. */
  collection: string;
  toEntry(record: T): IndexEntry;
  /** Whether a tag is of a list that the index holds. */
  isParent(tag: string): boolean;
  /** The tags of all parents and look-ups that a record stands in. */
  placesOf(record: T): readonly string[];
}

/** The records of one kind of one source, as the sync and all readings keep them. */
export interface RecordIndex<T> {
  /** All records of one parent, in no order; null where the index can't tell. */
  list(parent: string, context: CallContext): Promise<T[] | null>;
  /** Reads records from the vendor and keeps what came, unless the index is away. In the order asked, null for what is gone. */
  read(ids: readonly string[], context: CallContext): Promise<(T | null)[]>;
  /** Of what the index is told by others: to be taken before records are read that are then put. */
  mark(priority: Priority): Promise<{ mark: number; state: string | null }>;
  put(records: readonly T[], options: PutOptions): Promise<PutResult[]>;
  /** The same of records that others may know as they were: the cache forgets those. */
  keepNews(records: readonly T[], options: PutOptions): Promise<void>;
  /** Takes the tags that concern it as news of changes. */
  invalidated(tags: readonly string[]): Promise<void>;
  /** Forgets the records and lists with these tags, and takes back none of the lists until then (epoch milliseconds). */
  erased(tags: readonly string[], untilMs: number): Promise<void>;
  /** For the sync. */
  links: LinkIndex;
}

export interface RecordIndexConfig<T> {
  links: LinkIndex;
  cache: RecordCache;
  shape: RecordShape<T>;
  readByIds(ids: readonly string[], context: CallContext): Promise<readonly (T | null)[]>;
  /** How long after the last successful sync the index is still believed. */
  maxAgeMs: number;
  now?: () => number;
}

const TELL_AGAIN_MS = 100;

export function createRecordIndex<T>(config: RecordIndexConfig<T>): RecordIndex<T> {
  const { links, cache, shape, readByIds, maxAgeMs, now = Date.now } = config;
  const prefix = recordTag(shape.keyOf(''));
  /** What could not be told to the index when it happened: until it is, the index is not believed here. */
  const untold = { ids: new Set<string>(), parents: new Set<string>() };
  let isTelling = false;

  async function settle(): Promise<void> {
    if (untold.ids.size + untold.parents.size === 0) return;
    const [ids, parents] = [[...untold.ids], [...untold.parents]];
    await links.markChanged(ids, parents);
    for (const id of ids) untold.ids.delete(id);
    for (const parent of parents) untold.parents.delete(parent);
  }

  async function isTold(): Promise<boolean> {
    try {
      await settle();
      return true;
    } catch {
      tellAgain();
      return false;
    }
  }

  /** Others read the index too, and believe it again soon after it is back. */
  function tellAgain(): void {
    if (isTelling) return;
    isTelling = true;
    setTimeout(() => {
      isTelling = false;
      void isTold();
    }, TELL_AGAIN_MS).unref();
  }

  async function list(parent: string, context: CallContext): Promise<T[] | null> {
    if (!(await isTold())) return null;
    const found = await links.list([parent]);
    const state = parseState(found?.state ?? null);
    if (!found || !state?.wholeAt || state.syncedAt === null || state.syncedAt < now() - maxAgeMs) return null;
    const { records, changed, unknownSince, isErased } = found.lists[0]!;
    if (isErased || unknownSince > state.syncedMark) return null;
    const again = changed.length > 0 ? await readThroughCache(changed, context) : [];
    // Cast: the index holds records of this shape alone.
    const listed = [...(records as T[]), ...again.filter((one) => shape.toEntry(one).parents.includes(parent))];
    const ageMs = now() - state.syncedAt;
    context.served?.({ ageMs, freshMs: Math.max(maxAgeMs - ageMs, 0), stale: null, tags: tagsOf(parent, listed) });
    return listed;
  }

  function tagsOf(parent: string, records: readonly T[]) {
    return cache.tagNames(() => [parent, ...records.map((record) => recordTag(shape.keyOf(shape.toEntry(record).id)))]);
  }

  /** Many who ask for one changed record at once make one call. */
  async function readThroughCache(ids: readonly string[], context: CallContext): Promise<T[]> {
    const load = (missing: readonly RecordKey[]) =>
      read(
        missing.map(({ id }) => id),
        context,
      );
    const records = await cache.getMany<T>(ids.map(shape.keyOf), load);
    return records.filter((record) => record !== null);
  }

  async function read(ids: readonly string[], context: CallContext): Promise<(T | null)[]> {
    const before = await mark(context.priority ?? 'interactive').catch(() => null);
    const records = await readByIds(ids, context);
    if (before === null) return [...records];
    const found = records.filter((record) => record !== null);
    const gone = ids.filter((_, index) => records[index] === null);
    try {
      const results = await put(found, { since: before.mark, round: 0 });
      await links.remove(gone);
      // The records' own tags stay: this reading fills the cache with them. Who told of the change told the others'.
      const isWhole = parseState(before.state)?.wholeAt != null;
      const moved = found.filter((_, index) => results[index] === 'moved' || (isWhole && results[index] === 'new'));
      await invalidate(moved.flatMap(shape.placesOf));
    } catch {
      // The index is away; the answer is not.
    }
    return [...records];
  }

  async function mark(priority: Priority) {
    await settle();
    return links.mark(priority);
  }

  function put(records: readonly T[], options: PutOptions): Promise<PutResult[]> {
    return records.length === 0 ? Promise.resolve([]) : links.put(records.map(shape.toEntry), options);
  }

  /** What the sync finds: the cache may hold what these records were, and the lists in which they were not. */
  async function keepNews(records: readonly T[], options: PutOptions): Promise<void> {
    const results = await put(records, options);
    const tags = records.flatMap((record, index) => {
      const result = results[index]!;
      if (result === 'refused' || result === 'same') return [];
      const own = [recordTag(shape.keyOf(shape.toEntry(record).id)), shape.collection];
      return result === 'changed' ? own : [...own, ...shape.placesOf(record)];
    });
    await invalidate(tags);
  }

  async function invalidate(tags: readonly string[]): Promise<void> {
    if (tags.length > 0) await cache.invalidate([...new Set(tags)]);
  }

  return {
    list,
    read,
    mark,
    put,
    keepNews,
    links,
    invalidated: async (tags) => {
      for (const tag of tags) {
        if (tag.startsWith(prefix)) untold.ids.add(tag.slice(prefix.length));
        else if (shape.isParent(tag)) untold.parents.add(tag);
      }
      await isTold();
    },
    erased: async (tags, untilMs) => {
      const ids = tags.filter((tag) => tag.startsWith(prefix)).map((tag) => tag.slice(prefix.length));
      await links.removeParents(tags.filter(shape.isParent), untilMs);
      await links.remove(ids);
    },
  };
}
