/** What JSON escapes, and halves of surrogate pairs. */
const ESCAPED = /["\\\u0000-\u001f\ud800-\udfff]/;
/** Longer ones are faster looked through by JSON.stringify itself. */
const SHORT = 40;

/** A string as JSON. */
export function stringText(value: string): string {
  return value.length > SHORT || ESCAPED.test(value) ? JSON.stringify(value) : `"${value}"`;
}

/** A value without a selection as JSON: a scalar, or a list of such. */
export function leafText(value: unknown): string {
  if (typeof value === 'string') return stringText(value);
  if (value === null) return 'null';
  return JSON.stringify(value);
}
