import { createLifetimes, type Lifetimes } from '../../common/cache/lifetimes.ts';
import { createMemoryStore } from '../../common/cache/memory-store.ts';
import {
  type CacheLayer,
  keyText,
  type RecordKey,
  type RecordStore,
  recordTag,
  type StoredRecord,
} from '../../common/cache/record-store.ts';
import { type Copy, canStandIn, copyOf, handedOut, hasRefresh, isFresh } from './cache/copy.ts';
import { createFlights, type Flight } from './cache/flights.ts';
import { subjectTags } from './cache/subjects.ts';
import { type CallContext, createBackgroundContext } from './upstream/context.ts';

export { type RecordKey, recordTag };

export interface RecordOptions<T> {
  /** Default 30 s. The operator's CACHE_TTL wins over this and the next two. */
  ttlMs?: number;
  /** How long after that it is served while a newer one is read behind. Needs `context`. Default 0. */
  staleWhileRevalidateMs?: number;
  /** How long after its fetch it is served when its system fails. Default 10 minutes. */
  staleIfErrorMs?: number;
  /** What invalidates the record beside its own tag (`recordTag`), which every record has, also a negative one. */
  tags?: (value: T, key: RecordKey) => readonly string[];
  /** Of the caller: `load` gets it, or, when nobody waits for the answer, one that outlives it. */
  context?: CallContext;
}

export interface PrimeOptions<T> extends RecordOptions<T> {
  /** From `startFill()`, taken before the value was read: an invalidation since then makes it unfit to keep. */
  since?: number;
}

export type Load<T> = (missing: readonly RecordKey[], context: CallContext) => Promise<readonly (T | null)[]>;

/** One per key and read, for counting. */
export type CacheEvent =
  | { event: 'hit'; source: string; layer: CacheLayer }
  /** Served though stale: while a newer one is read, or because its system failed. */
  | { event: 'stale'; source: string; reason: 'revalidate' | 'error' }
  | { event: 'miss'; source: string }
  /** Another read of this process was loading it. */
  | { event: 'joined'; source: string }
  /** What was to be read behind could not be. */
  | { event: 'refresh-failed'; source: string };

/** Raw records of the vendors, the same for every caller. Errors are never kept; "does not exist" (null) is. */
export interface RecordCache {
  /** In the order asked; `load` gets each missing key once, also across overlapping calls. */
  getMany<T>(keys: readonly RecordKey[], load: Load<T>, options?: RecordOptions<T>): Promise<(T | null)[]>;
  get<T>(
    key: RecordKey,
    load: (context: CallContext) => Promise<T | null>,
    options?: RecordOptions<T>,
  ): Promise<T | null>;
  /** What is there already: null for what would have to be loaded. */
  peekMany<T>(keys: readonly RecordKey[]): Promise<(T | null)[]>;
  /** Keeps a record that came along with another call. */
  prime<T>(key: RecordKey, value: T, options?: PrimeOptions<T>): void;
  startFill(): number;
  /** Answers how many records went. */
  invalidate(tags: readonly string[]): Promise<number>;
  /** The same, and keeps nothing with one of the tags until then (epoch milliseconds). Fails when that is not sure. */
  erase(tags: readonly string[], untilMs: number): Promise<number>;
  /** What stands for tags where readers are told of them; null where they are not. */
  tagNames(tags: () => readonly string[]): readonly string[] | null;
  /** Which types of records of a source there may be. */
  typesOf(source: string): Promise<string[]>;
  close(): Promise<void>;
}

export interface RecordCacheConfig {
  /** Default: in memory. */
  store?: RecordStore;
  lifetimes?: Lifetimes;
  /** Whether readers are told what invalidates what they read: for whoever keeps what is made of it. Default false. */
  tellsTags?: boolean;
  /** How long a record is fresh without `lifetimes`. Default 30 s. */
  ttlMs?: number;
  now?: () => number;
  onEvent?: (event: CacheEvent) => void;
}

/** A re-read that nobody waits for. */
const REFRESH_TIMEOUT_MS = 30_000;

export function createRecordCache(config: RecordCacheConfig = {}): RecordCache {
  const { now = Date.now, store = createMemoryStore({ now }), onEvent } = config;
  const { lifetimes = createLifetimes({ freshMs: config.ttlMs }) } = config;
  const flights = createFlights();

  const tagNames = (tags: () => readonly string[]) => (config.tellsTags ? store.tagNames(tags()) : null);

  const tell = (event: CacheEvent) => onEvent?.(event);

  async function getMany<T>(
    keys: readonly RecordKey[],
    load: Load<T>,
    options: RecordOptions<T> = {},
  ): Promise<(T | null)[]> {
    const wanted = new Map(keys.map((key) => [keyText(key), key]));
    const copies = await readAll(wanted, load, options);
    return keys.map((key) => {
      // Cast: the key names the type of its value; only code that owns the key's source and type uses it.
      const copy = copies.get(keyText(key)) as Copy<T>;
      options.context?.served?.({
        ageMs: Math.max(now() - copy.fetchedAtMs, 0),
        freshMs: copy.isStale ? 0 : Math.max(copy.freshUntilMs - now(), 0),
        tags: tagNames(() => copy.tags),
        stale: copy.isStale ? { source: key.source, fetchedAt: new Date(copy.fetchedAtMs).toISOString() } : null,
      });
      return handedOut(copy);
    });
  }

  async function readAll<T>(
    wanted: ReadonlyMap<string, RecordKey>,
    load: Load<T>,
    options: RecordOptions<T>,
  ): Promise<Map<string, Copy<unknown>>> {
    const copies = new Map<string, Copy<unknown>>();
    const missing = new Map<string, { key: RecordKey; generation: string }>();
    const aging = new Map<string, { key: RecordKey; generation: string }>();
    const found = await store.getMany([...wanted.values()]);
    [...wanted].forEach(([text, key], index) => {
      const { record, layer, generation } = found[index]!;
      if (record && isFresh(record, now())) {
        tell({ event: 'hit', source: key.source, layer });
        copies.set(text, copyOf(record, false));
      } else if (record && options.context && hasRefresh(record, now())) {
        tell({ event: 'stale', source: key.source, reason: 'revalidate' });
        copies.set(text, copyOf(record, true));
        aging.set(text, { key, generation });
      } else missing.set(text, { key, generation });
    });
    // Nothing is awaited between the look at the flights and the start of ours, so no key has two.
    refresh(aging, load, options);
    if (missing.size === 0) return copies;
    const context = foreground(options);
    const joined = new Map<string, Flight>();
    for (const [text, { key, generation }] of missing) {
      const flight = flights.join(text, generation, context);
      if (!flight) continue;
      tell({ event: 'joined', source: key.source });
      joined.set(text, flight);
      missing.delete(text);
    }
    const own = missing.size > 0 ? flights.start(missing, context, (keys) => fill(keys, load, options, context)) : null;
    const cancelled = await flights.collect(joined, copies);
    if (own) for (const [text, copy] of await own) copies.set(text, copy);
    if (cancelled.length === 0) return copies;
    const again = await readAll(new Map(cancelled.map((text) => [text, wanted.get(text)!])), load, options);
    for (const [text, copy] of again) copies.set(text, copy);
    return copies;
  }

  /** Behind the answer that was given already. */
  function refresh<T>(
    aging: ReadonlyMap<string, { key: RecordKey; generation: string }>,
    load: Load<T>,
    options: RecordOptions<T>,
  ): void {
    const due = new Map([...aging].filter(([text, { generation }]) => !flights.find(text, generation)));
    if (due.size === 0) return;
    const background = createBackgroundContext({
      priority: 'sync',
      timeoutMs: REFRESH_TIMEOUT_MS,
      requestId: options.context?.requestId,
    });
    const flight = flights.start(due, background, (keys) => fill(keys, load, options, background));
    flight.catch(() => {
      for (const { key } of due.values()) tell({ event: 'refresh-failed', source: key.source });
    });
  }

  /** Loads what no other process is loading, and waits for the rest. */
  async function fill<T>(
    missing: ReadonlyMap<string, RecordKey>,
    load: Load<T>,
    options: RecordOptions<T>,
    context: CallContext,
  ): Promise<ReadonlyMap<string, Copy<unknown>>> {
    const entries = [...missing];
    const claim = await store.claim(entries.map(([, key]) => key));
    const own = entries.filter((_, index) => claim.isOurs[index]);
    const others = entries.filter((_, index) => !claim.isOurs[index]);
    const loadOwn = async () => {
      if (own.length === 0) return [];
      try {
        const copies = await loadOrStandIn(
          own.map(([, key]) => key),
          load,
          options,
          context,
        );
        const loaded = copies.flatMap(({ record }) => record ?? []);
        await (loaded.length > 0 ? claim.keep(loaded) : claim.release());
        return copies.map(({ copy }) => copy);
      } catch (error) {
        await claim.release();
        throw error;
      }
    };
    const awaitOthers = async () => {
      if (others.length === 0) return new Map<string, Copy<unknown>>();
      await claim.untilSettled(entries.flatMap((_, index) => (claim.isOurs[index] ? [] : [index])));
      return fillUnlessThere(new Map(others), load, options, context);
    };
    const [loaded, awaited] = await Promise.all([loadOwn(), awaitOthers()]);
    return new Map<string, Copy<unknown>>([...own.map(([text], index) => [text, loaded[index]!] as const), ...awaited]);
  }

  async function fillUnlessThere<T>(
    wanted: ReadonlyMap<string, RecordKey>,
    load: Load<T>,
    options: RecordOptions<T>,
    context: CallContext,
  ): Promise<Map<string, Copy<unknown>>> {
    const found = await store.getMany([...wanted.values()]);
    const copies = new Map<string, Copy<unknown>>();
    const missing = new Map<string, RecordKey>();
    [...wanted].forEach(([text, key], index) => {
      const { record } = found[index]!;
      if (record && isFresh(record, now())) copies.set(text, copyOf(record, false));
      else missing.set(text, key);
    });
    if (missing.size === 0) return copies;
    return new Map([...copies, ...(await fill(missing, load, options, context))]);
  }

  /** Without `record` it is a copy that stands in, which nobody keeps again. */
  async function loadOrStandIn<T>(
    keys: readonly RecordKey[],
    load: Load<T>,
    options: RecordOptions<T>,
    context: CallContext,
  ): Promise<{ copy: Copy<unknown>; record: StoredRecord | null }[]> {
    for (const { source } of keys) tell({ event: 'miss', source });
    const fetchedAtMs = now();
    let values: readonly (T | null)[];
    try {
      values = await load(keys, context);
    } catch (error) {
      // Read anew: what was invalidated meanwhile is not there any more.
      const records = canStandIn(error) ? (await store.getMany(keys)).flatMap(({ record }) => record ?? []) : [];
      if (records.length < keys.length) throw error;
      for (const { source } of keys) tell({ event: 'stale', source, reason: 'error' });
      return records.map((record) => ({ copy: copyOf(record, !isFresh(record, now())), record: null }));
    }
    if (values.length !== keys.length)
      throw new Error(`The loader answered ${values.length} of ${keys.length} records`);
    return keys.map((key, index) => {
      const record = toStored(key, values[index] ?? null, options, fetchedAtMs);
      return { copy: copyOf(record, false), record };
    });
  }

  function toStored<T>(key: RecordKey, value: T | null, options: RecordOptions<T>, fetchedAtMs: number): StoredRecord {
    const own = value === null ? [] : (options.tags?.(value, key) ?? []);
    const tags = [...own, ...subjectTags(key, value, own)];
    return { key, value, tags, ...lifetimes.instants(key, value !== null, fetchedAtMs, options) };
  }

  return {
    getMany,
    get: async (key, load, options) =>
      (await getMany([key], async (_missing, context) => [await load(context)], options))[0] ?? null,
    peekMany: async <T>(keys: readonly RecordKey[]) => {
      const found = await store.getMany(keys);
      // Cast: see getMany.
      return found.map(({ record }) => (record && isFresh(record, now()) ? (record.value as T | null) : null));
    },
    prime: (key, value, options = {}) => {
      const since = options.since ?? store.startFill();
      // The store never fails; nobody waits for it.
      void store.setMany([toStored(key, value, options, now())], since);
    },
    startFill: store.startFill,
    invalidate: (tags) => withoutFlights(() => store.invalidate(tags)),
    erase: (tags, untilMs) => withoutFlights(() => store.erase(tags, untilMs)),
    tagNames,
    typesOf: store.typesOf,
    close: store.close,
  };

  /** Reads that begin from now on must not join a fill that began before. */
  async function withoutFlights(remove: () => Promise<number>): Promise<number> {
    flights.forget();
    const count = await remove();
    flights.forget();
    return count;
  }
}

function foreground<T>({ context }: RecordOptions<T>): CallContext {
  return context ?? createBackgroundContext({ priority: 'interactive', timeoutMs: REFRESH_TIMEOUT_MS });
}
