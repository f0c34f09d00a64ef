/** JSON text read, or the fact that it is none. The parser's own message quotes the body, so it is not kept. */
export type ParsedJson = { ok: true; value: unknown } | { ok: false };

export function parseJson(bytes: Buffer, losslessNumbers: boolean): ParsedJson {
  const text = withoutByteOrderMark(bytes.toString('utf8'));
  if (text.trim() === '') return { ok: true, value: null };
  try {
    return { ok: true, value: losslessNumbers ? parseLossless(text) : JSON.parse(text) };
  } catch {
    return { ok: false };
  }
}

/** WordPress answers with one when a plugin's file was saved with it. */
function withoutByteOrderMark(text: string): string {
  return text.startsWith('\ufeff') ? text.slice(1) : text;
}

/**
 * Numbers that are no safe integers become their own text. Reading the source of each value takes several times as long as
 * the rest of the parser, so it is read only where there may be a number of more digits than a double is sure to keep.
 */
function parseLossless(text: string): unknown {
  return MAYBE_INEXACT.test(text) ? parseBySource(text) : withDecimalsAsText(JSON.parse(text));
}

/** A number of 16 characters or with an exponent; it may also stand within a string. Doubles keep 15 digits (IEEE 754, DBL_DIG). */
const MAYBE_INEXACT = /(?:^|[:,[])\s*-?(?:[\d.]{16}|[\d.]+[eE])/;

/** In place. */
function withDecimalsAsText(value: unknown): unknown {
  if (typeof value === 'number') return Number.isSafeInteger(value) ? value : String(value);
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(withDecimalsAsText);
  const record = value as Record<string, unknown>;
  for (const [name, part] of Object.entries(record)) {
    const text = withDecimalsAsText(part);
    if (text !== part) record[name] = text;
  }
  return record;
}

// Cast: TypeScript's library does not know yet that a reviver gets the source text (ES2026).
const parseWithSource = JSON.parse as (
  text: string,
  reviver: (key: string, value: unknown, context: { source?: string }) => unknown,
) => unknown;

function parseBySource(text: string): unknown {
  return parseWithSource(text, (_key, value, { source }) =>
    typeof value === 'number' && !isExactInteger(value, source) ? source : value,
  );
}

function isExactInteger(value: number, source: string | undefined): boolean {
  return Number.isSafeInteger(value) && /^-?\d+$/.test(source ?? '');
}

/** A web page where data was expected: a firewall, a log-in form, a maintenance page. */
export function isHtml(headers: Readonly<Record<string, string>>): boolean {
  return /^\s*(text\/html|application\/xhtml)/i.test(headers['content-type'] ?? '');
}
