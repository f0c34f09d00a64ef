import type { JSONWebKeySet } from 'jose';
import { z } from 'zod';
import { parseJwks } from './key-set.ts';

type Fetch = typeof globalThis.fetch;

const TIMEOUT_MS = 5000;
/** Far above any set of keys. */
const MAX_BYTES = 256 * 1024;

/**
 * Reads an issuer's keys from where its discovery document says (OpenID Connect Discovery 1.0), or from `jwksUri`. The
 * place is kept until it fails once.
 */
export function createIssuerKeyReader(
  { issuer, jwksUri, allowHttp }: { issuer: string; jwksUri: string | null; allowHttp: boolean },
  fetch: Fetch = globalThis.fetch,
): () => Promise<JSONWebKeySet> {
  let place = jwksUri;
  return async () => {
    place ??= await discover(issuer, allowHttp, fetch);
    try {
      return parseJwks(await fetchJson(place, fetch));
    } catch (error) {
      place = jwksUri;
      throw error;
    }
  };
}

/** Keys decide who is believed, so they come over TLS; this machine's own loopback is as good. */
export function isTrustworthyUrl(url: string, allowHttp: boolean): boolean {
  const { protocol, hostname } = new URL(url);
  if (protocol === 'https:') return true;
  return protocol === 'http:' && (allowHttp || ['localhost', '127.0.0.1', '[::1]'].includes(hostname));
}

const discoverySchema = z.object({ issuer: z.string(), jwks_uri: z.url() });

async function discover(issuer: string, allowHttp: boolean, fetch: Fetch): Promise<string> {
  const url = `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`;
  const found = discoverySchema.parse(await fetchJson(url, fetch));
  // Section 4.3: else one issuer's document could stand in for another's.
  if (found.issuer !== issuer) throw new Error(`The discovery document of ${issuer} names another issuer`);
  if (!isTrustworthyUrl(found.jwks_uri, allowHttp)) throw new Error(`The keys of ${issuer} are not behind https`);
  return found.jwks_uri;
}

async function fetchJson(url: string, fetch: Fetch): Promise<unknown> {
  const response = await fetch(url, {
    headers: { accept: 'application/json, application/jwk-set+json' },
    redirect: 'error',
    signal: AbortSignal.timeout(TIMEOUT_MS),
  });
  if (response.status !== 200) {
    await response.body?.cancel();
    throw new Error(`Expected keys from ${new URL(url).origin} and got the status ${response.status}`);
  }
  return parseJson(await readBounded(response));
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Without the cause, which quotes the body.
    throw new Error('Expected keys and got something else than JSON');
  }
}

async function readBounded(response: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    size += chunk.length;
    if (size > MAX_BYTES) throw new Error(`Expected keys and got more than ${MAX_BYTES} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
