import type { HubspotBase } from '../../../data/records.ts';
import { minorToText } from '../../money.ts';

export type PropertyType = 'string' | 'number' | 'date' | 'datetime' | 'enumeration' | 'bool' | 'phone_number';

/** One property of an object type: what the properties API tells of it, and how it is read from a record. */
export interface PropertyDefinition<R extends HubspotBase> {
  readonly name: string;
  readonly label: string;
  readonly type: PropertyType;
  readonly fieldType: string;
  /** Made in this portal rather than by HubSpot. */
  readonly custom: boolean;
  /** Calculated: a client cannot write it. */
  readonly readOnly: boolean;
  /** Several values in one text, parted by ";". */
  readonly multiple: boolean;
  /** May be used as `idProperty`. */
  readonly unique: boolean;
  readonly options: readonly string[];
  read(record: R): string | null;
}

const FIELD_TYPES: Readonly<Record<PropertyType, string>> = {
  string: 'text',
  number: 'number',
  date: 'date',
  datetime: 'date',
  enumeration: 'select',
  bool: 'booleancheckbox',
  phone_number: 'phonenumber',
};

type Details = Partial<Omit<PropertyDefinition<never>, 'name' | 'label' | 'type' | 'read'>>;

export function property<R extends HubspotBase>(
  name: string,
  label: string,
  type: PropertyType,
  read: (record: R) => string | null,
  details: Details = {},
): PropertyDefinition<R> {
  return {
    name,
    label,
    type,
    read,
    fieldType: FIELD_TYPES[type],
    custom: false,
    readOnly: false,
    multiple: false,
    unique: false,
    options: [],
    ...details,
  };
}

export function text(value: number | null): string | null {
  return value === null ? null : String(value);
}

export function instant(ms: number | null): string | null {
  return ms === null ? null : new Date(ms).toISOString();
}

/** Amounts of deals are decimal text. */
export function amount(minor: number | null): string | null {
  return minor === null ? null : minorToText(minor);
}

/** What every object has, whatever its type. */
export function commonProperties<R extends HubspotBase>(modifiedProperty: string): PropertyDefinition<R>[] {
  return [
    property('hs_object_id', 'Record ID', 'number', (record) => String(record.id), { readOnly: true, unique: true }),
    property('createdate', 'Create Date', 'datetime', (record) => instant(record.createdAt), { readOnly: true }),
    property(modifiedProperty, 'Last Modified Date', 'datetime', (record) => instant(record.updatedAt), {
      readOnly: true,
    }),
  ];
}
