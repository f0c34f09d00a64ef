import type { SourceState } from './known-states.ts';
import type { StoredRecord } from './record-store.ts';

/** One load's way to keep: with what was known when it began. */
export interface Fill {
  state: SourceState | null;
  owner: string;
}

/** Records that come one by one in one turn, as with a list, go to Redis in one round trip. */
export function createGathering(
  keep: (source: string, records: readonly StoredRecord[], fill: Fill) => Promise<boolean>,
) {
  const batches = new Map<string, { records: StoredRecord[]; done: Promise<boolean> }>();
  return (source: string, state: SourceState, records: readonly StoredRecord[]): Promise<boolean> => {
    const name = `${source} ${state.epoch} ${state.sequence}`;
    const known = batches.get(name);
    if (known) {
      known.records.push(...records);
      return known.done;
    }
    const batch = [...records];
    const done = Promise.resolve().then(() => {
      batches.delete(name);
      return keep(source, batch, { state, owner: '' });
    });
    batches.set(name, { records: batch, done });
    return done;
  };
}
