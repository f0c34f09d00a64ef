/** Who waits for a turn: first come, first served, and whoever gives up leaves from the middle. */
export interface Line<T> {
  size(): number;
  /** Null when nobody waits. */
  first(): T | null;
  /** Call what is returned to leave; it tells whether there was still somebody to leave. */
  join(item: T): () => boolean;
}

interface Place<T> {
  item: T;
  before: Place<T> | null;
  after: Place<T> | null;
  isTaken: boolean;
}

/**
 * A list whose places know nothing of each other once they are left. A Set would do the same, but one through which things
 * pass for long grows anew again and again, and V8 keeps from each of its tables a pointer to the next: when one of them
 * has become old, all that ever passed after it survives collections of the young generation. Requests did, with all they held.
 */
export function createLine<T>(): Line<T> {
  let head: Place<T> | null = null;
  let tail: Place<T> | null = null;
  let size = 0;

  function leave(place: Place<T>): boolean {
    if (!place.isTaken) return false;
    const { before, after } = place;
    if (before) before.after = after;
    else head = after;
    if (after) after.before = before;
    else tail = before;
    Object.assign(place, { before: null, after: null, isTaken: false });
    size -= 1;
    return true;
  }

  return {
    size: () => size,
    first: () => head?.item ?? null,
    join(item) {
      const place: Place<T> = { item, before: tail, after: null, isTaken: true };
      if (tail) tail.after = place;
      else head = place;
      tail = place;
      size += 1;
      return () => leave(place);
    },
  };
}
