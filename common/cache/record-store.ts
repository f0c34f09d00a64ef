/** Names one record. Only code that owns the source and the type uses its keys. */
export interface RecordKey {
  source: string;
  type: string;
  id: string;
}

/** What is kept under a key. Instants are epoch milliseconds. */
export interface StoredRecord {
  key: RecordKey;
  value: unknown;
  /** What removes it, beside its own tag. */
  tags: readonly string[];
  /** When its load began: it is no older than this. */
  fetchedAtMs: number;
  freshUntilMs: number;
  /** Up to here it may be served while a newer one is read behind. */
  revalidateUntilMs: number;
  /** Up to here it may be served when its system fails; then it is gone. */
  staleUntilMs: number;
}

/** Where a record was found. */
export type CacheLayer = 'memory' | 'client-side' | 'redis';

export interface Found {
  record: StoredRecord | null;
  layer: CacheLayer;
  /** Differs after an invalidation: who asks now must not wait for a load that began under another one. */
  generation: string;
}

/** The right to load keys, so that only one of all processes does. */
export interface Claim {
  /** Whether the key, in the order asked, is ours to load. */
  isOurs: readonly boolean[];
  /** Keeps what was loaded, unless it was invalidated since the claim, and gives the rest back. */
  keep(records: readonly StoredRecord[]): Promise<void>;
  /** Gives back what was not loaded. */
  release(): Promise<void>;
  /** Waits until whoever loads these keys has kept them or given up. */
  untilSettled(indices: readonly number[]): Promise<void>;
}

/** Where a record cache keeps its records: in this process, or in a Redis that processes share. It never fails. */
export interface RecordStore {
  /** In the order asked. */
  getMany(keys: readonly RecordKey[]): Promise<Found[]>;
  claim(keys: readonly RecordKey[]): Promise<Claim>;
  /** What is known of invalidations now. To be taken before reading what `setMany` shall keep. */
  startFill(): number;
  /** Keeps what nobody claimed, unless it was invalidated since `since`. */
  setMany(records: readonly StoredRecord[], since: number): Promise<void>;
  /** What stands for these tags where others are told of them, and in other stores. */
  tagNames(tags: readonly string[]): readonly string[];
  /** Removes every record that has one of the tags and answers how many there were. */
  invalidate(tags: readonly string[]): Promise<number>;
  /** The same, and keeps no record with one of the tags until then. */
  erase(tags: readonly string[], untilMs: number): Promise<number>;
  /** Which types of records of a source there may be; "*" when that can't be told. */
  typesOf(source: string): Promise<string[]>;
  close(): Promise<void>;
}

/** The tag of one record: its reference. Every record has it, also a negative one. */
export function recordTag({ source, type, id }: RecordKey): string {
  return `${source}:${type}:${id}`;
}

/** The tag of all records of a type. */
function typeTag({ source, type }: Pick<RecordKey, 'source' | 'type'>): string {
  return `${source}:${type}:*`;
}

/** Length-prefixed, so that no two keys have one text; "2" is the version of the form. */
export function keyText({ source, type, id }: RecordKey): string {
  return ['2', ...[source, type, id].map((part) => `${part.length}:${part}`)].join('|');
}

/** All that removes a record. */
export function allTags({ key, tags }: StoredRecord): string[] {
  return [...new Set([recordTag(key), typeTag(key), ...tags])];
}
