import { readFileSync } from 'node:fs';
import type { CallerVerifier } from '../../common/caller-header.ts';
import type { Logger } from '../../common/log.ts';
import type { IdentityPort } from '../shared/identity-port.ts';
import { createRecordCache, type RecordCache } from '../shared/record-cache.ts';
import type { Sealer } from '../shared/seal.ts';
import { createSubgraph, type Subgraph } from '../shared/subgraph.ts';
import { createContext } from './context.ts';
import { createDirectory, type PartyPorts } from './domains.ts';
import type { ExploreLimits } from './explore.ts';
import { createIdentityPort } from './identity-port.ts';
import { NO_OPERATOR_LINKS, type OperatorLinks } from './links-file.ts';
import { createMemory } from './memory.ts';
import { createPatience, ENDLESS_PATIENCE } from './patience.ts';
import { createRenewal } from './renewal.ts';
import { resolvers } from './resolvers.ts';
import { touchedBy } from './touched.ts';
import { createTraces } from './traces.ts';

const typeDefs = readFileSync(new URL('../../schema/identity.graphql', import.meta.url), 'utf8');

export interface IdentitySubgraphDeps {
  ports: PartyPorts;
  sealer: Sealer;
  /** Default: none. */
  operatorLinks?: OperatorLinks;
  /** Default: in memory, its own. */
  cache?: RecordCache;
  /** By which it is judged how old an answer is. */
  now?: () => number;
  limits?: ExploreLimits;
  /** Without it everybody sees every customer. */
  verifyCaller?: CallerVerifier;
  log?: Logger;
}

/** With what the domains ask it for their callers' row rules. */
export interface IdentitySubgraph extends Subgraph {
  identity: IdentityPort;
  /** By what all that is kept of a customer can be recognised. */
  tracesOf: ReturnType<typeof createTraces>;
}

/** Who is who across the three domains. The ports are closed by whoever made them. */
export function createIdentitySubgraph(deps: IdentitySubgraphDeps): IdentitySubgraph {
  const { ports, sealer, operatorLinks = NO_OPERATOR_LINKS, cache = createRecordCache(), verifyCaller, limits } = deps;
  const { now, log } = deps;
  const patience = createPatience(ports);
  const patientDeps = {
    ports,
    directory: createDirectory(),
    memory: createMemory(cache, now),
    operator: operatorLinks,
    limits,
    log,
  };
  const identityDeps = { ...patientDeps, patience, onStandIn: createRenewal(patientDeps, patience) };
  const subgraph = createSubgraph({
    name: 'identity',
    typeDefs,
    resolvers,
    touchedBy,
    createContext: (call) => createContext({ ...identityDeps, sealer }, call),
    verifyCaller,
    log,
  });
  return {
    ...subgraph,
    identity: createIdentityPort(identityDeps),
    tracesOf: createTraces({ ...patientDeps, patience: ENDLESS_PATIENCE }),
  };
}
