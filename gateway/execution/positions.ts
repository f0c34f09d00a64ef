import type { EntityRequirement } from '../planning/fetch-specs.ts';
import type { Path } from './unknowns.ts';

type Data = Record<string, unknown>;

/** One object of the answer, while it is being put together. */
export interface Position {
  path: Path;
  value: Data;
}

/**
 * The objects at a plan's path, in ApolloGateway's order. `roots` are the answers to root fields: ApolloGateway puts
 * later data into these very objects.
 */
export function positionsAt(roots: readonly Data[], path: Path): Position[] {
  const found: Position[] = [];
  const first = path[0];
  const root = roots.find((candidate) => first !== undefined && getOwn(candidate, first)) ?? roots[0];
  walk(root, path, [], found);
  return found;
}

/**
 * Which of the objects the representations stand for. ApolloGateway leaves out objects of other types and those whose
 * keys are missing, and then counts its error paths wrong; this does not.
 */
export function representedBy(
  positions: readonly Position[],
  requires: readonly EntityRequirement[],
  representations: number,
): Position[] {
  if (positions.length === representations) return [...positions];
  return positions.filter(({ value }) => isRepresentable(value, requires));
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

function isRepresentable(value: Data, requires: readonly EntityRequirement[]): boolean {
  return requires.some(({ types, keys }) => {
    if (!types.has(String(value.__typename))) return false;
    return [...keys.keys()].every((key) => getOwn(value, key) !== undefined);
  });
}

function getOwn(value: Data, key: string | number): unknown {
  return Object.hasOwn(value, key) ? value[key] : undefined;
}
