/** The ids of a store in ascending order, which is the order of making. */
export interface IdList {
  readonly ids: readonly number[];
  add(id: number): void;
  remove(id: number): void;
  /** Position of the first id that is at least `id`. */
  position(id: number): number;
}

export function createIdList(ids: Iterable<number>): IdList {
  const sorted = [...ids].sort((a, b) => a - b);
  const position = (id: number) => lowerBound(sorted, id);
  return {
    ids: sorted,
    position,
    add: (id) => {
      sorted.splice(position(id), 0, id);
    },
    remove: (id) => {
      const at = position(id);
      if (sorted[at] === id) sorted.splice(at, 1);
    },
  };
}

function lowerBound(sorted: readonly number[], id: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (sorted[middle]! < id) low = middle + 1;
    else high = middle;
  }
  return low;
}
