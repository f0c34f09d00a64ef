/** Without what JSON escapes, and without surrogates, which may be halves. */
const PLAIN = /^[ !#-[\]-\ud7ff\ue000-\uffff]*$/;
/** Longer ones are faster looked through by JSON.stringify itself. */
const SHORT = 40;

/** A string as JSON. */
export function stringText(value: string): string {
  return value.length <= SHORT && PLAIN.test(value) ? `"${value}"` : JSON.stringify(value);
}

/** A value without a selection as JSON: a scalar, or a list of such. */
export function leafText(value: unknown): string {
  if (typeof value === 'string') return stringText(value);
  if (value === null) return 'null';
  return JSON.stringify(value);
}
