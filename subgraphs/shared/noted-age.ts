import { createFreshnessList } from '../../common/freshness.ts';
import type { CallContext } from './upstream/context.ts';

/** How old something is that was worked out. */
export interface Age {
  /** When the oldest of its parts was read; ISO in UTC. */
  fetchedAt: string;
  /** Whether one of them is older than it should be. */
  stale: boolean;
}

/**
 * A context that notes how old everything is that is read with it: also lists that turn out to be empty, which no record
 * tells the age of.
 */
export function noteAge(call: CallContext) {
  const parts = createFreshnessList();
  let stale = false;
  return {
    context: {
      ...call,
      served: (part) => {
        parts.note(part);
        stale ||= part.stale !== null;
        call.served?.(part);
      },
    } satisfies CallContext,
    /** Null before anything was read. */
    age: (): Age | null => {
      const total = parts.total();
      return total && { fetchedAt: new Date(Date.now() - total.ageMs).toISOString(), stale };
    },
  };
}

/** Of all together. */
export function oldestAge(ages: readonly (Age | null)[]): Age | null {
  const known = ages.filter((age) => age !== null);
  const [oldest] = known.map(({ fetchedAt }) => fetchedAt).sort();
  return oldest === undefined ? null : { fetchedAt: oldest, stale: known.some(({ stale }) => stale) };
}
