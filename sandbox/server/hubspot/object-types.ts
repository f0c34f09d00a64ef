import type { HubspotObjectType } from '../../data/records.ts';

export interface ObjectTypeInfo {
  readonly name: HubspotObjectType;
  /** Numeric type id, which the API takes as well as the name. */
  readonly typeId: string;
  readonly singular: string;
  /** Properties that come back when none are asked for. */
  readonly defaults: readonly string[];
  /** Contacts predate the `hs_` prefix. */
  readonly modifiedProperty: 'lastmodifieddate' | 'hs_lastmodifieddate';
}

const ACTIVITY = { modifiedProperty: 'hs_lastmodifieddate', defaults: [] } as const;

export const OBJECT_TYPES: readonly ObjectTypeInfo[] = [
  {
    name: 'contacts',
    typeId: '0-1',
    singular: 'contact',
    defaults: ['firstname', 'lastname', 'email'],
    modifiedProperty: 'lastmodifieddate',
  },
  {
    name: 'companies',
    typeId: '0-2',
    singular: 'company',
    defaults: ['name', 'domain'],
    modifiedProperty: 'hs_lastmodifieddate',
  },
  {
    name: 'deals',
    typeId: '0-3',
    singular: 'deal',
    defaults: ['dealname', 'amount', 'closedate', 'pipeline', 'dealstage'],
    modifiedProperty: 'hs_lastmodifieddate',
  },
  {
    name: 'tickets',
    typeId: '0-5',
    singular: 'ticket',
    defaults: ['subject', 'content', 'hs_pipeline', 'hs_pipeline_stage', 'hs_ticket_category', 'hs_ticket_priority'],
    modifiedProperty: 'hs_lastmodifieddate',
  },
  { name: 'tasks', typeId: '0-27', singular: 'task', ...ACTIVITY },
  { name: 'notes', typeId: '0-46', singular: 'note', ...ACTIVITY },
  { name: 'meetings', typeId: '0-47', singular: 'meeting_event', ...ACTIVITY },
  { name: 'calls', typeId: '0-48', singular: 'call', ...ACTIVITY },
  { name: 'emails', typeId: '0-49', singular: 'email', ...ACTIVITY },
];

const BY_ANY_NAME = new Map(
  OBJECT_TYPES.flatMap((type) => [type.name, type.singular, type.typeId].map((name) => [name, type] as const)),
);

/** The type by its plural, singular or numeric name. */
export function objectTypeOf(name: string): ObjectTypeInfo | null {
  return BY_ANY_NAME.get(name.toLowerCase()) ?? null;
}

export function objectType(name: HubspotObjectType): ObjectTypeInfo {
  return BY_ANY_NAME.get(name)!;
}
