import { randomUUID } from 'node:crypto';
import { importJWK, SignJWT } from 'jose';
import { CUSTOMER_DETAIL } from './own-customer.ts';
import { type KeyRing, SIGNING_ALGORITHM } from './signing-key.ts';

export interface TokenToSign {
  issuer: string;
  audience: string;
  clientId: string;
  scopes: readonly string[];
  /** Reference of the customer whom the token is for. */
  own: string | null;
  ttlSeconds: number;
}

/** The token that the token endpoint would give, for whoever holds the key anyway: the operator, trying things out. */
export async function signToken({ signing }: KeyRing, token: TokenToSign): Promise<string> {
  const { issuer, audience, clientId, scopes, own, ttlSeconds } = token;
  const details = own === null ? {} : { authorization_details: [{ type: CUSTOMER_DETAIL, reference: own }] };
  return new SignJWT({ client_id: clientId, scope: scopes.join(' '), ...details })
    .setProtectedHeader({ alg: SIGNING_ALGORITHM, typ: 'at+jwt', kid: signing.kid })
    .setIssuer(issuer)
    .setAudience(audience)
    .setSubject(clientId)
    .setJti(randomUUID())
    .setIssuedAt()
    .setExpirationTime(`${ttlSeconds}s`)
    .sign(await importJWK(signing.privateJwk, SIGNING_ALGORITHM));
}
