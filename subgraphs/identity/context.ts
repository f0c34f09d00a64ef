import { forParties } from '../shared/party-rows.ts';
import type { Sealer } from '../shared/seal.ts';
import type { RequestCall } from '../shared/subgraph.ts';
import { type CustomerRows, createCustomerRows } from './customer-rows.ts';
import type { PartyPorts } from './domains.ts';
import { createIdentities, type Identities, type IdentityDeps } from './identities.ts';
import type { Memory } from './memory.ts';

/** What every request has at hand; what it has read lives as long as it. */
export interface Context extends RequestCall {
  ports: PartyPorts;
  identities: Identities;
  /** Whom the caller may see: every customer that is handed out went through it. */
  rows: CustomerRows;
  sealer: Sealer;
  memory: Memory;
  /** Forgets who the owners of these records are. */
  forget(references: readonly string[]): Promise<void>;
  /** For the same request, without what it has read. */
  anew(): Context;
}

export function createContext({ sealer, ...deps }: IdentityDeps & { sealer: Sealer }, call: RequestCall): Context {
  const { ports } = deps;
  const identities = createIdentities(deps, call);
  const rows = createCustomerRows(forParties(call.caller.facts.rows), { ports, identities }, call);
  return {
    ...call,
    ports,
    identities,
    rows,
    sealer,
    memory: deps.memory,
    forget: deps.memory.forget,
    anew: () => createContext({ sealer, ...deps }, call),
  };
}
