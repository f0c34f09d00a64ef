import { z } from 'zod';

const count = z.number();

const syncStateSchema = z.object({
  /** The number of the last whole reading, or of the one under way. */
  round: count,
  /** The whole reading under way. */
  whole: z.object({ cursor: z.string().nullable(), seen: count, isRead: z.boolean() }).nullable(),
  /** Where the next reading of changes begins; null before the first whole reading. */
  cursor: z.string().nullable(),
  /** A reading of changes under way: when it began, and the index's mark then. */
  changes: z.object({ cursor: z.string(), startedAt: count, mark: count }).nullable(),
  /** When the last whole reading ended; null = there was none. */
  wholeAt: count.nullable(),
  /** Up to when all changes are known, and all marks. */
  syncedAt: count.nullable(),
  syncedMark: count,
  seen: count,
  total: count.nullable(),
});

/** What a sync has done and where it goes on; kept with the index. Instants are epoch milliseconds. */
export type SyncState = z.infer<typeof syncStateSchema>;

export const NEW_STATE: SyncState = {
  round: 1,
  whole: { cursor: null, seen: 0, isRead: false },
  cursor: null,
  changes: null,
  wholeAt: null,
  syncedAt: null,
  syncedMark: 0,
  seen: 0,
  total: null,
};

/** A state in a form that is not known is none: everything is then read anew. */
export function parseState(text: string | null): SyncState | null {
  if (text === null) return null;
  try {
    return syncStateSchema.parse(JSON.parse(text));
  } catch {
    return null;
  }
}
