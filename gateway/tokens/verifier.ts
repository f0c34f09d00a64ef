import { createHash } from 'node:crypto';
import { decodeJwt, errors, type JWTVerifyOptions, jwtVerify } from 'jose';
import { LRUCache } from 'lru-cache';
import type { Claims } from './claims.ts';
import type { KnownKeys } from './key-set.ts';
import { TokenError } from './token-error.ts';
import type { TokenRules, TrustedIssuer } from './trusted-issuer.ts';

/** A token whose signature, issuer, audience and times are right. Whether it was revoked is asked elsewhere, each time. */
export interface VerifiedToken {
  issuer: TrustedIssuer;
  claims: Claims;
  expiresAtMs: number;
  /** Names the token without holding it. */
  hash: string;
}

type TokenUse = 'access' | 'assertion';

export type TokenVerifier = (token: string, use: TokenUse) => Promise<VerifiedToken>;

/** Clocks differ a little from machine to machine. */
const SKEW_S = 30;

/** Three parts: a signed token. An encrypted one has five. */
const COMPACT_JWS = /^[\w-]+\.[\w-]+\.[\w-]+$/;

export interface VerifierOptions {
  issuers: readonly TrustedIssuer[];
  now?: () => number;
  /** How many verified tokens are remembered, default 5000. */
  cacheSize?: number;
}

/**
 * Verifies signed JWTs (RFC 7519, 8725, 9068). A token that was verified is remembered by its hash until it expires or
 * its issuer's keys change, so that a key that was withdrawn takes its tokens with it.
 */
export function createTokenVerifier(options: VerifierOptions): TokenVerifier {
  const { issuers, now = Date.now, cacheSize = 5000 } = options;
  const byAddress = new Map(issuers.map((issuer) => [issuer.issuer, issuer]));
  if (byAddress.size < issuers.length) throw new Error('Expected issuers with distinct addresses');
  const known = new LRUCache<string, { verified: VerifiedToken; keys: KnownKeys }>({ max: cacheSize });

  return async (token, use) => {
    const hash = createHash('sha256').update(use).update('\0').update(token).digest('base64url');
    const entry = known.get(hash);
    if (entry && (await isStillGood(entry, now()))) return entry.verified;
    const fresh = await verify(token, use, { hash, byAddress, now });
    known.set(hash, fresh);
    return fresh.verified;
  };
}

async function isStillGood(
  { verified, keys }: { verified: VerifiedToken; keys: KnownKeys },
  nowMs: number,
): Promise<boolean> {
  return nowMs < verified.expiresAtMs + SKEW_S * 1000 && (await verified.issuer.keys.current()) === keys;
}

interface Context {
  hash: string;
  byAddress: ReadonlyMap<string, TrustedIssuer>;
  now: () => number;
}

async function verify(token: string, use: TokenUse, { hash, byAddress, now }: Context) {
  const issuer = byAddress.get(issuerNameIn(token));
  const rules = issuer?.[use];
  if (!issuer || !rules) throw new TokenError('The token is of an issuer that is not trusted here');
  const options = toVerifyOptions(issuer, rules, new Date(now()));
  try {
    const { payload, keys } = await verifySignature(token, issuer, options);
    const verified: VerifiedToken = {
      issuer,
      claims: Object.freeze(payload),
      // Required by the options above.
      expiresAtMs: payload.exp! * 1000,
      hash,
    };
    return { verified, keys };
  } catch (error) {
    throw error instanceof errors.JOSEError ? new TokenError(reasonOf(error)) : error;
  }
}

/** Read before anything is verified: only to choose whose keys to verify with. */
function issuerNameIn(token: string): string {
  try {
    const { iss } = COMPACT_JWS.test(token) ? decodeJwt(token) : {};
    if (typeof iss === 'string') return iss;
  } catch {
    // Told below.
  }
  throw new TokenError('The token is not a signed JWT that names its issuer');
}

function toVerifyOptions(issuer: TrustedIssuer, rules: TokenRules, currentDate: Date): JWTVerifyOptions {
  return {
    issuer: issuer.issuer,
    audience: [...rules.audience],
    algorithms: [...rules.algorithms],
    ...(rules.typ === null ? {} : { typ: rules.typ }),
    requiredClaims: ['iss', 'aud', 'exp'],
    clockTolerance: SKEW_S,
    currentDate,
  };
}

async function verifySignature(token: string, { keys: keySet }: TrustedIssuer, options: JWTVerifyOptions) {
  const keys = await keySet.current();
  try {
    return { payload: (await jwtVerify(token, keys, options)).payload, keys };
  } catch (error) {
    if (!(error instanceof errors.JWKSNoMatchingKey)) throw error;
  }
  const newer = await keySet.refreshed();
  return { payload: (await jwtVerify(token, newer, options)).payload, keys: newer };
}

/** In words of ours: jose's messages may hold what the token holds. */
function reasonOf(error: errors.JOSEError): string {
  if (error instanceof errors.JWTExpired) return 'The token has expired';
  if (error instanceof errors.JWTClaimValidationFailed) {
    return REASON_OF_CLAIM.get(error.claim) ?? 'The token is not valid here';
  }
  if (error instanceof errors.JOSEAlgNotAllowed) return 'The token is signed by an algorithm that is not allowed';
  if (error instanceof errors.JWKSNoMatchingKey) return 'The token is signed by an unknown key';
  if (error instanceof errors.JWSSignatureVerificationFailed) return 'The signature of the token is wrong';
  return 'The token is not valid here';
}

const REASON_OF_CLAIM: ReadonlyMap<string, string> = new Map([
  ['iss', 'The token is of another issuer'],
  ['aud', 'The token is not for this service'],
  ['exp', 'The token does not say when it expires'],
  ['nbf', 'The token is not valid yet'],
  ['typ', 'The token is not an access token'],
]);
