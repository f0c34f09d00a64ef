import type { Priority } from '../upstream/context.ts';

/** A record with the lists that it stands in. */
export interface IndexEntry {
  id: string;
  /** Tags of its parents (tags.ts): an account's orders, a guest's, a client's documents. */
  parents: readonly string[];
  /** All that decides where it stands, as a short text. */
  place: string;
  /** When the vendor says that it changed; an older reading of a record never replaces a newer one. */
  changedAtMs: number;
  record: unknown;
}

/**
 * What became of an entry: "refused" is older than what is known, or was read before its change was told; "moved" stands
 * elsewhere than before.
 */
export type PutResult = 'refused' | 'same' | 'changed' | 'moved' | 'new';

export interface PutOptions {
  /** From `mark()`, taken before the records were read. */
  since: number;
  /** Of the whole reading in which they were seen; 0 = of none. */
  round: number;
}

/** What is known of one parent. */
export interface IndexedList {
  records: unknown[];
  /** Ids of records that have changed since they were read. */
  changed: string[];
  /** The mark at which something that is not known yet was told of this parent; 0 = never. */
  unknownSince: number;
  /** Nothing is kept of it, whatever it has. */
  isErased: boolean;
}

/**
 * The records of one kind of one source, under their parents. It is filled by sync.ts and by every reading of records by
 * id. Marks count what was told of changes, so that nothing read before a change hides it.
 */
export interface LinkIndex {
  /** Of each parent, in one round trip, with what the sync has left; null when the index can't be read now. */
  list(parents: readonly string[]): Promise<{ lists: IndexedList[]; state: string | null } | null>;
  /** With what the sync has left. A request does not wait for it as long as work in the background. */
  mark(priority: Priority): Promise<{ mark: number; state: string | null }>;
  put(entries: readonly IndexEntry[], options: PutOptions): Promise<PutResult[]>;
  remove(ids: readonly string[]): Promise<void>;
  /**
   * Tells of changed records, and of parents in which something is not as it is known. A parent needs no more than the
   * records' marks when all of the records are known and it is among their parents.
   */
  markChanged(ids: readonly string[], parents: readonly string[]): Promise<void>;
  /** Forgets these parents' records, and takes none of them back until then (epoch milliseconds). */
  removeParents(parents: readonly string[], untilMs: number): Promise<void>;
  count(): Promise<number>;
  /** Fails where the index may lose a list without a word: it would look like a customer without orders. */
  checkKeeps(): Promise<void>;
  /** Ids last seen in an earlier round, some at a time. */
  idsBefore(round: number): AsyncIterable<string[]>;
  readState(): Promise<string | null>;
  /** Only over what was read: false when another replica, or a Redis that lost its memory, has come between. */
  writeState(previous: string | null, state: string): Promise<boolean>;
  clear(): Promise<void>;
}
