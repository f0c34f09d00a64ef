import type { IndexEntry, LinkIndex, PutOptions, PutResult } from './link-index.ts';

interface Known {
  entry: IndexEntry;
  round: number;
}

/** In this process alone; see link-index.ts. */
export function createMemoryIndex(now: () => number = Date.now): LinkIndex {
  const records = new Map<string, Known>();
  const idsByParent = new Map<string, Set<string>>();
  /** By id and by parent, the mark of the last change that was told. */
  const changed = new Map<string, number>();
  const unknown = new Map<string, number>();
  const erasedUntil = new Map<string, number>();
  let marks = 0;
  let state: string | null = null;

  const isErased = (parent: string) => (erasedUntil.get(parent) ?? 0) > now();

  function take(id: string): void {
    for (const parent of records.get(id)?.entry.parents ?? []) {
      const ids = idsByParent.get(parent);
      ids?.delete(id);
      if (ids?.size === 0) idsByParent.delete(parent);
    }
    records.delete(id);
  }

  function putOne(entry: IndexEntry, { since, round }: PutOptions): PutResult {
    const told = changed.get(entry.id);
    if (told !== undefined && told > since) return 'refused';
    const known = records.get(entry.id);
    const isOlder = known !== undefined && entry.changedAtMs < known.entry.changedAtMs;
    if (known && isOlder && told === undefined) {
      known.round = Math.max(known.round, round);
      return 'refused';
    }
    const isSame = known?.entry.changedAtMs === entry.changedAtMs && told === undefined;
    const hasMoved = known?.entry.place !== entry.place;
    take(entry.id);
    changed.delete(entry.id);
    if (entry.parents.some(isErased)) return 'refused';
    records.set(entry.id, { entry, round: Math.max(known?.round ?? 0, round) });
    for (const parent of entry.parents) idsByParent.set(parent, (idsByParent.get(parent) ?? new Set()).add(entry.id));
    if (!known) return 'new';
    if (hasMoved) return 'moved';
    return isSame ? 'same' : 'changed';
  }

  return {
    list: async (parents) => ({
      state,
      lists: parents.map((parent) => {
        const ids = [...(idsByParent.get(parent) ?? [])];
        return {
          records: ids.filter((id) => !changed.has(id)).map((id) => records.get(id)!.entry.record),
          changed: ids.filter((id) => changed.has(id)),
          unknownSince: unknown.get(parent) ?? 0,
          isErased: isErased(parent),
        };
      }),
    }),
    mark: async () => ({ mark: marks, state }),
    put: async (entries, options) => entries.map((entry) => putOne(entry, options)),
    remove: async (ids) => {
      for (const id of ids) {
        take(id);
        changed.delete(id);
      }
    },
    markChanged: async (ids, parents) => {
      marks += 1;
      for (const id of ids) changed.set(id, marks);
      const known = new Set(ids.flatMap((id) => records.get(id)?.entry.parents ?? []));
      const areKnown = ids.length > 0 && ids.every((id) => records.has(id));
      for (const parent of parents) if (!areKnown || !known.has(parent)) unknown.set(parent, marks);
    },
    removeParents: async (parents, untilMs) => {
      for (const parent of parents) {
        erasedUntil.set(parent, untilMs);
        for (const id of [...(idsByParent.get(parent) ?? [])]) take(id);
      }
    },
    count: async () => records.size,
    checkKeeps: async () => {},
    idsBefore: async function* (round) {
      yield [...records].filter(([, known]) => known.round < round).map(([id]) => id);
    },
    readState: async () => state,
    writeState: async (previous, text) => {
      if (state !== previous) return false;
      state = text;
      return true;
    },
    clear: async () => {
      for (const map of [records, idsByParent, changed, unknown]) map.clear();
      state = null;
    },
  };
}
