/** Properties that stand on a record beside its typed fields: custom ones, and whatever a client wrote. They win over the typed fields. */
type ExtraProperties = Record<string, string | null>;

export interface HubspotBase {
  readonly id: number;
  createdAt: number;
  updatedAt: number;
  archived: boolean;
  /** By HubSpot property name; null when nothing stands beside the typed fields. Wins over them when rendered. */
  extra: ExtraProperties | null;
}

export interface HubspotCompany extends HubspotBase {
  name: string;
  domain: string | null;
  phone: string | null;
  street: string | null;
  city: string | null;
  zip: string | null;
  country: string | null;
  lifecycleStage: string;
  ownerId: number | null;
  /** Custom property `nip`, as somebody typed it. */
  nip: string | null;
  /** Custom property `internal_unit`. */
  internalUnit: string | null;
  /** Custom property `legal_form`: "SPZOO", "SA", "JDG" (sole trader), "JST" (municipality), "FOREIGN". */
  legalForm: string | null;
  /** Custom property `woo_customer_id`. */
  wooCustomerId: number | null;
  /** Custom property `fakturownia_client_id`. */
  fakturowniaClientId: number | null;
}

export interface HubspotContact extends HubspotBase {
  /** Always lower case, as HubSpot keeps it; null for a contact known by phone alone. */
  email: string | null;
  /** `hs_additional_emails`, lower case; empty array is shared, replace it rather than push to it. */
  additionalEmails: readonly string[];
  firstName: string | null;
  lastName: string | null;
  /** As typed; `hs_searchable_calculated_phone_number` is derived from it (see `searchablePhone`). */
  phone: string | null;
  mobilePhone: string | null;
  street: string | null;
  city: string | null;
  zip: string | null;
  country: string | null;
  lifecycleStage: string;
  ownerId: number | null;
  wooCustomerId: number | null;
  fakturowniaClientId: number | null;
  /** `hs_merged_object_ids`: earlier ids that were merged into this contact; reading one answers this contact. */
  mergedIds: readonly number[];
  /** Custom property `marketing_consent_email`; null = never asked. */
  marketingConsent: boolean | null;
}

export interface HubspotDeal extends HubspotBase {
  name: string;
  amountMinor: number | null;
  currency: string;
  /** `closedate`. */
  closeAt: number | null;
  pipeline: string;
  /** HubSpot's default pipeline: appointmentscheduled, qualifiedtobuy, presentationscheduled, decisionmakerboughtin, contractsent, closedwon, closedlost. */
  stage: string;
  ownerId: number | null;
}

export interface HubspotTicket extends HubspotBase {
  subject: string;
  content: string | null;
  pipeline: string;
  /** HubSpot's default support pipeline: "1" new, "2" waiting on contact, "3" waiting on us, "4" closed. */
  stage: string;
  /** `hs_ticket_category`; "CLAIM" is a claim (reklamacja), then `orderNumber` is set. */
  category: string | null;
  priority: 'LOW' | 'MEDIUM' | 'HIGH' | null;
  closedAt: number | null;
  ownerId: number | null;
  /** Custom property `order_number`. */
  orderNumber: string | null;
}

export type HubspotActivityType = 'notes' | 'calls' | 'emails' | 'meetings' | 'tasks';

export interface HubspotActivity extends HubspotBase {
  readonly type: HubspotActivityType;
  /** `hs_timestamp`. */
  at: number;
  /** `hs_call_title`, `hs_email_subject`, `hs_meeting_title`, `hs_task_subject`; null for notes. */
  subject: string | null;
  /** `hs_note_body`, `hs_call_body`, `hs_email_text`, `hs_meeting_body`, `hs_task_body`. */
  body: string | null;
  ownerId: number | null;
  /** `hs_task_status` (NOT_STARTED, COMPLETED), `hs_call_status`, `hs_email_status`, `hs_meeting_outcome`; null for notes. */
  status: string | null;
  /** `hs_call_direction` / `hs_email_direction` (INBOUND, OUTBOUND; for e-mails rendered INCOMING_EMAIL, EMAIL); null otherwise. */
  direction: 'INBOUND' | 'OUTBOUND' | null;
  /** `hs_call_duration`; null otherwise. */
  durationMs: number | null;
}

export interface HubspotOwner {
  readonly id: number;
  readonly userId: number;
  readonly email: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly team: string;
  createdAt: number;
  updatedAt: number;
}

/** Object types that can be associated. */
export type HubspotObjectType = 'companies' | 'contacts' | 'deals' | 'tickets' | HubspotActivityType;

/** Associations are kept both ways; order is the order of linking. */
export interface HubspotAssociations {
  of(fromType: HubspotObjectType, fromId: number, toType: HubspotObjectType): readonly number[];
  link(fromType: HubspotObjectType, fromId: number, toType: HubspotObjectType, toId: number): void;
  unlink(fromType: HubspotObjectType, fromId: number, toType: HubspotObjectType, toId: number): void;
}

export interface HubspotStore {
  readonly portalId: number;
  readonly companies: Map<number, HubspotCompany>;
  readonly contacts: Map<number, HubspotContact>;
  readonly deals: Map<number, HubspotDeal>;
  readonly tickets: Map<number, HubspotTicket>;
  readonly notes: Map<number, HubspotActivity>;
  readonly calls: Map<number, HubspotActivity>;
  readonly emails: Map<number, HubspotActivity>;
  readonly meetings: Map<number, HubspotActivity>;
  readonly tasks: Map<number, HubspotActivity>;
  readonly owners: Map<number, HubspotOwner>;
  readonly associations: HubspotAssociations;
  /** An old id -> the contact it was merged into. */
  readonly mergedContacts: Map<number, number>;
  /** Next free object id, for records that a client creates. */
  nextId(): number;
}
