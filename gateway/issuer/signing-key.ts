import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { calculateJwkThumbprint, type JWK } from 'jose';

export const SIGNING_ALGORITHM = 'EdDSA';

/** Ed25519 as a JWK, private part included; `kid` is its thumbprint (RFC 7638). */
export interface SigningKey {
  kid: string;
  privateJwk: JWK;
}

/** The keys of the embedded issuer at one moment. */
export interface KeyRing {
  /** Signs what is issued now; one of `published`. */
  signing: SigningKey;
  /** All that verify. */
  published: readonly SigningKey[];
}

/** The same ring until the keys change. */
export type CurrentKeyRing = () => Promise<KeyRing>;

export async function newSigningKey(): Promise<SigningKey> {
  return toSigningKey(generateKeyPairSync('ed25519').privateKey);
}

async function toSigningKey(key: KeyObject): Promise<SigningKey> {
  // Node's own JWK type is wider than jose's.
  const jwk = key.export({ format: 'jwk' }) as JWK;
  const kid = await calculateJwkThumbprint(jwk);
  return { kid, privateJwk: { ...jwk, kid, alg: SIGNING_ALGORITHM, use: 'sig' } };
}

/** The part that everybody may have. */
export function publicJwk({ privateJwk }: SigningKey): JWK {
  const { d: _private, ...rest } = privateJwk;
  return rest;
}

/** Keys that don't change while the process runs: the first one signs, all verify. */
export async function createFixedKeyRing(keys: readonly KeyObject[]): Promise<CurrentKeyRing> {
  const published = await Promise.all(keys.map(toSigningKey));
  const [signing] = published;
  if (!signing) throw new Error('Expected at least one signing key');
  const ring = { signing, published };
  return async () => ring;
}
