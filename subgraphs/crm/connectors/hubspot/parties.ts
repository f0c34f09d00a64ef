import type { Identifier, Party } from '../../../shared/party.ts';
import { formatReference, parseReference } from '../../../shared/reference.ts';
import type { CallContext } from '../../../shared/upstream/context.ts';
import type { Company, Contact } from '../../model.ts';
import { companyParty, contactParty } from '../../party.ts';
import type { Ownership, PartyLookup } from '../../source.ts';
import type { AssociationKey, AssociationReader } from './associations.ts';
import type { ParsedHubspotConfig } from './config.ts';
import type { Lookups } from './lookups.ts';
import { COMPANIES, CONTACTS, type ObjectReader } from './objects.ts';

/** Of one company: enough to find whom it is about, and few enough to read. */
const MAX_MENTIONED = 500;

export interface PartyReader {
  parties(identifiers: readonly Identifier[], context: CallContext): Promise<PartyLookup>;
  /** Companies and contacts with what they are associated with. */
  toParties(records: readonly (Company | Contact)[], context: CallContext): Promise<Party[]>;
}

export function createPartyReader(deps: {
  objects: ObjectReader;
  associations: AssociationReader;
  lookups: Lookups;
  ownership(object: 'deal' | 'ticket', ids: readonly string[], context: CallContext): Promise<Ownership[]>;
  config: ParsedHubspotConfig;
}): PartyReader {
  const { objects, associations, lookups, ownership, config } = deps;

  /** Records by reference, whatever reference of them was asked for. */
  async function read(references: readonly string[], context: CallContext): Promise<Map<string, Company | Contact>> {
    const ids = (type: string) => remoteIds(references, config.name, type);
    const [companies, contacts] = await Promise.all([
      objects.read(COMPANIES, ids('company'), context),
      objects.read(CONTACTS, ids('contact'), context),
    ]);
    const pairs = [
      ...ids('company').map((id, index) => [formatReference(config.name, 'company', id), companies[index]] as const),
      ...ids('contact').map((id, index) => [formatReference(config.name, 'contact', id), contacts[index]] as const),
    ];
    return new Map(pairs.flatMap(([reference, record]) => (record ? [[reference, record]] : [])));
  }

  /** Deals and tickets are understood too: they stand for the company or contact they are about. */
  async function resolveWork(references: readonly string[], context: CallContext): Promise<Map<string, string>> {
    const of = async (object: 'deal' | 'ticket') => {
      const ids = remoteIds(references, config.name, object);
      const owners = ids.length === 0 ? [] : await ownership(object, ids, context);
      return ids.flatMap((id, index) => {
        const owner = owners[index];
        return typeof owner === 'object' ? [[formatReference(config.name, object, id), owner.party] as const] : [];
      });
    };
    const pairs = await Promise.all([of('deal'), of('ticket')]);
    return new Map(pairs.flat());
  }

  async function toParties(records: readonly (Company | Contact)[], context: CallContext): Promise<Party[]> {
    const related = await associations.read(records.map(toAssociationKey), context);
    const mentioned = related.map(({ ids }, index) =>
      records[index]!.type === 'company' ? ids.slice(0, MAX_MENTIONED) : [],
    );
    const contacts = await objects.read(CONTACTS, mentioned.flat(), context);
    const byId = new Map(mentioned.flat().map((id, index) => [id, contacts[index] ?? null]));
    return records.map((record, index) => {
      const { ids } = related[index]!;
      if (record.type === 'contact') return contactParty(record, ids.map(referenceOf('company')));
      const known = mentioned[index]!.map((id) => byId.get(id) ?? null).filter((contact) => contact !== null);
      return companyParty(record, ids.map(referenceOf('contact')), known);
    });
  }

  const referenceOf = (type: string) => (id: string) => formatReference(config.name, type, id);

  return {
    toParties,
    parties: async (identifiers, context) => {
      const asked = identifiers.filter(({ kind }) => kind === 'REFERENCE').map(({ value }) => value);
      const [byIdentifier, ofWork] = await Promise.all([
        lookups.find(identifiers, context),
        resolveWork(asked, context),
      ]);
      const targets = identifiers.map(({ kind, value }, index) =>
        kind === 'REFERENCE' ? [ofWork.get(value) ?? value] : byIdentifier[index]!,
      );
      const records = await read([...new Set(targets.flat())], context);
      const found = targets.map((references) =>
        unique(references.flatMap((reference) => records.get(reference)?.id ?? [])),
      );
      const distinct = new Map([...records.values()].map((record) => [record.id, record]));
      return {
        parties: await toParties([...distinct.values()], context),
        found,
        unsupported: identifiers.filter(({ kind }) => kind === 'TAX_ID' && config.properties.taxId === null),
      };
    },
  };
}

function toAssociationKey(record: Company | Contact): AssociationKey {
  const id = record.source.remoteId;
  return record.type === 'company'
    ? { from: 'companies', id, to: 'contacts' }
    : { from: 'contacts', id, to: 'companies' };
}

function remoteIds(references: readonly string[], source: string, type: string): string[] {
  const parsed = references.map(parseReference);
  return unique(parsed.flatMap((ref) => (ref?.source === source && ref.type === type ? [ref.remoteId] : [])));
}

function unique<T>(values: readonly T[]): T[] {
  return [...new Set(values)];
}
