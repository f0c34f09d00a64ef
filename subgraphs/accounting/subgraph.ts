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
import { createDocumentLinks } from './document-links.ts';
import { createDocumentPort, type DocumentPort } from './documents.ts';
import { indexInvoices } from './invoice-index.ts';
import { createPartyPort } from './parties.ts';
import { createRefresh } from './refresh.ts';
import { resolvers } from './resolvers.ts';
import type { AccountingSource } from './source.ts';
import { touchedBy } from './touched.ts';

const typeDefs = readFileSync(new URL('../../schema/accounting.graphql', import.meta.url), 'utf8');

export interface AccountingSubgraphDeps {
  sources: readonly AccountingSource[];
  sealer: Sealer;
  clock: Clock;
  /** The address at which the documents' routes (documents-http.ts) are reached from outside, without `/documents`. */
  documentsBaseUrl: string;
  /** Who asks, and whom they may see; without it everybody sees every row. */
  callers?: CallerDeps;
  /** How the sources do; the one that their clients tell. */
  health?: SourceHealth;
  log?: Logger;
  /** Default: in memory, its own. */
  cache?: RecordCache;
  /** Keeps an index of the documents; without it every list is the vendor's. */
  links?: Links | null;
}

/** With what stands behind the links of `Invoice.documents`: whoever serves the subgraph serves that too. */
export interface AccountingSubgraph extends Subgraph {
  documents: DocumentPort;
  /** What is done about records that changed. */
  changed: ChangedRecords;
}

/** The accounting subgraph over any number of accounting systems. Closing it closes them. */
export function createAccountingSubgraph(deps: AccountingSubgraphDeps): AccountingSubgraph {
  const { sealer, clock, callers, log, health, documentsBaseUrl, cache = createRecordCache(), links = null } = deps;
  const sources = deps.sources.map((source) =>
    createCachedSource(source, cache, links && indexInvoices(source, links)),
  );
  const documentLinks = createDocumentLinks({ sealer, baseUrl: documentsBaseUrl });
  const subgraph = createSubgraph({
    name: 'accounting',
    typeDefs,
    resolvers,
    touchedBy,
    createContext: (call) =>
      createContext({ sources, sealer, clock, links: documentLinks, identity: callers?.identity ?? null }, call),
    verifyCaller: callers?.verify,
    internal: {
      ...tellStrain(createPartyPort(sources), { sources, health }),
      refresh: createRefresh({ sources, cache: links?.watch(cache) ?? cache }),
      sources: createSourceStatuses({ system: 'ACCOUNTING', sources, health, syncOf: links?.statusOf }),
    },
    log,
    close: async () => {
      await Promise.all(sources.map((source) => source.close()));
    },
  });
  return {
    ...subgraph,
    documents: createDocumentPort({ sources, sealer }),
    changed: createChangedRecords(sources, cache),
  };
}
