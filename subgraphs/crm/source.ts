import type { SourcePage } from '../shared/connection.ts';
import type { Identifier, OwnedAnswer, Party, PartyListAnswer, PartyListQuery } from '../shared/party.ts';
import type { CallContext } from '../shared/upstream/context.ts';
import type {
  Activity,
  ActivityType,
  Company,
  Contact,
  Deal,
  Employee,
  StageKey,
  StageNames,
  Ticket,
} from './model.ts';

/** A record of a customer in one CRM, by its id there. */
export interface RecordRef {
  type: 'company' | 'contact';
  id: string;
}

/** One customer's list: that of all its records in this CRM, each item once. */
export interface ListRequest {
  records: readonly RecordRef[];
  first: number;
  /** Position of the item to go on behind. */
  after: string | null;
}

export interface TicketListRequest extends ListRequest {
  /** Only open or only closed tickets; null = all. */
  open: boolean | null;
}

export interface ActivityListRequest extends ListRequest {
  /** Null = all types. */
  types: readonly ActivityType[] | null;
}

export interface PartyLookup {
  parties: Party[];
  /** For each identifier, the references found. */
  found: string[][];
  /** What this CRM cannot look up. */
  unsupported: Identifier[];
}

/** Whose deal or ticket it is: the reference of a company or contact, nobody's, or of several with none before the others. */
export type Ownership = { party: string } | 'NOBODY' | 'SEVERAL';

export interface NewNote {
  record: RecordRef;
  /** Plain. */
  text: string;
  /** Under one key a note is written once, also when it isn't known what became of an earlier call. */
  key: string;
}

export type Owned = Pick<OwnedAnswer, 'people' | 'references'>;

/**
 * A CRM as the domain sees it. Reads take many keys at once and answer in the order asked, null for what does not
 * exist; a read that fails throws UpstreamError, so that nothing unknown looks like nothing.
 */
export interface CrmSource {
  readonly name: string;
  readonly vendor: string;

  companies(ids: readonly string[], context: CallContext): Promise<(Company | null)[]>;
  contacts(ids: readonly string[], context: CallContext): Promise<(Contact | null)[]>;
  deals(ids: readonly string[], context: CallContext): Promise<(Deal | null)[]>;
  tickets(ids: readonly string[], context: CallContext): Promise<(Ticket | null)[]>;
  /** `type` is the one in the references: `note`, `call`, `email`, `meeting`, `task`. */
  activities(type: string, ids: readonly string[], context: CallContext): Promise<(Activity | null)[]>;
  employees(ids: readonly string[], context: CallContext): Promise<(Employee | null)[]>;
  stageNames(keys: readonly StageKey[], context: CallContext): Promise<StageNames[]>;

  /** Persons at the companies among the records. */
  contactLists(requests: readonly ListRequest[], context: CallContext): Promise<SourcePage<Contact>[]>;
  /** The newest first, as the two below. */
  dealLists(requests: readonly ListRequest[], context: CallContext): Promise<SourcePage<Deal>[]>;
  ticketLists(requests: readonly TicketListRequest[], context: CallContext): Promise<SourcePage<Ticket>[]>;
  activityLists(requests: readonly ActivityListRequest[], context: CallContext): Promise<SourcePage<Activity>[]>;

  ownership(object: 'deal' | 'ticket', ids: readonly string[], context: CallContext): Promise<Ownership[]>;
  /**
   * The companies that a deal, a ticket or an activity is about, one where the CRM puts one before the others; where
   * there is none, the contacts. `type` is the one in the references.
   */
  partiesOf(type: string, ids: readonly string[], context: CallContext): Promise<string[][]>;

  parties(identifiers: readonly Identifier[], context: CallContext): Promise<PartyLookup>;
  /** Companies first, then contacts that are customers of their own. */
  partyList(query: PartyListQuery, context: CallContext): Promise<PartyListAnswer>;
  /** What these users and teams look after; they are this CRM's. */
  owned(owners: readonly string[], context: CallContext): Promise<Owned>;

  /** Forgets what is cached of these records, of what belongs to them, and of who has these identifiers. */
  forget(records: readonly RecordRef[], identifiers: readonly Identifier[]): Promise<void>;
  /** The tags of the look-ups that find a record, as far as it is cached; null where it is not. */
  placesOf(type: string, id: string): Promise<readonly string[] | null>;

  /** Throws CONFLICT where the key stands on another note of the record. */
  addNote(note: NewNote, context: CallContext): Promise<Activity>;

  close(): Promise<void>;
}
