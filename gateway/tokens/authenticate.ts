import type { IncomingHttpHeaders } from 'node:http';
import { LRUCache } from 'lru-cache';
import type { Actor } from '../../common/caller.ts';
import type { Revocations } from '../clients/revocations.ts';
import { ANONYMOUS, type Caller } from './caller.ts';
import { textAt } from './claims.ts';
import { TokenError } from './token-error.ts';
import type { Grant } from './trusted-issuer.ts';
import { createTokenVerifier, type TokenVerifier, type VerifiedToken, type VerifierOptions } from './verifier.ts';

/**
 * Tells who asks. The same token gives the same object while its rights stay the same. Throws a TokenError for a token
 * that does not count, and AUTHENTICATION_UNAVAILABLE when that can't be told now.
 */
export type Authenticate = (headers: IncomingHttpHeaders) => Promise<Caller>;

export interface AuthenticateOptions extends VerifierOptions {
  revocations: Revocations;
}

/** A signed token that says which person stands behind a call, beside the token that gives the rights. */
const ASSERTION_HEADER = 'x-actor-assertion';

const BEARER = /^Bearer +([\w.~+/-]+=*)$/i;

const MAX_NAME_CHARS = 200;

/** Reads `Authorization: Bearer` (RFC 6750). No header is nobody; any header that is not a good token is refused. */
export function createAuthenticate({ revocations, ...options }: AuthenticateOptions): Authenticate {
  const verify = createTokenVerifier(options);
  const callers = new LRUCache<string, { grant: Grant; caller: Caller }>({ max: options.cacheSize ?? 5000 });

  return async (headers) => {
    const assertion = headers[ASSERTION_HEADER];
    if (headers.authorization === undefined && assertion === undefined) return ANONYMOUS;
    const token = BEARER.exec(headers.authorization ?? '')?.[1];
    if (!token) throw new TokenError('Expected a bearer token in the Authorization header');
    const verified = await verify(token, 'access');
    await refuseRevoked(verified, revocations);
    const grant = await verified.issuer.grantOf(verified.claims);
    const asserted = assertion === undefined ? null : await readAssertion(assertion, verify, revocations);
    const key = `${verified.hash} ${asserted?.hash ?? ''}`;
    const known = callers.get(key);
    if (known?.grant === grant) return known.caller;
    const caller = toCaller(verified, grant, asserted && actorOf(asserted));
    callers.set(key, { grant, caller });
    return caller;
  };
}

async function readAssertion(
  assertion: string | string[],
  verify: TokenVerifier,
  revocations: Revocations,
): Promise<VerifiedToken> {
  if (typeof assertion !== 'string') throw new TokenError('Expected one assertion of who acts');
  const verified = await verify(assertion, 'assertion');
  await refuseRevoked(verified, revocations);
  return verified;
}

async function refuseRevoked({ issuer, claims }: VerifiedToken, revocations: Revocations): Promise<void> {
  const tokenId = textAt(claims, ['jti']);
  if (tokenId !== null && (await revocations.isTokenRevoked(issuer.revocationName, tokenId))) {
    throw new TokenError('The token was revoked');
  }
}

function actorOf({ issuer, claims }: VerifiedToken): Actor {
  const id = textAt(claims, ['sub']);
  if (id === null) throw new TokenError('The assertion does not say who acts');
  return { id, name: issuer.nameOf(claims) };
}

function toCaller({ issuer, claims, expiresAtMs }: VerifiedToken, grant: Grant, asserted: Actor | null): Caller {
  const actor = asserted ?? grant.actor;
  return Object.freeze({
    ...grant,
    actor: actor && { id: actor.id, name: actor.name?.slice(0, MAX_NAME_CHARS) ?? null },
    isAuthenticated: true,
    issuer: issuer.issuer,
    subject: textAt(claims, ['sub']),
    tokenId: textAt(claims, ['jti']),
    expiresAt: new Date(expiresAtMs),
    claims,
  });
}
