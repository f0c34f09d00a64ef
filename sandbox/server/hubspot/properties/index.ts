import type {
  HubspotActivity,
  HubspotCompany,
  HubspotContact,
  HubspotDeal,
  HubspotObjectType,
  HubspotTicket,
} from '../../../data/records.ts';
import { ACTIVITY_PROPERTIES } from './activities.ts';
import { COMPANY_PROPERTIES } from './companies.ts';
import { CONTACT_PROPERTIES } from './contacts.ts';
import { DEAL_PROPERTIES } from './deals.ts';
import type { PropertyDefinition } from './definition.ts';
import { TICKET_PROPERTIES } from './tickets.ts';

export type HubspotRecord = HubspotCompany | HubspotContact | HubspotDeal | HubspotTicket | HubspotActivity;

export type AnyProperty = PropertyDefinition<HubspotRecord>;

// Cast: each table reads its own type's records, and the store hands it no others; the compiler cannot tie the two.
const TABLES = {
  contacts: CONTACT_PROPERTIES,
  companies: COMPANY_PROPERTIES,
  deals: DEAL_PROPERTIES,
  tickets: TICKET_PROPERTIES,
  ...ACTIVITY_PROPERTIES,
} as unknown as Readonly<Record<HubspotObjectType, readonly AnyProperty[]>>;

const BY_NAME = new Map(
  Object.entries(TABLES).map(([type, table]) => [type, new Map(table.map((each) => [each.name, each]))]),
);

export function propertiesOf(type: HubspotObjectType): readonly AnyProperty[] {
  return TABLES[type];
}

export function propertyOf(type: HubspotObjectType, name: string): AnyProperty | null {
  return BY_NAME.get(type)?.get(name) ?? null;
}

/** A record's value: what somebody wrote wins over what the record was made with. */
export function readProperty(definition: AnyProperty, record: HubspotRecord): string | null {
  const written = record.extra?.[definition.name];
  return written === undefined ? definition.read(record) : written;
}

/** The value, or the parts of a property that holds several. */
export function valuesOf(definition: AnyProperty, record: HubspotRecord): string[] {
  const value = readProperty(definition, record);
  if (value === null || value === '') return [];
  return definition.multiple ? value.split(';') : [value];
}
