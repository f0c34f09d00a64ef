/**
 * Cuts out of a text what must not be printed: addresses' paths and queries, e-mail addresses, secrets of common forms,
 * and the given secrets. The last net: messages should hold none of these in the first place. Never eats a quote or a
 * backslash, so that a line of JSON stays one.
 */
export function scrub(text: string, secrets: readonly string[] = []): string {
  const withoutSecrets = secrets.reduce((left, secret) => left.replaceAll(secret, '[secret]'), text);
  return withoutSecrets
    .replace(/\b(https?:\/\/)(?:[^\s/@"'\\]*@)?([\w.:[\]-]+)[^\s"'<>)\\]*/gi, hostOnly)
    .replace(/(?<![^\s@"'<>:=(),;/\\])[^\s@"'<>:=(),;/\\]+@[^\s@"'<>(),;/\\]+\.[^\s@"'<>(),;/\\]+/g, '[email]')
    .replace(/\b(bearer|basic)\s+[\w+/=.~-]{6,}/gi, '$1 [secret]')
    .replace(/\b((?:api[_-]?)?(?:token|key)|secret|password|signature)=[^&\s"'\\]+/gi, '$1=[secret]');
}

function hostOnly(url: string, scheme: string, host: string): string {
  return url === `${scheme}${host}` ? url : `${scheme}${host}/…`;
}
