import type { ResponsePath } from '@apollo/query-planner';
import type { FetchSpecs } from '../planning/fetch-specs.ts';
import type { Shape } from '../planning/shape.ts';
import type { MergedKey } from './code/merge.ts';
import type { FetchSpec } from '../planning/fetch-specs.ts';

/**
 * Which objects of an answer may stand in several places: those that a fetch of entities alone brings. An entity that
 * stands in the answer a hundred times is asked for once, and what comes is put into all hundred places without a copy.
 */
export interface SharedObjects {
  /** Whether what stands at the end of a path, lists left out or not, may stand elsewhere too. */
  has(path: ResponsePath): boolean;
  /** The keys that a fetch brings, in the answer's names. */
  keysOf(spec: FetchSpec): MergedKey[];
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

function textOf(path: ResponsePath): string {
  return JSON.stringify(path.filter((step) => step !== '@'));
}
