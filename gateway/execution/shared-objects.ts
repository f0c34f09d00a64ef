import type { ResponsePath } from '@apollo/query-planner';
import type { FetchSpec, FetchSpecs } from '../planning/fetch-specs.ts';
import type { Shape } from '../planning/shape.ts';
import type { MergedKey } from './code/merge.ts';
import type { EnteredParts } from './copy-entered.ts';

/**
 * Which objects of an answer may stand in several places: those that a fetch of entities alone brings. An entity that
 * stands in the answer a hundred times is asked for once, and what comes is put into all hundred places without a copy.
 */
export interface SharedObjects {
  /** Whether what stands at the end of a path, lists left out or not, may stand elsewhere too. */
  has(path: ResponsePath): boolean;
  /** The keys that a fetch brings, in the answer's names. */
  keysOf(spec: FetchSpec): MergedKey[];
  /** Where other fetches put something into the objects that a fetch brings. */
  enteredIn(spec: FetchSpec): EnteredParts;
}

export function findSharedObjects(specs: FetchSpecs): SharedObjects {
  /** How many fetches bring objects at a path. */
  const bringers = new Map<string, number>();
  const fromEntities = new Set<string>();
  for (const { path, shape, renames, requires } of specs) {
    for (const [key, { fields }] of shape) {
      if (fields === null) continue;
      const at = [...path, renames.get(key) ?? key];
      if (requires !== null) fromEntities.add(textOf(at));
      count(at, fields, bringers);
    }
  }
  const has = (path: ResponsePath) => {
    const text = textOf(path);
    return path.at(-1) !== '@' && fromEntities.has(text) && bringers.get(text) === 1;
  };
  return {
    has,
    enteredIn: (spec) => {
      const path = namesOf(spec.path);
      const entered = specs.map((other) => namesOf(other.path)).filter((other) => startsWith(other, path));
      return enteredParts(spec.shape, path, {
        isEntered: (at) => entered.some((other) => startsWith(other, at)),
        isMixed: (at) => bringers.get(JSON.stringify(at)) !== 1,
      });
    },
    keysOf: ({ path, shape, renames }) =>
      [...shape].map(([from, { fields }]) => {
        const key = renames.get(from) ?? from;
        return { key, isMixed: fields !== null && bringers.get(textOf([...path, key])) !== 1 };
      }),
  };
}

function count(path: ResponsePath, fields: Shape, bringers: Map<string, number>): void {
  const text = textOf(path);
  bringers.set(text, (bringers.get(text) ?? 0) + 1);
  for (const [key, inner] of fields) if (inner.fields) count([...path, key], inner.fields, bringers);
}

interface EnteredPaths {
  isEntered(path: ResponsePath): boolean;
  /** Several fetches bring it, whose data is put together there. */
  isMixed(path: ResponsePath): boolean;
}

function enteredParts(shape: Shape, path: ResponsePath, paths: EnteredPaths): EnteredParts {
  const parts = new Map<string, EnteredParts | 'whole'>();
  for (const [key, { fields }] of shape) {
    const at = [...path, key];
    if (fields === null) continue;
    if (paths.isMixed(at)) parts.set(key, 'whole');
    else if (paths.isEntered(at)) parts.set(key, enteredParts(fields, at, paths));
  }
  return parts;
}

function startsWith(path: ResponsePath, start: ResponsePath): boolean {
  return start.every((step, index) => step === path[index]);
}

function textOf(path: ResponsePath): string {
  return JSON.stringify(namesOf(path));
}

function namesOf(path: ResponsePath): ResponsePath {
  return path.filter((step) => step !== '@');
}
