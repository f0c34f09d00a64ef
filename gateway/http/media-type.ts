/** A media type as it stands in `Content-Type` or, with a weight, in `Accept`. */
export interface MediaType {
  /** Lower case, without parameters: `application/json`. */
  type: string;
  /** Lower case; null when it is not told. */
  charset: string | null;
  /** From 0 (refused) to 1. */
  weight: number;
}

/** Null when the text is no media type. */
export function parseMediaType(text: string): MediaType | null {
  const [type = '', ...rest] = text.split(';').map((part) => part.trim().toLowerCase());
  if (!/^[\w!#$&^.+*-]+\/[\w!#$&^.+*-]+$/.test(type)) return null;
  const parameters = new Map(rest.map(toParameter));
  const weight = Number(parameters.get('q') ?? 1);
  return { type, charset: parameters.get('charset') ?? null, weight: Number.isNaN(weight) ? 0 : weight };
}

/** The media types of an `Accept` header in its order. */
export function parseAccept(header: string): MediaType[] {
  return header.split(',').flatMap((part) => parseMediaType(part) ?? []);
}

export function isUtf8({ charset }: MediaType): boolean {
  return charset === null || charset === 'utf-8' || charset === 'utf8' || charset === '*';
}

function toParameter(text: string): [string, string] {
  const [name = '', value = ''] = text.split('=', 2);
  return [name.trim(), value.trim().replace(/^"(.*)"$/, '$1')];
}
