import type { FetchSpec } from '../planning/fetch-specs.ts';
import { partsOfType, type RepresentationParts } from '../planning/representation-parts.ts';
import { rewriteData } from './rewrite-data.ts';

type Data = Record<string, unknown>;

/** An object's representation; null when the object does not hold what one is made of. The compiled `Represent` writes the same. */
export function representationOf(object: Data, { representation, inputRewrites }: FetchSpec): Data | null {
  const made = select(object, representation);
  if (made === null || typeof made.__typename !== 'string') return null;
  rewriteData(made, inputRewrites);
  return made;
}

function select(object: Data, parts: RepresentationParts): Data | null {
  const type = Object.hasOwn(object, '__typename') ? String(object.__typename) : '';
  const selected: Data = {};
  for (const [key, inner] of partsOfType(parts, type)) {
    const value = Object.hasOwn(object, key) ? object[key] : undefined;
    if (value === undefined) return null;
    // A field's name, never `__proto__`.
    selected[key] = inner === null ? value : selectInside(value, inner);
  }
  return selected;
}

/** What is missing inside counts as null. */
function selectInside(value: unknown, parts: RepresentationParts): unknown {
  if (Array.isArray(value)) return value.map((element) => selectInside(element, parts));
  return typeof value === 'object' && value !== null ? select(value as Data, parts) : null;
}
