import { hash } from 'node:crypto';
import { setImmediate as letOthersRun } from 'node:timers/promises';
import { type RecordCache, type RecordKey, recordTag } from '../record-cache.ts';
import type { CallContext } from '../upstream/context.ts';

/** A list as the source gives it. `M` is what it tells beside its records, such as whether there are more. */
export interface LoadedList<T, M> {
  records: readonly T[];
  more: M;
}

/** What the cache keeps of a list: its records stand under their own keys. */
interface LinkList<M> {
  links: { id: string; place: string }[];
  more: M;
}

export interface ListQuery<T, M> {
  /** Of the lists, in the order of the answer. */
  keys: readonly RecordKey[];
  /** Reads the lists that are not known. */
  load(missing: readonly RecordKey[], context: CallContext): Promise<readonly LoadedList<T, M>[]>;
  /** What invalidates a list, beside its own tag. */
  tags?: (key: RecordKey) => readonly string[];
  /** How many records of each list are wanted; default all. */
  first?: number;
}

/** Lists of records of one type, kept as links: one record that changes costs the reading of that record alone. */
export interface LinkLists<T> {
  read<M>(query: ListQuery<T, M>): Promise<LoadedList<T, M>[]>;
}

/** The ids in those of the lists that are cached. */
export async function cachedLinks(cache: RecordCache, keys: readonly RecordKey[]): Promise<string[]> {
  const lists = await cache.peekMany<LinkList<unknown>>(keys);
  return [...new Set(lists.flatMap((list) => list?.links.map(({ id }) => id) ?? []))];
}

export interface LinkListsConfig<T> {
  cache: RecordCache;
  keyOf(id: string): RecordKey;
  idOf(record: T): string;
  /** All that decides in which lists a record stands, and where. */
  placeOf(record: T): unknown;
}

/** Lists that are being changed while they are read are tried again so often, and then read past the cache. */
const MAX_ATTEMPTS = 2;

/** Then requests for other systems get their turn: keeping a page of a hundred holds the process for some ten milliseconds. */
const RECORDS_AT_ONCE = 25;

export function createLinkLists<T>({ cache, keyOf, idOf, placeOf }: LinkListsConfig<T>) {
  const place = (record: T) => hash('sha256', JSON.stringify(placeOf(record)), 'base64url').slice(0, 16);

  async function keep<M>(lists: readonly LoadedList<T, M>[], since: number): Promise<LinkList<M>[]> {
    const kept: LinkList<M>[] = [];
    let count = 0;
    for (const { records, more } of lists) {
      const links: LinkList<M>['links'] = [];
      for (const record of records) {
        count += 1;
        if (count % RECORDS_AT_ONCE === 0) await letOthersRun();
        cache.prime(keyOf(idOf(record)), record, { since });
        links.push({ id: idOf(record), place: place(record) });
      }
      kept.push({ links, more });
    }
    return kept;
  }

  async function loadAndKeep<M>(
    query: ListQuery<T, M>,
    missing: readonly RecordKey[],
    context: CallContext,
  ): Promise<LinkList<M>[]> {
    const since = cache.startFill();
    return keep(await query.load(missing, context), since);
  }

  async function readOnce<M>(
    { readByIds, context, ...query }: BoundQuery<T, M>,
    first: number,
  ): Promise<(LoadedList<T, M> | null)[]> {
    const tags = (_: LinkList<M>, key: RecordKey) => query.tags?.(key) ?? [];
    const load = (missing: readonly RecordKey[], call: CallContext) => loadAndKeep(query, missing, call);
    const lists = await cache.getMany<LinkList<M>>(query.keys, load, { tags, context });
    const links = lists.map((list) => list?.links.slice(0, first) ?? []);
    const ids = [...new Set(links.flat().map(({ id }) => id))];
    const read = (missing: readonly RecordKey[], call: CallContext) =>
      readByIds(
        missing.map(({ id }) => id),
        call,
      );
    const found = await cache.getMany<T>(ids.map(keyOf), read, { context });
    const byId = new Map(ids.map((id, index) => [id, found[index] ?? null]));
    return lists.map((list, index) => {
      const records = links[index]!.map((link) => standing(link, byId.get(link.id) ?? null));
      return list && records.every((record) => record !== null) ? { records, more: list.more } : null;
    });
  }

  /** The record where its place is still the link's: gone, moved or sorted otherwise, the whole list may be another. */
  function standing(link: { place: string }, record: T | null): T | null {
    return record !== null && place(record) === link.place ? record : null;
  }

  async function read<M>(query: BoundQuery<T, M>, attempt = 1): Promise<LoadedList<T, M>[]> {
    const first = query.first ?? Number.POSITIVE_INFINITY;
    const lists = await readOnce(query, first);
    const wrong = query.keys.filter((_, index) => lists[index] === null);
    if (wrong.length === 0) return lists.map((list) => list!);
    await cache.invalidate(wrong.map(recordTag));
    const again =
      attempt < MAX_ATTEMPTS
        ? await read({ ...query, keys: wrong }, attempt + 1)
        : await query.load(wrong, query.context);
    const fresh = new Map(wrong.map((key, index) => [key, again[index]!]));
    return query.keys.map((key, index) => lists[index] ?? cut(fresh.get(key)!, first));
  }

  return {
    /** `readByIds` answers in the order asked, null for what is gone. */
    reading: (readByIds: ReadByIds<T>, context: CallContext): LinkLists<T> => ({
      read: (query) => read({ ...query, readByIds, context }),
    }),
  };
}

interface BoundQuery<T, M> extends ListQuery<T, M> {
  readByIds: ReadByIds<T>;
  context: CallContext;
}

type ReadByIds<T> = (ids: string[], context: CallContext) => Promise<readonly (T | null)[]>;

function cut<T, M>({ records, more }: LoadedList<T, M>, first: number): LoadedList<T, M> {
  return { records: records.slice(0, first), more };
}
