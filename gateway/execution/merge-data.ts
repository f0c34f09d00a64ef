import { putOwn } from './own-keys.ts';

type Data = Record<string, unknown>;

/**
 * Puts `data` into `target`, object into object and list element into list element; where one of them is something else,
 * what comes later wins, but never the name of one of the interfaces.
 */
export function mergeData(target: Data, data: Data, interfaces: ReadonlySet<string>): void {
  for (const key of Object.keys(data)) {
    const value = data[key];
    if (value === undefined) continue;
    const known = Object.hasOwn(target, key) ? target[key] : undefined;
    if (key === '__typename' && known !== undefined && interfaces.has(String(value))) continue;
    if (!mergeInto(known, value, interfaces)) putOwn(target, key, value);
  }
}

/** False when `known` can't take it and must be replaced. */
function mergeInto(known: unknown, value: unknown, interfaces: ReadonlySet<string>): boolean {
  if (Array.isArray(known) && Array.isArray(value) && known.length === value.length) {
    for (const [index, element] of value.entries()) {
      if (!mergeInto(known[index], element, interfaces)) known[index] = element;
    }
    return true;
  }
  if (!isObject(known) || !isObject(value)) return false;
  mergeData(known, value, interfaces);
  return true;
}

function isObject(value: unknown): value is Data {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A copy of JSON data. */
export function cloneData<T>(data: T): T {
  if (Array.isArray(data)) return data.map(cloneData) as T;
  if (!isObject(data)) return data;
  const copy: Data = {};
  for (const key of Object.keys(data)) putOwn(copy, key, cloneData(data[key]));
  return copy as T;
}
