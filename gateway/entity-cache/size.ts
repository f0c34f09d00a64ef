/** Of an object or a list without its contents, and of each of its slots; V8's own numbers, rounded up. */
const OBJECT_BYTES = 32;
const SLOT_BYTES = 8;
const STRING_BYTES = 24;

/** What JSON data takes in memory, in bytes, roughly. */
export function sizeOf(value: unknown): number {
  if (typeof value === 'string') return STRING_BYTES + value.length;
  if (typeof value !== 'object' || value === null) return SLOT_BYTES;
  let size = OBJECT_BYTES;
  for (const inner of Array.isArray(value) ? value : Object.values(value)) size += SLOT_BYTES + sizeOf(inner);
  return size;
}
