import type { Money } from '../shared/money.ts';
import type { TaxIdentifier } from '../shared/normalise.ts';
import type { Address, Identifier } from '../shared/party.ts';

/** Where a record comes from and how old it is. */
export interface SourceRef {
  system: 'CRM';
  /** The source's name in the configuration. */
  source: string;
  vendor: string;
  remoteId: string;
  url: string | null;
  fetchedAt: string;
  sourceUpdatedAt: string | null;
  stale: boolean;
}

/** `id` is a reference, as `hubspot:deal:5`. Instants are ISO 8601 in UTC. */
interface Sourced {
  id: string;
  source: SourceRef;
}

export type LifecycleStage =
  | 'SUBSCRIBER'
  | 'LEAD'
  | 'MARKETING_QUALIFIED'
  | 'SALES_QUALIFIED'
  | 'OPPORTUNITY'
  | 'CUSTOMER'
  | 'EVANGELIST'
  | 'OTHER';

export interface Consent {
  purpose: 'MARKETING' | 'PROFILING' | 'OTHER';
  channel: 'EMAIL' | 'SMS' | 'PHONE' | 'OTHER';
  granted: boolean;
  at: string | null;
  source: SourceRef;
}

/** What companies and contacts have in common: they are the records of a customer. */
interface PartyRecord extends Sourced {
  phones: string[];
  addresses: Address[];
  /** References of other systems' records that this one names. */
  externalReferences: string[];
  /** Earlier references of the same record, as after a merge. */
  aliases: string[];
  /** The identifiers by which the CRM can find this record again. */
  findableBy: Identifier[];
  /** Reference of the employee. */
  ownerId: string | null;
  lifecycleStage: LifecycleStage | null;
  lifecycleStageRaw: string | null;
  consents: Consent[];
  createdAt: string | null;
}

export interface Company extends PartyRecord {
  type: 'company';
  kind: 'COMPANY' | 'SOLE_TRADER';
  name: string | null;
  taxIdentifiers: TaxIdentifier[];
  /** Whether the CRM has a place for the internal unit behind the tax id. */
  unitKnown: boolean;
}

export interface Contact extends PartyRecord {
  type: 'contact';
  firstName: string | null;
  lastName: string | null;
  /** The primary address first. */
  emails: string[];
  jobTitle: string | null;
}

/** A stage of a pipeline by the CRM's keys; their names are asked for apart. */
export interface StageKey {
  object: 'deal' | 'ticket';
  pipelineId: string | null;
  stageId: string | null;
}

export interface StageNames {
  pipeline: string | null;
  stage: string | null;
}

export type DealStatus = 'OPEN' | 'WON' | 'LOST' | 'OTHER';

export interface Deal extends Sourced {
  name: string | null;
  amount: Money | null;
  status: DealStatus;
  stage: StageKey;
  createdAt: string | null;
  closesAt: string | null;
  ownerId: string | null;
}

export type ActivityType = 'NOTE' | 'CALL' | 'EMAIL' | 'MEETING' | 'TASK';

export interface Activity extends Sourced {
  type: ActivityType;
  subject: string | null;
  /** Without markup. */
  body: string | null;
  at: string | null;
  ownerId: string | null;
  statusRaw: string | null;
}

export type TicketStatus = 'NEW' | 'WAITING_ON_CUSTOMER' | 'WAITING_ON_US' | 'CLOSED' | 'OTHER';
export type TicketKind = 'CLAIM' | 'RETURN' | 'REQUEST' | 'BILLING' | 'OTHER';
export type TicketPriority = 'LOW' | 'MEDIUM' | 'HIGH' | 'URGENT';

export interface Ticket extends Sourced {
  subject: string | null;
  /** Without markup. */
  body: string | null;
  kind: TicketKind;
  kindRaw: string | null;
  status: TicketStatus;
  stage: StageKey;
  priority: TicketPriority | null;
  orderNumber: string | null;
  createdAt: string | null;
  closedAt: string | null;
  ownerId: string | null;
}

export interface Employee {
  id: string;
  name: string | null;
  email: string | null;
}

/** A customer as subgraphs name it to each other: identity by all its records, we by a claim about one of ours. */
export type CustomerKey = { __typename: 'Customer' } & ({ records: string } | { claim: string });
