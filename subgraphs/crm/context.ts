import type DataLoader from 'dataloader';
import type { IdentityPort } from '../shared/identity-port.ts';
import { createPartyRows, forParties, type PartyRows, recordsAt } from '../shared/party-rows.ts';
import type { Sealer } from '../shared/seal.ts';
import type { RequestCall } from '../shared/subgraph.ts';
import type { CallContext } from '../shared/upstream/context.ts';
import type { WriteMemory } from '../shared/write-memory.ts';
import { ACTIVITY_TYPES, createCrmRows } from './crm-rows.ts';
import { type CustomerLists, createCustomerLists } from './customer-lists.ts';
import { type CustomerProfiles, createCustomerProfiles } from './customer-profiles.ts';
import { createCustomerRecords } from './customer-records.ts';
import { createBatchLoader, createReferenceLoader } from './loaders.ts';
import type {
  Activity,
  Contact,
  CustomerKey,
  Deal,
  Employee,
  SourceRef,
  StageKey,
  StageNames,
  Ticket,
} from './model.ts';
import type { CrmSource, Ownership } from './source.ts';

/** What a resolver may ask for. All of it lives as long as the request, so that no caller sees another's data. */
export interface Context extends RequestCall {
  /** False when this company has no CRM. */
  hasSources: boolean;
  sources: readonly CrmSource[];
  sealer: Sealer;
  writes: WriteMemory;
  /** The records of the customer whom a reference means; null for nobody, and for whom the caller may not see. */
  customerAt(reference: string): Promise<readonly string[] | null>;
  /** What the caller may see. Every contact, deal, ticket and activity that is handed out went through it. */
  rows: PartyRows;
  /** By reference, as the three below; null for what the caller may not see. */
  contacts: Loads<Contact>;
  deals: Loads<Deal>;
  tickets: Loads<Ticket>;
  activities: Loads<Activity>;
  employees: DataLoader<string, Employee | null>;
  /** Whose deal or ticket it is; null for an unknown one. */
  ownership: DataLoader<string, Ownership | null>;
  stageNames(record: { source: SourceRef; stage: StageKey }): Promise<StageNames>;
  lists: CustomerLists;
  profiles: CustomerProfiles;
  /** Names the customer of one of our records, in a way only identity can read; null where the caller may not see them. */
  claim(reference: string): Promise<CustomerKey | null>;
}

interface Loads<T> {
  load(reference: string): Promise<T | null>;
}

interface ContextDeps {
  sources: readonly CrmSource[];
  sealer: Sealer;
  /** Null where no caller's rules are known. */
  identity: IdentityPort | null;
  writes: WriteMemory;
}

export function createContext({ sources, sealer, identity, writes }: ContextDeps, call: RequestCall): Context {
  const { caller } = call;
  const customers = createCustomerRecords(sealer, sources);
  const rows = createPartyRows({ rules: forParties(caller.facts.rows), caller, identity }, call);
  const { read, keep } = createCrmRows(rows, sources, call);
  const companies = createReferenceLoader(sources, ['company'], (source, _, ids) => source.companies(ids, call));
  const contacts = createReferenceLoader(sources, ['contact'], (source, _, ids) => source.contacts(ids, call));
  return {
    ...call,
    hasSources: sources.length > 0,
    sources,
    sealer,
    writes,
    customerAt: (reference) => recordsAt(reference, { rows, caller, identity }, call),
    rows,
    contacts: read(contacts),
    deals: read(createReferenceLoader(sources, ['deal'], (source, _, ids) => source.deals(ids, call))),
    tickets: read(createReferenceLoader(sources, ['ticket'], (source, _, ids) => source.tickets(ids, call))),
    activities: read(
      createReferenceLoader(sources, ACTIVITY_TYPES, (source, type, ids) => source.activities(type, ids, call)),
    ),
    employees: createReferenceLoader(sources, ['owner'], (source, _, ids) => source.employees(ids, call)),
    ownership: createReferenceLoader(sources, ['deal', 'ticket'], (source, type, ids) =>
      source.ownership(type === 'deal' ? 'deal' : 'ticket', ids, call),
    ),
    stageNames: createStageNames(sources, call),
    lists: createCustomerLists({ customers, sources, sealer, rows, keep }, call),
    profiles: createCustomerProfiles(customers, companies, contacts),
    claim: async (reference) => {
      const isSeen = await rows.sees([reference]);
      return isSeen ? { __typename: 'Customer', claim: sealer.seal('claim', [reference]) } : null;
    },
  };
}

function createStageNames(sources: readonly CrmSource[], call: CallContext): Context['stageNames'] {
  const loaders = new Map(
    sources.map((source) => [
      source.name,
      createBatchLoader((keys: readonly StageKey[]) => source.stageNames(keys, call)),
    ]),
  );
  return ({ source, stage }) => loaders.get(source.source)!.load(stage);
}
