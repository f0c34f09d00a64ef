import { taxIdKey } from '../shared/normalise.ts';
import type { Identifier, Party } from '../shared/party.ts';
import { isUsableEmail, isUsablePhone, isUsableTaxKey } from './usable.ts';

/** One text for one identifier, to compare and to remember what was asked. */
export function keyOf({ kind, value }: { kind: string; value: string }): string {
  return `${kind} ${value}`;
}

/** The e-mail addresses of a record by which it can be linked. */
export function emailsOf({ emails }: Party): string[] {
  return emails.filter(isUsableEmail);
}

/** The telephone numbers of a record by which it can be linked. */
export function phonesOf({ phones }: Party): string[] {
  return phones.filter(isUsablePhone);
}

/** The valid tax ids of a record as country and number, without unit. */
export function taxKeysOf({ taxIdentifiers }: Party): string[] {
  const keys = taxIdentifiers.map(taxIdKey).filter((key) => key !== null);
  return [...new Set(keys)].filter(isUsableTaxKey);
}

/** The internal unit of a record; the empty text stands for the firm itself. */
export function unitOf({ taxIdentifiers }: Party): string {
  return taxIdentifiers.find(({ unit }) => unit !== null)?.unit ?? '';
}

/** Whether the record itself holds the identifier: a source's search may find more. */
export function holds(party: Party, { kind, value }: Identifier): boolean {
  if (kind === 'EMAIL') return party.emails.includes(value);
  if (kind === 'PHONE') return party.phones.includes(value);
  return kind === 'TAX_ID' && taxKeysOf(party).includes(value);
}

/** All references that name this record. */
export function namesOf({ reference, aliases }: Party): string[] {
  return [reference, ...aliases];
}
