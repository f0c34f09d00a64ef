type Data = Readonly<Record<string, unknown>>;

/** An object's own value: a client may call a key `constructor`. Undefined without one. */
export function getOwn(object: Data, key: string | number): unknown {
  return Object.hasOwn(object, key) ? object[key] : undefined;
}

/** Not always by assignment: a client may call a key `__proto__`. */
export function putOwn(object: Record<string, unknown>, key: string, value: unknown): void {
  if (key !== '__proto__') object[key] = value;
  else Object.defineProperty(object, key, { value, configurable: true, enumerable: true, writable: true });
}
