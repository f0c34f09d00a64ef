import { cloneData } from './merge-data.ts';
import { putOwn } from './own-keys.ts';

type Data = Record<string, unknown>;

/** Where something is put into an object later, key by key: into what stands there, or anywhere in the `whole` of it. */
export type EnteredParts = ReadonlyMap<string, EnteredParts | 'whole'>;

/** Makes of data that nobody may change an object of the answer: what nobody enters is not copied. */
export type CopyEntered = (data: Data) => Data;

export function createCopyEntered(parts: EnteredParts): CopyEntered {
  if (parts.size === 0) return (data) => data;
  const copiers = [...parts].map(([key, inner]) => [key, copierOf(inner)] as const);
  return (data) => {
    const copy = { ...data };
    for (const [key, copyPart] of copiers) if (Object.hasOwn(copy, key)) putOwn(copy, key, copyPart(copy[key]));
    return copy;
  };
}

function copierOf(parts: EnteredParts | 'whole'): (value: unknown) => unknown {
  if (parts === 'whole') return cloneData;
  const copyObject = parts.size === 0 ? (data: Data) => ({ ...data }) : createCopyEntered(parts);
  return function copy(value): unknown {
    if (Array.isArray(value)) return value.map(copy);
    return typeof value === 'object' && value !== null ? copyObject(value as Data) : value;
  };
}
