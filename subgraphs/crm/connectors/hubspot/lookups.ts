import { taxIdKey } from '../../../shared/normalise.ts';
import type { Identifier, IdentifierKind } from '../../../shared/party.ts';
import type { RecordCache, RecordKey } from '../../../shared/record-cache.ts';
import type { CallContext } from '../../../shared/upstream/context.ts';
import type { Company, Contact } from '../../model.ts';
import type { AnyOf } from './api.ts';
import type { ParsedHubspotConfig } from './config.ts';
import { SEARCHABLE_PHONES } from './mapping.ts';
import { COMPANIES, CONTACTS, type ObjectReader } from './objects.ts';
import type { Searcher } from './searcher.ts';
import { phoneSpellings, taxIdSpellings } from './spellings.ts';

export interface Lookups {
  /** For each identifier the references of the records that have it; a reference is not looked up here. */
  find(identifiers: readonly Identifier[], context: CallContext): Promise<string[][]>;
}

/**
 * Finds records by what they hold. All e-mails go into batch reads; what these do not find, all phones and all external
 * ids go into one search of contacts, tax ids and external ids into one of companies. Every hit is checked against its
 * own record, so that HubSpot's tokenising can never link strangers.
 */
export function createLookups(deps: {
  objects: ObjectReader;
  searcher: Searcher;
  cache: RecordCache;
  config: ParsedHubspotConfig;
}): Lookups {
  const { objects, searcher, cache, config } = deps;
  const { externalIds, taxId } = config.properties;

  async function load(identifiers: readonly Identifier[], context: CallContext): Promise<string[][]> {
    const emails = valuesOf(identifiers, 'EMAIL');
    const externals = valuesOf(identifiers, 'EXTERNAL_ID').flatMap(toFilter);
    const [contacts, companies] = await Promise.all([
      findContacts(emails, valuesOf(identifiers, 'PHONE'), externals, context),
      searcher.find(COMPANIES, [...taxIdFilters(valuesOf(identifiers, 'TAX_ID')), ...externals], context),
    ]);
    const index = indexOf([...contacts, ...companies]);
    return identifiers.map((identifier) => [...(index.get(textOf(identifier)) ?? [])]);
  }

  async function findContacts(
    emails: readonly string[],
    phones: readonly string[],
    externals: readonly AnyOf[],
    context: CallContext,
  ): Promise<Contact[]> {
    const read = emails.length === 0 ? [] : await objects.readBy(CONTACTS, 'email', emails, context);
    // A batch read may find a contact by a secondary address, without saying by which.
    const known = new Set(read.flatMap((contact) => contact.emails));
    const secondary = emails.filter((email) => !known.has(email));
    const spellings = phones.flatMap(phoneSpellings);
    const anyOf = [
      { property: 'hs_additional_emails', values: secondary },
      ...SEARCHABLE_PHONES.map((property) => ({ property, values: spellings })),
      ...externals,
    ];
    return [...read, ...(await searcher.find(CONTACTS, anyOf, context))];
  }

  function taxIdFilters(values: readonly string[]): AnyOf[] {
    return taxId === null ? [] : [{ property: taxId, values: values.flatMap(taxIdSpellings) }];
  }

  /** A reference that no property can name is named by no record of ours. */
  function toFilter(reference: string): AnyOf[] {
    return externalIds
      .filter((external) => reference.startsWith(`${external.reference}:`))
      .map(({ property, reference: prefix }) => ({
        property,
        values: [reference.slice(prefix.length + 1).toLowerCase()],
      }));
  }

  return {
    find: async (identifiers, context) => {
      const lookUp = identifiers.filter(({ kind }) => kind !== 'REFERENCE');
      const keys = lookUp.map((identifier) => lookupKey(config.name, identifier));
      const byKey = new Map(keys.map((key, index) => [`${key.type} ${key.id}`, lookUp[index]!]));
      const loadMissing = (missing: readonly RecordKey[], call: CallContext) =>
        load(
          missing.map((key) => byKey.get(`${key.type} ${key.id}`)!),
          call,
        );
      const found = await cache.getMany<string[]>(keys, loadMissing, { tags: (references) => references, context });
      const byIdentifier = new Map(lookUp.map((identifier, index) => [textOf(identifier), found[index] ?? []]));
      return identifiers.map((identifier) => byIdentifier.get(textOf(identifier)) ?? []);
    },
  };
}

/** Where it is cached who has an identifier. */
export function lookupKey(source: string, { kind, value }: Identifier): RecordKey {
  return { source, type: `by.${kind}`, id: value };
}

function valuesOf(identifiers: readonly Identifier[], wanted: IdentifierKind): string[] {
  return identifiers.filter(({ kind }) => kind === wanted).map(({ value }) => value);
}

/** Which records hold which identifier, by the records' own values. */
function indexOf(records: readonly (Contact | Company)[]): Map<string, Set<string>> {
  const index = new Map<string, Set<string>>();
  for (const record of records) {
    for (const identifier of heldBy(record)) {
      const references = index.get(textOf(identifier)) ?? new Set();
      index.set(textOf(identifier), references.add(record.id));
    }
  }
  return index;
}

/** By what a record is found. */
export function heldBy(record: Contact | Company): Identifier[] {
  const of = (kind: IdentifierKind, values: readonly string[]) => values.map((value) => ({ kind, value }));
  const common = of('EXTERNAL_ID', record.externalReferences);
  if (record.type === 'contact') return [...common, ...of('EMAIL', record.emails), ...of('PHONE', record.phones)];
  return [
    ...common,
    ...of(
      'TAX_ID',
      record.taxIdentifiers.map(taxIdKey).filter((key) => key !== null),
    ),
  ];
}

function textOf({ kind, value }: Identifier): string {
  return `${kind} ${value}`;
}
