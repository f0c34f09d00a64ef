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

// Cast: TypeScript's library does not know yet that a reviver gets the source text (ES2026).
const parseWithSource = JSON.parse as (
  text: string,
  reviver: (key: string, value: unknown, context: { source?: string }) => unknown,
) => unknown;

function parseLossless(text: string): unknown {
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
