import { readFileSync } from 'node:fs';
import type { Logger } from '../../common/log.ts';
import { createRecordCache, type RecordCache } from '../shared/record-cache.ts';
import type { Sealer } from '../shared/seal.ts';
import { createSubgraph, type Subgraph } from '../shared/subgraph.ts';
import { createContext } from './context.ts';
import { createDirectory, type PartyPorts } from './domains.ts';
import type { ExploreLimits } from './explore.ts';
import { NO_OPERATOR_LINKS, type OperatorLinks } from './links-file.ts';
import { createMemory } from './memory.ts';
import { resolvers } from './resolvers.ts';

const typeDefs = readFileSync(new URL('../../schema/identity.graphql', import.meta.url), 'utf8');

export interface IdentitySubgraphDeps {
  ports: PartyPorts;
  sealer: Sealer;
  /** Default: none. */
  operatorLinks?: OperatorLinks;
  /** Default: in memory, its own. */
  cache?: RecordCache;
  limits?: ExploreLimits;
  log?: Logger;
}

/** Who is who across the three domains. The ports are closed by whoever made them. */
export function createIdentitySubgraph(deps: IdentitySubgraphDeps): Subgraph {
  const { ports, sealer, operatorLinks = NO_OPERATOR_LINKS, cache = createRecordCache(), limits, log } = deps;
  const directory = createDirectory();
  const memory = createMemory(cache);
  return createSubgraph({
    name: 'identity',
    typeDefs,
    resolvers,
    createContext: (call) =>
      createContext({ ports, sealer, directory, memory, operator: operatorLinks, limits, log }, call),
    log,
  });
}
