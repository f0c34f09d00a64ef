import type { HubspotObjectType } from '../../data/records.ts';
import { type AnyProperty, type HubspotRecord, propertyOf, valuesOf } from './properties/index.ts';

/** Record ids by lower-case value of a property. Each index is made when it is first asked for. */
export interface PropertyIndexes {
  lookUp(type: HubspotObjectType, property: AnyProperty, lowerCaseValue: string): readonly number[];
  /** Around every write: `remove` before it, `add` after. */
  add(type: HubspotObjectType, record: HubspotRecord): void;
  remove(type: HubspotObjectType, record: HubspotRecord): void;
}

type Index = Map<string, number[]>;

export function createPropertyIndexes(
  records: (type: HubspotObjectType) => ReadonlyMap<number, HubspotRecord>,
): PropertyIndexes {
  const made = new Map<HubspotObjectType, Map<string, Index>>();

  const indexOf = (type: HubspotObjectType, property: AnyProperty): Index => {
    const ofType = made.get(type) ?? new Map<string, Index>();
    made.set(type, ofType);
    const known = ofType.get(property.name);
    if (known !== undefined) return known;
    const index: Index = new Map();
    for (const record of records(type).values()) put(index, property, record);
    ofType.set(property.name, index);
    return index;
  };
  const forEach = (type: HubspotObjectType, change: (index: Index, property: AnyProperty) => void) => {
    for (const [name, index] of made.get(type) ?? []) change(index, propertyOf(type, name)!);
  };

  return {
    lookUp: (type, property, value) => indexOf(type, property).get(value) ?? [],
    add: (type, record) => forEach(type, (index, property) => put(index, property, record)),
    remove: (type, record) => forEach(type, (index, property) => take(index, property, record)),
  };
}

function put(index: Index, property: AnyProperty, record: HubspotRecord): void {
  for (const value of valuesOf(property, record)) {
    const key = value.toLowerCase();
    const ids = index.get(key);
    if (ids === undefined) index.set(key, [record.id]);
    else ids.push(record.id);
  }
}

function take(index: Index, property: AnyProperty, record: HubspotRecord): void {
  for (const value of valuesOf(property, record)) {
    const key = value.toLowerCase();
    const left = (index.get(key) ?? []).filter((id) => id !== record.id);
    if (left.length === 0) index.delete(key);
    else index.set(key, left);
  }
}
