/** What @cacheTag says: text with values in it, as `product-{$key.id}` or `top-{$args.first}`. */
export type TagFormat = readonly (string | readonly string[])[];

/** Values stand as paths, as `["$key", "id"]`. */
export function parseTagFormat(text: string): TagFormat {
  return text.split(/\{(\$[^{}]*)\}/).map((part, index) => (index % 2 === 0 ? part : part.trim().split('.')));
}

/** Null where a value is missing or is none that can stand in a text: then nothing has the tag. */
export function formatTag(format: TagFormat, values: Readonly<Record<string, unknown>>): string | null {
  let tag = '';
  for (const part of format) {
    const value = typeof part === 'string' ? part : valueAt(values, part);
    if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'boolean') return null;
    tag += String(value);
  }
  return tag;
}

function valueAt(values: unknown, path: readonly string[]): unknown {
  let value = values;
  for (const name of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return undefined;
    // Cast: an object's own key.
    value = (value as Record<string, unknown>)[name];
  }
  return value;
}
