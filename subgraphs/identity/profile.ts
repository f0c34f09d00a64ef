import type { TaxIdentifier } from '../shared/normalise.ts';
import type { Address, Party } from '../shared/party.ts';
import { toInitials } from './masking.ts';
import type { IdentifiedCustomer } from './model.ts';
import { isUsableEmail, isUsablePhone } from './usable.ts';

/** What the records of a customer say together; where they differ, the strongest record that has it speaks. */
export interface Profile {
  kind: Party['kind'];
  displayName: string | null;
  initials: string | null;
  firstName: string | null;
  lastName: string | null;
  legalName: string | null;
  emails: string[];
  phones: string[];
  addresses: Address[];
  taxIdentifiers: TaxIdentifier[];
}

/** Each field of a customer asks for it. */
const profiles = new WeakMap<IdentifiedCustomer, Profile>();

export function profileOf(customer: IdentifiedCustomer): Profile {
  const profile = profiles.get(customer) ?? toProfile(customer);
  profiles.set(customer, profile);
  return profile;
}

function toProfile({ records }: IdentifiedCustomer): Profile {
  const kind = kindOf(records);
  const { firstName, lastName } = personOf(records, kind);
  const legalName = kind === 'PERSON' ? null : firstOf(records, (record) => record.legalName);
  return {
    kind,
    displayName: legalName ?? nameOf(records, firstName, lastName),
    initials: toInitials(firstName, lastName),
    firstName,
    lastName,
    legalName,
    emails: usableFirst(
      records.flatMap(({ emails }) => emails),
      isUsableEmail,
    ),
    phones: usableFirst(
      records.flatMap(({ phones }) => phones),
      isUsablePhone,
    ),
    addresses: distinct(records.flatMap(({ addresses }) => addresses)),
    taxIdentifiers: validFirst(distinct(records.flatMap(({ taxIdentifiers }) => taxIdentifiers))),
  };
}

/** A firm's people are people, and the customer is the firm. */
function kindOf(records: readonly Party[]): Party['kind'] {
  const kinds = records.map(({ kind }) => kind);
  const firm = kinds.find((kind) => kind === 'COMPANY' || kind === 'SOLE_TRADER');
  return firm ?? (kinds.includes('PERSON') ? 'PERSON' : 'UNKNOWN');
}

/** A company has no first name, whoever of it stands in the records. Both parts come from one record. */
function personOf(records: readonly Party[], kind: Party['kind']): Pick<Party, 'firstName' | 'lastName'> {
  const none = { firstName: null, lastName: null };
  if (kind === 'COMPANY') return none;
  const named = records.filter(({ firstName, lastName }) => firstName !== null || lastName !== null);
  return named.find(({ firstName, lastName }) => firstName !== null && lastName !== null) ?? named[0] ?? none;
}

function nameOf(records: readonly Party[], firstName: string | null, lastName: string | null): string | null {
  const name = [firstName, lastName].filter((part) => part !== null).join(' ');
  return name || firstOf(records, (record) => record.displayName);
}

function firstOf<T>(records: readonly Party[], read: (record: Party) => T | null): T | null {
  return records.map(read).find((value) => value !== null) ?? null;
}

/** Placeholders are shown too, behind what reaches somebody. */
function usableFirst(values: readonly string[], isUsable: (value: string) => boolean): string[] {
  const unique = [...new Set(values)];
  return [...unique.filter(isUsable), ...unique.filter((value) => !isUsable(value))];
}

function validFirst(taxIds: readonly TaxIdentifier[]): TaxIdentifier[] {
  return [...taxIds.filter(({ valid }) => valid), ...taxIds.filter(({ valid }) => !valid)];
}

/** Equal but for case and white space. */
function distinct<T extends object>(values: readonly T[]): T[] {
  const keyOf = (value: T) =>
    JSON.stringify(Object.values(value).map((part) => (typeof part === 'string' ? foldSpelling(part) : part)));
  const byKey = new Map<string, T>();
  for (const value of values) if (!byKey.has(keyOf(value))) byKey.set(keyOf(value), value);
  return [...byKey.values()];
}

function foldSpelling(text: string): string {
  return text.trim().replace(/\s+/g, ' ').toLocaleLowerCase('pl');
}
