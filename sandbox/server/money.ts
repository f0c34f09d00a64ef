/** 12345 -> "123.45". */
export function minorToText(minor: number): string {
  const digits = String(Math.abs(minor)).padStart(3, '0');
  return `${minor < 0 ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

/** 12345 -> "123,45", as Polish software writes some of its sums. */
export function minorToCommaText(minor: number): string {
  return minorToText(minor).replace('.', ',');
}
