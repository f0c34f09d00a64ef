import { getOwn } from './own-keys.ts';
import type { Path } from './unknowns.ts';

type Data = Record<string, unknown>;

/** One object of the answer, while it is being put together. */
export interface Position {
  path: Path;
  value: Data;
}

/** The objects at a plan's path, each with all places at which it stands. */
export function positionsAt(root: Data, path: Path): Position[] {
  const found: Position[] = [];
  walk(root, path, [], found);
  return found;
}

/** What stands at a path with its indices: null also where there is null above, undefined where there is no such field. */
export function valueAt(data: unknown, path: Path): unknown {
  let value = data;
  for (const key of path) {
    if (typeof value !== 'object' || value === null) return value;
    value = getOwn(value as Data, key);
  }
  return value;
}

/** The first null on the way to a path, which is what was lost there; the whole path where there is none. */
export function nullOn(data: unknown, path: Path): Path {
  let value = data;
  for (const [index, key] of path.entries()) {
    if (value === null) return path.slice(0, index);
    if (typeof value !== 'object') return path;
    value = getOwn(value as Data, key);
  }
  return path;
}

function walk(value: unknown, rest: Path, at: Path, found: Position[]): void {
  if (value === null || value === undefined) return;
  const [step, ...further] = rest;
  if (Array.isArray(value)) {
    const next = step === '@' ? further : rest;
    for (const [index, element] of value.entries()) walk(element, next, [...at, index], found);
  } else if (step === undefined) {
    found.push({ path: at, value: value as Data });
  } else {
    walk(getOwn(value as Data, step), further, [...at, step], found);
  }
}
