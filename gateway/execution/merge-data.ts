type Data = Record<string, unknown>;

/**
 * Puts `data` into `target`, object into object and list element into list element; where one of them is something else,
 * what comes later wins.
 */
export function mergeData(target: Data, data: Data): void {
  for (const key of Object.keys(data)) {
    const value = data[key];
    if (value === undefined) continue;
    const known = Object.hasOwn(target, key) ? target[key] : undefined;
    if (!mergeInto(known, value)) put(target, key, value);
  }
}

/** False when `known` can't take it and must be replaced. */
function mergeInto(known: unknown, value: unknown): boolean {
  if (Array.isArray(known) && Array.isArray(value) && known.length === value.length) {
    for (const [index, element] of value.entries()) if (!mergeInto(known[index], element)) known[index] = element;
    return true;
  }
  if (!isObject(known) || !isObject(value)) return false;
  mergeData(known, value);
  return true;
}

function isObject(value: unknown): value is Data {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Not by assignment: the key may be `__proto__`. */
function put(target: Data, key: string, value: unknown): void {
  if (key !== '__proto__') target[key] = value;
  else Object.defineProperty(target, key, { value, configurable: true, enumerable: true, writable: true });
}

/** A copy of JSON data. */
export function cloneData<T>(data: T): T {
  if (Array.isArray(data)) return data.map(cloneData) as T;
  if (!isObject(data)) return data;
  const copy: Data = {};
  for (const key of Object.keys(data)) put(copy, key, cloneData(data[key]));
  return copy as T;
}
