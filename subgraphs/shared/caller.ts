import type { CallerFacts } from '../../common/caller.ts';
import { CALLER_HEADER, type CallerVerifier } from '../../common/caller-header.ts';
import { ALL_ROWS } from '../../common/row-rules.ts';
import type { IdentityPort, SignedCaller } from './identity-port.ts';

/** How a domain learns who asks, and what follows from it. */
export interface CallerDeps {
  verify: CallerVerifier;
  identity: IdentityPort;
}

/** Who asks a subgraph that nobody has told the gateway's key: tests, and whoever runs it without rights. */
const ANYBODY: CallerFacts = Object.freeze({
  isAuthenticated: false,
  clientId: null,
  subject: null,
  scopes: new Set<string>(),
  rows: ALL_ROWS,
  actor: null,
});

/** Throws UNAUTHENTICATED for a request that the gateway did not sign. */
export async function readCaller(
  headers: Readonly<Record<string, string>>,
  verify: CallerVerifier | undefined,
): Promise<SignedCaller> {
  if (!verify) return { facts: ANYBODY, statement: '' };
  // Verified, so it is there.
  return { facts: await verify(headers), statement: headers[CALLER_HEADER]! };
}
