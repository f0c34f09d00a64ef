import { partsOfType, type RepresentationParts } from '../../planning/representation-parts.ts';
import { type Build, readKey } from './source.ts';

type Data = Record<string, unknown>;

/** Maps in maps, by the values of a representation one after the other. */
export type KeyTree = Map<unknown, unknown>;

/**
 * Finds what was made for an object with the same representation, or makes it; null when the object does not hold what a
 * representation is made of. Looking values up is several times faster than writing a text for each object and looking
 * that up.
 */
export type FindByKey<T> = (object: Data, tree: KeyTree, make: (object: Data) => T) => T | null;

/** Null where a representation of the type holds objects, which differ though they are equal. */
export function compileFindByKey<T>(parts: RepresentationParts, type: string, build: Build): FindByKey<T> | null {
  const fields = [...partsOfType(parts, type)].filter(([key]) => key !== '__typename');
  if (fields.length === 0 || fields.some(([, inner]) => inner !== null)) return null;
  const reads = fields.map(
    ([key], index) => `const v${index}=${readKey('o', key)};if(v${index}===undefined)return null;`,
  );
  const steps = fields.map((_, index) => {
    const isLast = index === fields.length - 1;
    return `n=m.get(v${index});if(n===undefined)m.set(v${index},n=${isLast ? 'make(o)' : 'new Map()'});${isLast ? '' : 'm=n;'}`;
  });
  return build(`return (o,m,make)=>{let n;${reads.join('')}${steps.join('')}return n;}`);
}
