import { readFileSync } from 'node:fs';
import type { Clock } from '../../common/clock.ts';
import type { Logger } from '../../common/log.ts';
import type { CallerDeps } from '../shared/caller.ts';
import type { Links } from '../shared/links/links.ts';
import { tellStrain } from '../shared/party-strain.ts';
import { createRecordCache, type RecordCache } from '../shared/record-cache.ts';
import type { Sealer } from '../shared/seal.ts';
import { createSourceStatuses } from '../shared/source-status.ts';
import { createSubgraph, type Subgraph } from '../shared/subgraph.ts';
import type { SourceHealth } from '../shared/upstream/health.ts';
import type { ChangedRecords } from '../shared/webhooks/changed-records.ts';
import { createCachedSource } from './cached-source.ts';
import { createChangedRecords } from './changed-records.ts';
import { createContext } from './context.ts';
import { indexOrders } from './order-index.ts';
import { createPartyPort } from './parties.ts';
import { createRefresh } from './refresh.ts';
import { resolvers } from './resolvers.ts';
import type { ShopSource } from './source.ts';
import { touchedBy } from './touched.ts';

const typeDefs = readFileSync(new URL('../../schema/shop.graphql', import.meta.url), 'utf8');

export interface ShopSubgraphDeps {
  sources: readonly ShopSource[];
  sealer: Sealer;
  clock: Clock;
  /** Who asks, and whom they may see; without it everybody sees every row. */
  callers?: CallerDeps;
  /** How the sources do; the one that their clients tell. */
  health?: SourceHealth;
  log?: Logger;
  /** Default: in memory, its own. */
  cache?: RecordCache;
  /** Keeps an index of the orders; without it every list is the vendor's. */
  links?: Links | null;
}

/** With what is done about records that changed. */
export interface ShopSubgraph extends Subgraph {
  changed: ChangedRecords;
}

/** The shop subgraph over any number of shops. Closing it closes them. */
export function createShopSubgraph(deps: ShopSubgraphDeps): ShopSubgraph {
  const { sealer, clock, callers, log, health, cache = createRecordCache(), links = null } = deps;
  const sources = deps.sources.map((source) => createCachedSource(source, cache, links && indexOrders(source, links)));
  const subgraph = createSubgraph({
    name: 'shop',
    typeDefs,
    resolvers,
    touchedBy,
    createContext: (call) => createContext({ sources, sealer, clock, identity: callers?.identity ?? null }, call),
    verifyCaller: callers?.verify,
    internal: {
      ...tellStrain(createPartyPort({ sources, sealer }), { sources, health }),
      refresh: createRefresh({ sources, sealer, cache: links?.watch(cache) ?? cache }),
      sources: createSourceStatuses({ system: 'SHOP', sources, health, syncOf: links?.statusOf }),
    },
    log,
    close: async () => {
      await Promise.all(sources.map((source) => source.close()));
    },
  });
  return { ...subgraph, changed: createChangedRecords(sources, cache) };
}
