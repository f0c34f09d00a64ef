import type { Identifier, Party } from '../shared/party.ts';
import { holds, taxKeysOf, unitOf } from './identifiers.ts';
import { isMaybeSameCompany, isSamePerson, personNameOf } from './names.ts';

/** What kind of party a record speaks for. A contact of a company speaks for the company, and for a person. */
export type PartyClass = 'PERSON' | 'COMPANY' | 'REPRESENTATIVE' | 'UNKNOWN';

/**
 * What all records found by one identifier say together about it. Only what the sources find by that identifier counts:
 * whoever asks by it sees the same records, so a judgement never depends on where the search began.
 */
export interface Evidence {
  classOf(party: Party): PartyClass;
  /** On a mailbox of its own: whoever writes from the mailbox of a firm's contact is that contact, so speaks for the firm. */
  classOn(email: string, party: Party): PartyClass;
  /** Several firms, or several people, use this mailbox. */
  isSharedEmail(email: string): boolean;
  /** A consumer and a company use this mailbox. */
  isMixedEmail(email: string): boolean;
  /** Several people use this telephone. */
  isSharedPhone(phone: string): boolean;
  /** Several units of one tax id are known, so a record that can't tell its unit may be any of them. */
  hasSeveralUnits(taxKey: string): boolean;
}

export interface EvidenceDeps {
  party(reference: string): Party | undefined;
  /** All records found by an identifier, in every domain that can look it up. */
  found(identifier: Identifier): readonly Party[];
}

export function createEvidence({ party: partyOf, found }: EvidenceDeps): Evidence {
  const classOf = (party: Party) => toClass(party, partyOf);
  const ownersOf = memoize((key: string) => {
    const [kind, value] = splitKey(key);
    return found({ kind, value }).filter((party) => !party.isRetail && holds(party, { kind, value }));
  });
  const peopleOf = (owners: readonly Party[]) => owners.filter((party) => classOf(party) !== 'COMPANY');
  const isSharedEmail = memoize((email: string) => {
    const owners = ownersOf(`EMAIL ${email}`);
    const firms = owners.filter((party) => classOf(party) === 'COMPANY');
    return haveSeveralTaxIds(owners) || haveSeveralNames(peopleOf(owners)) || areSeveralFirms(firms);
  });
  const isOfContact = memoize((email: string) =>
    ownersOf(`EMAIL ${email}`).some((party) => classOf(party) === 'REPRESENTATIVE'),
  );
  const classOn = (email: string, party: Party) => {
    const found = classOf(party);
    return found === 'PERSON' && isOfContact(email) ? 'REPRESENTATIVE' : found;
  };
  return {
    classOf,
    classOn,
    isSharedEmail,
    isMixedEmail: (email) => {
      const classes = new Set(ownersOf(`EMAIL ${email}`).map((party) => classOn(email, party)));
      return classes.has('PERSON') && classes.has('COMPANY');
    },
    isSharedPhone: (phone) => haveSeveralNames(peopleOf(ownersOf(`PHONE ${phone}`))),
    hasSeveralUnits: (taxKey) => unitsOf(ownersOf(`TAX_ID ${taxKey}`)).size > 1,
  };
}

/** A sole trader's contact is the sole trader: on that mailbox a private account is somebody else. */
function toClass(party: Party, partyOf: EvidenceDeps['party']): PartyClass {
  const [company] = party.associations;
  if (party.recordType === 'CONTACT' && company !== undefined) {
    return partyOf(company)?.kind === 'SOLE_TRADER' ? 'COMPANY' : 'REPRESENTATIVE';
  }
  return party.kind === 'SOLE_TRADER' ? 'COMPANY' : party.kind;
}

/** Different tax ids, or different units of one. */
function haveSeveralTaxIds(owners: readonly Party[]): boolean {
  const taxed = owners.filter((party) => taxKeysOf(party).length > 0);
  const [first, ...others] = taxed.map((party) => new Set(taxKeysOf(party)));
  return others.some((keys) => keys.isDisjointFrom(first!)) || unitsOf(taxed).size > 1;
}

function haveSeveralNames(people: readonly Party[]): boolean {
  const names = [...new Set(people.map(personNameOf).filter((name) => name !== null))];
  return names.some((name, index) => names.slice(index + 1).some((other) => !isSamePerson(name, other)));
}

/** Where all have a tax id, that decides; names are only asked of firms without one. */
function areSeveralFirms(firms: readonly Party[]): boolean {
  return firms.some((firm) => taxKeysOf(firm).length === 0 && firms.some((other) => !isMaybeSame(firm, other)));
}

function isMaybeSame(left: Party, right: Party): boolean {
  const [a, b] = [left, right].map(({ legalName, displayName }) => legalName ?? displayName);
  return !a || !b || isMaybeSameCompany(a, b);
}

function unitsOf(parties: readonly Party[]): Set<string> {
  return new Set(parties.filter(({ unitKnown }) => unitKnown).map(unitOf));
}

function splitKey(key: string): [Identifier['kind'], string] {
  const space = key.indexOf(' ');
  // Cast: the keys are made above.
  return [key.slice(0, space) as Identifier['kind'], key.slice(space + 1)];
}

function memoize<T>(compute: (key: string) => T): (key: string) => T {
  const known = new Map<string, T>();
  return (key) => {
    if (!known.has(key)) known.set(key, compute(key));
    return known.get(key)!;
  };
}
