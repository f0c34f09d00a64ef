import type { Sealer } from '../shared/seal.ts';
import type { CallContext } from '../shared/upstream-client.ts';
import type { PartyPorts } from './domains.ts';
import { createIdentities, type Identities, type IdentityDeps } from './identities.ts';

/** What every request has at hand; what it has read lives as long as it. */
export interface Context extends CallContext {
  ports: PartyPorts;
  identities: Identities;
  sealer: Sealer;
}

export function createContext({ sealer, ...deps }: IdentityDeps & { sealer: Sealer }, call: CallContext): Context {
  return { ...call, ports: deps.ports, identities: createIdentities(deps, call), sealer };
}
