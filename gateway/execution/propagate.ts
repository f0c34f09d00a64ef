import type { FetchSpec, FetchSpecs } from '../planning/fetch-specs.ts';
import type { Data } from './fetch.ts';
import { type Position, positionsAt } from './positions.ts';
import type { Unknowns } from './unknowns.ts';

/**
 * Carries failures on to what could not be asked for because of them: a plan fetches keys that no client asked for, and
 * skips the fetches that need them. Without this those nulls would have no error.
 */
export function propagate(specs: FetchSpecs, root: Data, unknowns: Unknowns): void {
  if (unknowns.isEmpty()) return;
  for (const spec of specs) {
    if (spec.requires === null) continue;
    for (const position of positionsAt(root, spec.path)) propagateTo(position, spec, unknowns);
  }
}

function propagateTo({ path, value }: Position, spec: FetchSpec, unknowns: Unknowns): void {
  for (const { types, keys } of spec.requires ?? []) {
    const failure = types.has(String(value.__typename)) ? unknowns.among(keys, path, value) : null;
    if (failure === null) continue;
    for (const [key, { fields }] of spec.shape) {
      const at = [...path, spec.renames.get(key) ?? key];
      if (!unknowns.has(at)) unknowns.add({ at, field: at, error: failure.error, fields });
    }
  }
}
