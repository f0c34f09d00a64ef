import { createHmac, timingSafeEqual } from 'node:crypto';
import { authenticationError, type WooError } from './errors.ts';
import { parsePhpQuery } from './php-query.ts';

/** A signature is good for a quarter of an hour, and once. */
const MAX_AGE_SECONDS = 15 * 60;

const REQUIRED = [
  'oauth_consumer_key',
  'oauth_timestamp',
  'oauth_nonce',
  'oauth_signature',
  'oauth_signature_method',
] as const;

const HASHES: Readonly<Record<string, string>> = { 'HMAC-SHA256': 'sha256', 'HMAC-SHA1': 'sha1' };

interface SignedRequest {
  method: string;
  /** `http://host/path`, without the query. */
  baseUrl: string;
  query: string;
  /** The `Authorization` header, when it is OAuth's. */
  authorization: string | null;
}

export interface OAuthVerifier {
  /** Null when the signature holds. */
  verify(request: SignedRequest): WooError | null;
}

/** OAuth 1.0a with one leg: no token, only the consumer's key and secret. */
export function createOAuthVerifier(keys: { consumerKey: string; consumerSecret: string }): OAuthVerifier {
  const seen = new Map<string, number>();
  return {
    verify: (request) => {
      const params = collectParams(request);
      const missing = REQUIRED.find((name) => !params.get(name));
      if (missing !== undefined) return authenticationError(`Missing OAuth parameter ${missing}`);
      const param = (name: (typeof REQUIRED)[number]) => params.get(name) ?? '';
      if (param('oauth_consumer_key') !== keys.consumerKey) return authenticationError('Consumer key is invalid.');
      const hash = HASHES[param('oauth_signature_method')];
      if (hash === undefined) return authenticationError('Invalid signature - signature method is invalid.');
      const expected = sign(request, params, hash, keys.consumerSecret);
      if (!isEqual(expected, param('oauth_signature'))) {
        return authenticationError('Invalid signature - provided signature does not match.');
      }
      return checkFreshness(seen, Number(param('oauth_timestamp')), param('oauth_nonce'));
    },
  };
}

function collectParams({ query, authorization }: SignedRequest): Map<string, string> {
  const params = new Map(parsePhpQuery(query).flat);
  for (const [, name = '', value = ''] of (authorization ?? '').matchAll(/(oauth_\w+)="([^"]*)"/g)) {
    params.set(name, decodeURIComponent(value));
  }
  return params;
}

function sign(request: SignedRequest, params: ReadonlyMap<string, string>, hash: string, secret: string): string {
  const pairs = [...params]
    .filter(([name]) => name !== 'oauth_signature')
    .map(([name, value]) => [encode(name), encode(value)] as const)
    .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
    .map(([name, value]) => `${name}=${value}`);
  const base = [request.method.toUpperCase(), encode(request.baseUrl), encode(pairs.join('&'))].join('&');
  return createHmac(hash, `${secret}&`).update(base).digest('base64');
}

/** RFC 3986, stricter than `encodeURIComponent`. */
function encode(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
}

function isEqual(expected: string, offered: string): boolean {
  const [a, b] = [Buffer.from(expected), Buffer.from(offered)];
  return a.length === b.length && timingSafeEqual(a, b);
}

/** Real time: signatures do not follow the business clock. */
function checkFreshness(seen: Map<string, number>, timestamp: number, nonce: string): WooError | null {
  const now = Date.now() / 1000;
  if (!Number.isFinite(timestamp) || Math.abs(now - timestamp) > MAX_AGE_SECONDS) {
    return authenticationError('Invalid timestamp.');
  }
  if (seen.size > 50_000) forgetOld(seen, now);
  const key = `${timestamp}:${nonce}`;
  if (seen.has(key)) return authenticationError('Invalid nonce - nonce has already been used.');
  seen.set(key, timestamp);
  return null;
}

function forgetOld(seen: Map<string, number>, now: number): void {
  for (const [key, timestamp] of seen) if (now - timestamp > MAX_AGE_SECONDS) seen.delete(key);
}
