import type { HubspotObjectType } from '../../data/records.ts';

/** Type ids of HubSpot's own unlabelled associations. https://developers.hubspot.com/docs/guides/api/crm/associations/associations-v4 */
const UNLABELLED: Readonly<Record<string, number>> = {
  'contacts>contacts': 449,
  'companies>companies': 450,
  'contacts>companies': 279,
  'companies>contacts': 280,
  'deals>contacts': 3,
  'contacts>deals': 4,
  'deals>companies': 341,
  'companies>deals': 342,
  'contacts>tickets': 15,
  'tickets>contacts': 16,
  'companies>tickets': 340,
  'tickets>companies': 339,
  'deals>tickets': 27,
  'tickets>deals': 28,
  ...activity('notes', { companies: 189, contacts: 201, deals: 213, tickets: 227 }),
  ...activity('calls', { companies: 181, contacts: 193, deals: 205, tickets: 219 }),
  ...activity('emails', { companies: 185, contacts: 197, deals: 209, tickets: 223 }),
  ...activity('meetings', { companies: 187, contacts: 199, deals: 211, tickets: 225 }),
  ...activity('tasks', { companies: 191, contacts: 203, deals: 215, tickets: 229 }),
};

/** The first company of a record is its primary one, which is an association of its own beside the unlabelled. */
const PRIMARY: Readonly<Record<string, number>> = {
  'contacts>companies': 1,
  'deals>companies': 5,
  'tickets>companies': 26,
};

/** Activities number the way back one above the way there. */
function activity(type: HubspotObjectType, from: Readonly<Record<string, number>>): Record<string, number> {
  return Object.fromEntries(
    Object.entries(from).flatMap(([other, typeId]) => [
      [`${other}>${type}`, typeId],
      [`${type}>${other}`, typeId + 1],
    ]),
  );
}

export interface AssociationType {
  category: 'HUBSPOT_DEFINED';
  typeId: number;
  label: string | null;
}

/** Types of one association; null when HubSpot does not associate the two object types. */
export function associationTypes(
  from: HubspotObjectType,
  to: HubspotObjectType,
  isFirst: boolean,
): AssociationType[] | null {
  const pair = `${from}>${to}`;
  const unlabelled = UNLABELLED[pair];
  if (unlabelled === undefined) return null;
  const primary = isFirst ? PRIMARY[pair] : undefined;
  return [
    ...(primary === undefined ? [] : [{ category: 'HUBSPOT_DEFINED', typeId: primary, label: 'Primary' } as const]),
    { category: 'HUBSPOT_DEFINED', typeId: unlabelled, label: null },
  ];
}

/** The object type at the other end of an association type that starts at `from`. */
export function otherEndOf(from: HubspotObjectType, typeId: number): string | null {
  const pairs = [...Object.entries(UNLABELLED), ...Object.entries(PRIMARY)];
  const pair = pairs.find(([name, id]) => id === typeId && name.startsWith(`${from}>`));
  return pair?.[0].split('>')[1] ?? null;
}
