import type { AssociationReader } from './associations.ts';
import { type ObjectTypeInfo, objectTypeOf } from './object-types.ts';
import { type HubspotRecord, propertyOf, readProperty } from './properties/index.ts';

/** What a caller asked to see of each object. */
export interface ObjectView {
  /** Empty = the type's default properties. */
  properties: readonly string[];
  propertiesWithHistory: readonly string[];
  /** Names of the types whose associated ids come along. */
  associations: readonly string[];
}

export type ObjectRenderer = (type: ObjectTypeInfo, record: HubspotRecord, view: ObjectView) => Record<string, unknown>;

export function createObjectRenderer(associations: AssociationReader): ObjectRenderer {
  return (type, record, view) => ({
    id: String(record.id),
    properties: renderProperties(type, record, view.properties),
    ...historyOf(type, record, view.propertiesWithHistory),
    createdAt: new Date(record.createdAt).toISOString(),
    updatedAt: new Date(record.updatedAt).toISOString(),
    archived: record.archived,
    ...(record.archived ? { archivedAt: new Date(record.updatedAt).toISOString() } : {}),
    ...associated(type, record, view.associations, associations),
  });
}

/** Asked or default ones, and three that always come. A property without a value is null, an unknown one is left out. */
function renderProperties(
  type: ObjectTypeInfo,
  record: HubspotRecord,
  asked: readonly string[],
): Record<string, string | null> {
  const names = [...(asked.length > 0 ? asked : type.defaults), 'createdate', 'hs_object_id', type.modifiedProperty];
  const rendered: Record<string, string | null> = {};
  for (const name of names) {
    const definition = propertyOf(type.name, name);
    if (definition !== null) rendered[name] = readProperty(definition, record);
  }
  return rendered;
}

/** The sandbox remembers no earlier values: each history has the present one alone. */
function historyOf(type: ObjectTypeInfo, record: HubspotRecord, names: readonly string[]): Record<string, unknown> {
  if (names.length === 0) return {};
  const timestamp = new Date(record.updatedAt).toISOString();
  const histories = names.flatMap((name) => {
    const definition = propertyOf(type.name, name);
    const value = definition === null ? null : readProperty(definition, record);
    return value === null ? [] : [[name, [{ value, timestamp, sourceType: 'CRM_UI' }]] as const];
  });
  return { propertiesWithHistory: Object.fromEntries(histories) };
}

function associated(
  type: ObjectTypeInfo,
  record: HubspotRecord,
  names: readonly string[],
  associations: AssociationReader,
): Record<string, unknown> {
  const found = names.flatMap((name) => {
    const toType = objectTypeOf(name);
    const results = toType === null ? [] : associations.v3(type, record.id, toType);
    return toType === null || results.length === 0 ? [] : [[toType.name, { results }] as const];
  });
  return found.length === 0 ? {} : { associations: Object.fromEntries(found) };
}
