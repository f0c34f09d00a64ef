import type { Party } from '../shared/party.ts';
import type { Company, Contact } from './model.ts';

/** What identity sees of a company. */
export function companyParty(company: Company, contacts: readonly string[], known: readonly Contact[]): Party {
  return {
    ...commonOf(company),
    recordType: 'COMPANY',
    kind: company.kind,
    displayName: company.name,
    firstName: null,
    lastName: null,
    legalName: company.name,
    emails: [],
    taxIdentifiers: company.taxIdentifiers,
    unitKnown: company.unitKnown,
    associations: [...contacts],
    mentions: unique(known.flatMap(({ emails }) => emails)).map((value) => ({ kind: 'EMAIL', value })),
  };
}

/**
 * What identity sees of a contact. Several companies are no association: the contact belongs to none of them more
 * than to the others.
 */
export function contactParty(contact: Contact, companies: readonly string[]): Party {
  const { firstName, lastName } = contact;
  return {
    ...commonOf(contact),
    recordType: 'CONTACT',
    kind: 'PERSON',
    displayName: [firstName, lastName].filter((part) => part !== null).join(' ') || null,
    firstName,
    lastName,
    legalName: null,
    emails: contact.emails,
    taxIdentifiers: [],
    unitKnown: false,
    associations: companies.length === 1 ? [...companies] : [],
    mentions: [],
  };
}

function commonOf(record: Company | Contact) {
  const { source, vendor, system, sourceUpdatedAt, fetchedAt, url, stale } = record.source;
  return {
    reference: record.id,
    source,
    vendor,
    system,
    phones: record.phones,
    addresses: record.addresses,
    externalReferences: record.externalReferences,
    findableBy: record.findableBy,
    aliases: record.aliases,
    ownerReference: record.ownerId,
    isRetail: false,
    createdAt: record.createdAt,
    updatedAt: sourceUpdatedAt,
    fetchedAt,
    url,
    stale,
  };
}

function unique(values: readonly string[]): string[] {
  return [...new Set(values)];
}
