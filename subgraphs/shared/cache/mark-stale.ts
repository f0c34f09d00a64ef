/**
 * A copy in which every record says that it is stale: wherever a `source` tells when it was fetched. The value itself
 * stays as it is, because the cache keeps it.
 */
export function markStale<T>(value: T): T {
  // Cast: the copy differs from the value in `source.stale` alone.
  return mark(value) as T;
}

function mark(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(mark);
  if (!isPlain(value)) return value;
  const entries = Object.entries(value).map(([name, part]) => [name, mark(part)]);
  const copy = Object.fromEntries(entries);
  return 'fetchedAt' in copy && 'stale' in copy ? { ...copy, stale: true } : copy;
}

function isPlain(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}
