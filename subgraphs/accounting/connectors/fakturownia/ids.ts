/** Ids of the vendor are positive integers. */
export function isId(text: string): boolean {
  return /^[1-9]\d{0,14}$/.test(text);
}

/** The items without repeats, in lists of at most `size`. */
export function chunksOf<T>(items: readonly T[], size: number): T[][] {
  const unique = [...new Set(items)];
  return Array.from({ length: Math.ceil(unique.length / size) }, (_, index) =>
    unique.slice(index * size, (index + 1) * size),
  );
}
