import type { CallerFacts } from '../../common/caller.ts';
import { NO_ROWS } from '../../common/row-rules.ts';

/** All that the gateway needs to know of a token. */
export interface Caller extends CallerFacts {
  /** The issuer's address. */
  issuer: string | null;
  /** Cost points a minute; null is the gateway's default. */
  budget: number | null;
  /** Whether it may send any document, or only registered ones; null is the gateway's default. */
  documents: 'any' | 'trusted' | null;
  tokenId: string | null;
  expiresAt: Date | null;
  /** The verified claims, for policies. */
  claims: Readonly<Record<string, unknown>>;
}

/** Without a token: nobody's records, and of the rest what needs no scope. */
export const ANONYMOUS: Caller = Object.freeze({
  isAuthenticated: false,
  issuer: null,
  clientId: null,
  subject: null,
  scopes: new Set<string>(),
  rows: NO_ROWS,
  budget: null,
  documents: null,
  actor: null,
  tokenId: null,
  expiresAt: null,
  claims: Object.freeze({}),
});
