type Json = Record<string, unknown>;

/** WordPress's `_fields`: keeps the named fields, also inner ones (`billing.email`). */
export function pickFields(object: Json, fields: readonly string[] | null): Json {
  if (fields === null || fields.length === 0) return object;
  const picked: Json = {};
  for (const field of fields) pick(object, picked, field.split('.'));
  return picked;
}

function pick(from: Json, to: Json, [name, ...rest]: string[]): void {
  if (name === undefined || !(name in from)) return;
  const value = from[name];
  if (rest.length === 0 || !isObject(value)) {
    to[name] = value;
    return;
  }
  const inner = isObject(to[name]) ? to[name] : {};
  to[name] = inner;
  pick(value, inner, rest);
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
