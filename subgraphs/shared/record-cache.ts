import { UpstreamError } from '../../common/errors.ts';
import { createMemoryRecordStore, type RecordStore, type StoredRecord } from './record-store.ts';

export interface RecordKey {
  source: string;
  type: string;
  id: string;
}

export interface RecordOptions<T> {
  /** Default 30 s. */
  ttlMs?: number;
  /** What invalidates the record beside its own tag (`recordTag`), which every record has, also a negative one. */
  tags?: (value: T, key: RecordKey) => readonly string[];
}

export interface PrimeOptions<T> extends RecordOptions<T> {
  /** From `startFill()`, taken before the value was read: an invalidation since then makes it unfit to keep. */
  since?: number;
}

type Load<T> = (missing: readonly RecordKey[]) => Promise<readonly (T | null)[]>;

/** Raw records of the vendors, the same for every caller. Errors are never kept; "does not exist" (null) is. */
export interface RecordCache {
  /** In the order asked; `load` gets each missing key once, also across overlapping calls. */
  getMany<T>(keys: readonly RecordKey[], load: Load<T>, options?: RecordOptions<T>): Promise<(T | null)[]>;
  get<T>(key: RecordKey, load: () => Promise<T | null>, options?: RecordOptions<T>): Promise<T | null>;
  /** What is there already: null for what would have to be loaded. */
  peekMany<T>(keys: readonly RecordKey[]): Promise<(T | null)[]>;
  /** Keeps a record that came along with another call. */
  prime<T>(key: RecordKey, value: T, options?: PrimeOptions<T>): void;
  startFill(): number;
  /** Answers how many records went. */
  invalidate(tags: readonly string[]): Promise<number>;
}

/** The tag of one record: its reference. */
export function recordTag(key: RecordKey): string {
  return `${key.source}:${key.type}:${key.id}`;
}

const DEFAULT_TTL_MS = 30_000;

/** What is being loaded, by key text. */
type Flight = Promise<ReadonlyMap<string, unknown>>;

export function createRecordCache(config: { ttlMs?: number; store?: RecordStore } = {}): RecordCache {
  const { ttlMs: defaultTtlMs = DEFAULT_TTL_MS, store = createMemoryRecordStore() } = config;
  const flights = new Map<string, Flight>();
  const invalidations = createInvalidationLog();

  async function getMany<T>(
    keys: readonly RecordKey[],
    load: Load<T>,
    options: RecordOptions<T> = {},
  ): Promise<(T | null)[]> {
    const wanted = new Map(keys.map((key) => [keyText(key), key]));
    const values = await readAll(wanted, load, options);
    return keys.map((key) => values.get(keyText(key)) ?? null);
  }

  async function readAll<T>(
    wanted: ReadonlyMap<string, RecordKey>,
    load: Load<T>,
    options: RecordOptions<T>,
  ): Promise<Map<string, T | null>> {
    const joined = new Map<string, Flight>();
    const values = await readStored<T>(wanted, joined);
    const missing = [...wanted].filter(([text]) => !values.has(text) && !joinFlight(text, joined));
    // Nothing is awaited between the look at the flights and the start of ours, so no key has two.
    const own = missing.length > 0 ? startFlight(new Map(missing), load, options) : null;
    const cancelled = await collectJoined(joined, values);
    if (own) addAll(values, await own);
    if (cancelled.length === 0) return values;
    const again = new Map(cancelled.map((text) => [text, wanted.get(text)!]));
    return addAll(values, await readAll(again, load, options));
  }

  async function readStored<T>(
    wanted: ReadonlyMap<string, RecordKey>,
    joined: Map<string, Flight>,
  ): Promise<Map<string, T | null>> {
    const texts = [...wanted.keys()].filter((text) => !joinFlight(text, joined));
    const records = texts.length > 0 ? await store.getMany(texts) : [];
    const values = new Map<string, T | null>();
    texts.forEach((text, index) => {
      // Cast: the key names the type of its value; only code that owns the key's source and type uses it.
      if (records[index]?.key === text) values.set(text, records[index].value as T | null);
    });
    return values;
  }

  function joinFlight(text: string, joined: Map<string, Flight>): boolean {
    const flight = joined.get(text) ?? flights.get(text);
    if (flight) joined.set(text, flight);
    return flight !== undefined;
  }

  function startFlight<T>(missing: ReadonlyMap<string, RecordKey>, load: Load<T>, options: RecordOptions<T>): Flight {
    const flight = fill(missing, load, options).finally(() => {
      for (const text of missing.keys()) if (flights.get(text) === flight) flights.delete(text);
    });
    // Whoever waits gets the error; this only says that it is not forgotten while they still read the store.
    flight.catch(() => {});
    for (const text of missing.keys()) flights.set(text, flight);
    return flight;
  }

  async function fill<T>(
    missing: ReadonlyMap<string, RecordKey>,
    load: Load<T>,
    options: RecordOptions<T>,
  ): Promise<ReadonlyMap<string, unknown>> {
    const since = invalidations.now();
    const keys = [...missing.values()];
    const values = await load(keys);
    if (values.length !== keys.length)
      throw new Error(`The loader answered ${values.length} of ${keys.length} records`);
    const records = keys.map((key, index) => toStored(key, values[index] ?? null, options, defaultTtlMs));
    await store.setMany(records.filter(({ tags }) => !invalidations.anySince(since, tags)));
    return new Map(records.map(({ key, value }) => [key, value]));
  }

  return {
    getMany,
    get: async (key, load, options) => (await getMany([key], async () => [await load()], options))[0] ?? null,
    peekMany: async <T>(keys: readonly RecordKey[]) => {
      const texts = keys.map(keyText);
      const records = await store.getMany(texts);
      // Cast: see readStored.
      return texts.map((text, index) => (records[index]?.key === text ? (records[index].value as T | null) : null));
    },
    prime: (key, value, options = {}) => {
      const record = toStored(key, value, options, defaultTtlMs);
      if (options.since !== undefined && invalidations.anySince(options.since, record.tags)) return;
      // A store that fails to keep a record costs a later call, nothing else.
      store.setMany([record]).catch(() => {});
    },
    startFill: invalidations.now,
    invalidate: (tags) => {
      invalidations.add(tags);
      // Reads that begin from now on must not join a fill that began before.
      flights.clear();
      return store.invalidate(tags);
    },
  };
}

/** Adds the values of others' flights; answers the keys whose flight ended because its own caller went away. */
async function collectJoined<T>(joined: ReadonlyMap<string, Flight>, values: Map<string, T | null>): Promise<string[]> {
  const cancelled: string[] = [];
  for (const [text, flight] of joined) {
    try {
      // Cast: see readStored.
      values.set(text, (await flight).get(text) as T | null);
    } catch (error) {
      if (!(error instanceof UpstreamError && error.cancelled)) throw error;
      cancelled.push(text);
    }
  }
  return cancelled;
}

function addAll<T>(values: Map<string, T | null>, more: ReadonlyMap<string, unknown>): Map<string, T | null> {
  // Cast: see readStored.
  for (const [text, value] of more) values.set(text, value as T | null);
  return values;
}

/** Length-prefixed, so that no two keys have one text; "1" is the version of the form. */
function keyText({ source, type, id }: RecordKey): string {
  return ['1', ...[source, type, id].map((part) => `${part.length}:${part}`)].join('|');
}

function toStored<T>(key: RecordKey, value: T | null, options: RecordOptions<T>, defaultTtlMs: number): StoredRecord {
  const tags = value === null ? [] : (options.tags?.(value, key) ?? []);
  return { key: keyText(key), value, tags: [recordTag(key), ...tags], ttlMs: options.ttlMs ?? defaultTtlMs };
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
