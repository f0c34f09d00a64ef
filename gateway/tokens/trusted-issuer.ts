import type { Caller } from './caller.ts';
import type { Claims } from './claims.ts';
import type { KeySet } from './key-set.ts';

/** What a token of one kind has to be. */
export interface TokenRules {
  audience: readonly string[];
  algorithms: readonly string[];
  /** Null: not looked at. */
  typ: string | null;
}

/** What a token says of its bearer, as far as it differs from issuer to issuer. */
export type Grant = Pick<Caller, 'clientId' | 'scopes' | 'rows' | 'budget' | 'documents' | 'actor'>;

/** One issuer whose tokens are believed. */
export interface TrustedIssuer {
  /** Exactly as in `iss`. */
  issuer: string;
  /** How revocations name it. */
  revocationName: string;
  keys: KeySet;
  access: TokenRules;
  /** Tokens that say who stands behind another one; null when this issuer's are not taken for that. */
  assertion: TokenRules | null;
  /** The name of the person whom a token is about. */
  nameOf(claims: Claims): string | null;
  /** What the token grants now; the same object until that changes. Throws a TokenError when it grants nothing any more. */
  grantOf(claims: Claims): Promise<Grant>;
}
