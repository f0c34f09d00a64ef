/** Ids of WordPress are positive integers; anything else would be refused, or cut to a number by PHP. */
export function isId(text: string): boolean {
  return /^[1-9]\d{0,14}$/.test(text);
}

export function chunksOf<T>(items: readonly T[], size: number): T[][] {
  const unique = [...new Set(items)];
  return Array.from({ length: Math.ceil(unique.length / size) }, (_, index) =>
    unique.slice(index * size, (index + 1) * size),
  );
}
