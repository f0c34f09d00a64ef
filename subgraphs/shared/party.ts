import type { TaxIdentifier } from './normalise.ts';
import type { SourceStatus } from './source-status.ts';
import type { CallContext } from './upstream/context.ts';

export type IdentifierKind =
  | 'REFERENCE'
  | 'EMAIL'
  | 'PHONE'
  | 'TAX_ID'
  | 'EXTERNAL_ID'
  | 'ORDER_NUMBER'
  | 'COMPANY_NAME';

/**
 * EMAIL is normalised, PHONE is E.164, TAX_ID is country and value ("PL5252445767", no unit).
 * REFERENCE is a record of the asked source; EXTERNAL_ID a record of another system that the asked one points at;
 * ORDER_NUMBER the number of an order, which finds who ordered; COMPANY_NAME a part of a firm's name in lower case, which
 * finds whoever ordered under such a name: it identifies nobody, what it finds must be told apart by something else.
 */
export interface Identifier {
  kind: IdentifierKind;
  value: string;
}

export interface Address {
  name: string | null;
  /** Street, house number, flat. */
  street: string | null;
  city: string | null;
  postalCode: string | null;
  region: string | null;
  /** ISO 3166-1 alpha-2. */
  country: string | null;
}

/** One record of a person or firm, as one source knows it. */
export interface Party {
  reference: string;
  source: string;
  vendor: string;
  system: 'CRM' | 'SHOP' | 'ACCOUNTING';
  recordType: 'COMPANY' | 'CONTACT' | 'CLIENT' | 'CUSTOMER' | 'GUEST';
  kind: 'PERSON' | 'COMPANY' | 'SOLE_TRADER' | 'UNKNOWN';
  displayName: string | null;
  firstName: string | null;
  lastName: string | null;
  legalName: string | null;
  emails: string[];
  phones: string[];
  taxIdentifiers: TaxIdentifier[];
  /** Whether this source can tell the internal units of one tax id apart at all. */
  unitKnown: boolean;
  addresses: Address[];
  /** Explicit references to other systems' records. */
  externalReferences: string[];
  /** Within the CRM: the one company of a contact, the contacts of a company. */
  associations: string[];
  /** Identifiers by which related records may be found although they are not its own. */
  mentions: Identifier[];
  /** The identifiers by which this source can find this record again. */
  findableBy: Identifier[];
  /** Earlier references of the same record, as after a merge. */
  aliases: string[];
  /** The CRM's user who looks after this record. */
  ownerReference: string | null;
  /** The one client on whom all receipts are booked: it is nobody. */
  isRetail: boolean;
  createdAt: string | null;
  updatedAt: string | null;
  fetchedAt: string;
  url: string | null;
  stale: boolean;
}

/** References of orders and invoices are understood too: they find their party. */
export interface PartyQuery {
  identifiers: readonly Identifier[];
}

export interface UnavailableParties {
  source: string;
  code: string;
  message: string;
  /** What the source could not tell of; absent = of all that was asked. */
  identifiers?: Identifier[] | undefined;
}

export interface PartyAnswer {
  parties: Party[];
  /** For each identifier of the query, the references found. */
  found: string[][];
  unavailable: UnavailableParties[];
  unsupported: { identifier: Identifier; source: string }[];
  /** As `PartyPort.strained` when it was answered. */
  strained?: StrainedParties[] | undefined;
}

/** A source that fails so often just now that an answer needs repeats, with the code of its failures. */
export interface StrainedParties {
  source: string;
  code: string;
}

export interface PartyListQuery {
  search: string | null;
  first: number;
  after: string | null;
}

export interface PartyListAnswer {
  parties: Party[];
  endCursor: string | null;
  hasNextPage: boolean;
}

export interface OrderNumbersQuery {
  /** Of records of the asked domain. */
  references: readonly string[];
}

export interface OrderNumbersAnswer {
  /** For each reference the order numbers that its newest documents name, the newest first. */
  numbers: string[][];
  unavailable: UnavailableParties[];
}

export interface OwnedQuery {
  /** References of users or teams of the CRM. */
  owners: readonly string[];
}

export interface OwnedAnswer {
  /** The users among the owners, and those who are in the teams. */
  people: string[];
  /** The records that they look after; null where these are too many to be listed. */
  references: string[] | null;
  unavailable: UnavailableParties[];
}

export interface RefreshQuery {
  /** Records of the asked domain, or of others: these it passes over. */
  references: readonly string[];
  /** By which more of the same customer's records may be found. */
  identifiers: readonly Identifier[];
}

/** What identity asks of a domain. Internal: in no SDL, and answered without any caller's row rules. */
export interface PartyPort {
  parties(query: PartyQuery, context: CallContext): Promise<PartyAnswer>;
  list(query: PartyListQuery, context: CallContext): Promise<PartyListAnswer>;
  /** Only where records have documents that name other systems' orders. */
  orderNumbers?(query: OrderNumbersQuery, context: CallContext): Promise<OrderNumbersAnswer>;
  /** Only where records have owners among the company's people. */
  owned?(query: OwnedQuery, context: CallContext): Promise<OwnedAnswer>;
  /** Forgets what is cached of these records, and of whatever else may be the same customer's. */
  refresh?(query: RefreshQuery, context: CallContext): Promise<void>;
  /** What who can do without it need not wait for. Only of a domain in this process: another one's answers tell it. */
  strained?(): readonly StrainedParties[];
  /** How the domain's systems are. */
  sources?(context: CallContext): Promise<SourceStatus[]>;
}
