/** What a Cache-Control header says to a cache (RFC 9111, 5.2.2). */
export interface CacheControl {
  /** False: nobody may keep it without asking each time. */
  isStorable: boolean;
  /** For one caller alone. */
  isPrivate: boolean;
  /** Counted from when it was made; null where nothing is said. */
  maxAgeMs: number | null;
}

export function parseCacheControl(text: string): CacheControl {
  const directives = new Map<string, string>();
  for (const [, name, token, quoted] of text.matchAll(DIRECTIVE)) {
    const key = name!.toLowerCase();
    if (!directives.has(key)) directives.set(key, token ?? quoted ?? '');
  }
  const isPrivate = directives.has('private');
  const seconds = (isPrivate ? undefined : directives.get('s-maxage')) ?? directives.get('max-age');
  return {
    isStorable: !directives.has('no-store') && !directives.has('no-cache'),
    isPrivate,
    maxAgeMs: seconds === undefined ? null : toMs(seconds),
  };
}

/** Seconds of an `Age` header; what can't be read counts as none. */
export function parseAge(text: string | undefined): number {
  return text === undefined ? 0 : toMs(text.trim());
}

const DIRECTIVE = /([\w!#$%&'*+.^`|~-]+)(?:\s*=\s*(?:([\w!#$%&'*+.^`|~-]+)|"((?:[^"\\]|\\.)*)"))?/g;

/** What can't be read is stale (RFC 9111, 4.2.1). */
function toMs(seconds: string): number {
  return /^\d{1,10}$/.test(seconds) ? Number(seconds) * 1000 : 0;
}
