import type { HubspotObjectType, HubspotStore } from '../../data/records.ts';
import { createIdList, type IdList } from '../id-list.ts';
import { type AnyProperty, type HubspotRecord, propertyOf } from './properties/index.ts';
import { createPropertyIndexes, type PropertyIndexes } from './property-indexes.ts';

/** The portal's records with the ways to find them. */
export interface Crm {
  readonly store: HubspotStore;
  readonly indexes: PropertyIndexes;
  records(type: HubspotObjectType): Map<number, HubspotRecord>;
  ids(type: HubspotObjectType): IdList;
  /** The record, the survivor for an id that was merged away; null for an unknown or archived one. */
  find(type: HubspotObjectType, id: string): HubspotRecord | null;
  /** By a property whose values are unique. */
  findBy(type: HubspotObjectType, property: AnyProperty, value: string): HubspotRecord | null;
  archived(type: HubspotObjectType, id: string): HubspotRecord | null;
  merged(type: HubspotObjectType): Map<number, number>;
  insert(type: HubspotObjectType, record: HubspotRecord): void;
  remove(type: HubspotObjectType, record: HubspotRecord): void;
}

export function createCrm(store: HubspotStore): Crm {
  const idLists = new Map<HubspotObjectType, IdList>();
  const mergedElsewhere = new Map<HubspotObjectType, Map<number, number>>();

  // Cast: the store's maps are told apart by name; a record from one of them is always that name's type.
  const records = (type: HubspotObjectType) => store[type] as Map<number, HubspotRecord>;
  const ids = (type: HubspotObjectType) => memo(idLists, type, () => createIdList(records(type).keys()));
  const merged = (type: HubspotObjectType) =>
    type === 'contacts' ? store.mergedContacts : memo(mergedElsewhere, type, () => new Map<number, number>());
  const any = (type: HubspotObjectType, id: string) => {
    const asked = parseId(id);
    return asked === null ? null : (records(type).get(merged(type).get(asked) ?? asked) ?? null);
  };
  const indexes = createPropertyIndexes(records);

  return {
    store,
    indexes,
    records,
    ids,
    merged,
    find: (type, id) => live(any(type, id)),
    archived: (type, id) => {
      const record = any(type, id);
      return record?.archived ? record : null;
    },
    findBy: (type, property, value) => {
      const [id] = indexes.lookUp(type, property, value.trim().toLowerCase());
      return id === undefined ? null : live(records(type).get(id) ?? null);
    },
    insert: (type, record) => {
      records(type).set(record.id, record);
      ids(type).add(record.id);
      indexes.add(type, record);
    },
    remove: (type, record) => {
      indexes.remove(type, record);
      ids(type).remove(record.id);
      records(type).delete(record.id);
    },
  };
}

/** `idProperty` of a request: null when records are named by their ids. */
export function uniqueProperty(type: HubspotObjectType, name: string | undefined): AnyProperty | null | 'not unique' {
  if (name === undefined || name === 'hs_object_id') return null;
  const property = propertyOf(type, name);
  return property?.unique ? property : 'not unique';
}

function live(record: HubspotRecord | null): HubspotRecord | null {
  return record?.archived ? null : record;
}

function parseId(id: string): number | null {
  return /^\d{1,15}$/.test(id) ? Number(id) : null;
}

function memo<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  const known = map.get(key);
  if (known !== undefined) return known;
  const made = make();
  map.set(key, made);
  return made;
}
