import type { Identifier, Party } from '../shared/party.ts';
import { formatReference } from '../shared/reference.ts';
import type { Client } from './model.ts';

/** A client as identity sees it. */
export function toParty(client: Client): Party {
  const { source, vendor, fetchedAt, url, stale } = client.source;
  const reference = formatReference(source, 'client', client.id);
  return {
    reference,
    source,
    vendor,
    system: 'ACCOUNTING',
    recordType: 'CLIENT',
    kind: kindOf(client),
    displayName: client.name ?? (personName(client) || null),
    firstName: client.firstName,
    lastName: client.lastName,
    legalName: client.isCompany ? client.name : null,
    emails: client.emails,
    phones: client.phones,
    taxIdentifiers: client.taxId ? [client.taxId] : [],
    // A NIP with an internal unit is a kind of number of its own: without one there is none.
    unitKnown: true,
    addresses: client.address ? [client.address] : [],
    externalReferences: client.externalReference === null ? [] : [client.externalReference],
    associations: [],
    mentions: [],
    findableBy: findableBy(client, reference),
    aliases: [],
    ownerReference: null,
    isRetail: client.isRetail,
    createdAt: client.createdAt,
    updatedAt: client.updatedAt,
    fetchedAt,
    url,
    stale,
  };
}

function findableBy({ findableBy: by, externalReference }: Client, reference: string): Identifier[] {
  const all: [Identifier['kind'], string | null][] = [
    ['REFERENCE', reference],
    ['EMAIL', by.email],
    ['TAX_ID', by.taxId],
    ['EXTERNAL_ID', externalReference],
  ];
  return all.flatMap(([kind, value]) => (value === null ? [] : [{ kind, value }]));
}

/** A firm that bears its owner's names is a sole trader's. */
function kindOf(client: Client): Party['kind'] {
  if (!client.isCompany) return 'PERSON';
  const words = wordsOf(client.name);
  const names = [...wordsOf(client.firstName), ...wordsOf(client.lastName)];
  return names.length > 1 && names.every((name) => words.includes(name)) ? 'SOLE_TRADER' : 'COMPANY';
}

function personName({ firstName, lastName }: Client): string {
  return [firstName, lastName].filter((part) => part !== null).join(' ');
}

function wordsOf(text: string | null): string[] {
  const words = (text ?? '')
    .normalize('NFC')
    .toLocaleLowerCase('pl')
    .split(/[\s,.-]+/);
  return words.filter((word) => word !== '');
}
