import { readFileSync } from 'node:fs';
import type { Logger } from '../../common/log.ts';
import type { Sealer } from '../shared/seal.ts';
import { createSubgraph, type Subgraph } from '../shared/subgraph.ts';
import { createContext } from './context.ts';
import { createCrmParties } from './parties.ts';
import { resolvers } from './resolvers.ts';
import type { CrmSource } from './source.ts';

export interface CrmSubgraphDeps {
  /** None = this company has no CRM; its fields then say so. Closed with the subgraph. */
  sources: readonly CrmSource[];
  sealer: Sealer;
  log?: Logger;
}

/** What the CRMs know of customers, as a subgraph and as identity's port. */
export function createCrmSubgraph({ sources, sealer, log }: CrmSubgraphDeps): Subgraph {
  return createSubgraph({
    name: 'crm',
    typeDefs: readFileSync(new URL('../../schema/crm.graphql', import.meta.url), 'utf8'),
    resolvers,
    createContext: (call) => createContext({ sources, sealer }, call),
    internal: createCrmParties(sources),
    log,
    close: async () => {
      await Promise.all(sources.map((source) => source.close()));
    },
  });
}
