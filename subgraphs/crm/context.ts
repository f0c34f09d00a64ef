import type DataLoader from 'dataloader';
import type { Sealer } from '../shared/seal.ts';
import type { CallContext } from '../shared/upstream-client.ts';
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
export interface Context extends CallContext {
  /** False when this company has no CRM. */
  hasSources: boolean;
  contacts: DataLoader<string, Contact | null>;
  deals: DataLoader<string, Deal | null>;
  tickets: DataLoader<string, Ticket | null>;
  activities: DataLoader<string, Activity | null>;
  employees: DataLoader<string, Employee | null>;
  /** Whose deal or ticket it is; null for an unknown one. */
  ownership: DataLoader<string, Ownership | null>;
  stageNames(record: { source: SourceRef; stage: StageKey }): Promise<StageNames>;
  lists: CustomerLists;
  profiles: CustomerProfiles;
  /** Names the customer of one of our records, in a way only identity can read. */
  claim(reference: string): CustomerKey;
}

export function createContext(
  { sources, sealer }: { sources: readonly CrmSource[]; sealer: Sealer },
  call: CallContext,
): Context {
  const customers = createCustomerRecords(sealer, sources);
  const companies = createReferenceLoader(sources, ['company'], (source, _, ids) => source.companies(ids, call));
  const contacts = createReferenceLoader(sources, ['contact'], (source, _, ids) => source.contacts(ids, call));
  return {
    ...call,
    hasSources: sources.length > 0,
    contacts,
    deals: createReferenceLoader(sources, ['deal'], (source, _, ids) => source.deals(ids, call)),
    tickets: createReferenceLoader(sources, ['ticket'], (source, _, ids) => source.tickets(ids, call)),
    activities: createReferenceLoader(sources, ACTIVITY_TYPES, (source, type, ids) =>
      source.activities(type, ids, call),
    ),
    employees: createReferenceLoader(sources, ['owner'], (source, _, ids) => source.employees(ids, call)),
    ownership: createReferenceLoader(sources, ['deal', 'ticket'], (source, type, ids) =>
      source.ownership(type === 'deal' ? 'deal' : 'ticket', ids, call),
    ),
    stageNames: createStageNames(sources, call),
    lists: createCustomerLists(customers, sources, call),
    profiles: createCustomerProfiles(customers, companies, contacts),
    claim: (reference) => ({ __typename: 'Customer', claim: sealer.seal('claim', [reference]) }),
  };
}

const ACTIVITY_TYPES = ['note', 'call', 'email', 'meeting', 'task'];

function createStageNames(sources: readonly CrmSource[], call: CallContext): Context['stageNames'] {
  const loaders = new Map(
    sources.map((source) => [
      source.name,
      createBatchLoader((keys: readonly StageKey[]) => source.stageNames(keys, call)),
    ]),
  );
  return ({ source, stage }) => loaders.get(source.source)!.load(stage);
}
