/** Ids of WordPress are positive integers; anything else would be refused, or cut to a number by PHP. */
export function isId(text: string): boolean {
  return /^[1-9]\d{0,14}$/.test(text);
}
