import type { CallContext } from '../upstream/context.ts';

export interface ChangePage<T> {
  records: readonly T[];
  /** Where to go on; of the last page, where to look for later changes. */
  cursor: string;
  isLast: boolean;
  /** How many records there are in all, where the vendor tells. */
  total: number | null;
}

/**
 * All records of one kind, and then those that changed. Pages may repeat records and lack none, whatever changes
 * meanwhile; only records that are deleted are for a whole reading to find out.
 */
export interface ChangeFeed<T> {
  /** `cursor` null: from the beginning. */
  read(cursor: string | null, context: CallContext): Promise<ChangePage<T>>;
}
