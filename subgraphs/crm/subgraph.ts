import { readFileSync } from 'node:fs';
import type { Logger } from '../../common/log.ts';
import type { CallerDeps } from '../shared/caller.ts';
import { tellStrain } from '../shared/party-strain.ts';
import type { Sealer } from '../shared/seal.ts';
import { createSourceStatuses } from '../shared/source-status.ts';
import { createSubgraph, type Subgraph } from '../shared/subgraph.ts';
import type { SourceHealth } from '../shared/upstream/health.ts';
import type { ChangedRecords } from '../shared/webhooks/changed-records.ts';
import { createMemoryWriteMemory, type WriteMemory } from '../shared/write-memory.ts';
import { createChangedRecords } from './changed-records.ts';
import { createContext } from './context.ts';
import { createCrmParties } from './parties.ts';
import { resolvers } from './resolvers.ts';
import type { CrmSource } from './source.ts';
import { createTouchedBy } from './touched.ts';

export interface CrmSubgraphDeps {
  /** None = this company has no CRM; its fields then say so. Closed with the subgraph. */
  sources: readonly CrmSource[];
  sealer: Sealer;
  /** Who asks, and whom they may see; without it everybody sees every row. */
  callers?: CallerDeps;
  /** Default: in memory, its own. */
  writes?: WriteMemory;
  /** How the sources do; the one that their clients tell. */
  health?: SourceHealth;
  log?: Logger;
}

/** With what is done about records that changed. */
export interface CrmSubgraph extends Subgraph {
  changed: ChangedRecords;
}

/** What the CRMs know of customers, as a subgraph and as identity's port. */
export function createCrmSubgraph(deps: CrmSubgraphDeps): CrmSubgraph {
  const { sources, sealer, callers, writes = createMemoryWriteMemory(), health, log } = deps;
  const subgraph = createSubgraph({
    name: 'crm',
    typeDefs: readFileSync(new URL('../../schema/crm.graphql', import.meta.url), 'utf8'),
    resolvers,
    touchedBy: createTouchedBy(sealer),
    createContext: (call) => createContext({ sources, sealer, identity: callers?.identity ?? null, writes }, call),
    verifyCaller: callers?.verify,
    internal: {
      ...tellStrain(createCrmParties(sources), { sources, health }),
      sources: createSourceStatuses({ system: 'CRM', sources, health }),
    },
    log,
    close: async () => {
      await Promise.all(sources.map((source) => source.close()));
    },
  });
  return { ...subgraph, changed: createChangedRecords(sources) };
}
