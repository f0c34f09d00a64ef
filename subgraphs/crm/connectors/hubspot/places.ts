import type { Identifier } from '../../../shared/party.ts';
import { type RecordCache, recordTag } from '../../../shared/record-cache.ts';
import { identityTag } from '../../../shared/tags.ts';
import type { Activity, Company, Contact, Deal, Ticket } from '../../model.ts';
import type { CrmSource } from '../../source.ts';
import { heldBy, lookupKey } from './lookups.ts';

/** The look-ups that find a record, by what it holds, and whom it may belong to. Associations are told of by events of their own. */
export function createPlaces({ cache, source }: { cache: RecordCache; source: string }): CrmSource['placesOf'] {
  return async (type, id) => {
    const [record] = await cache.peekMany<Contact | Company | Deal | Ticket | Activity>([{ source, type, id }]);
    if (!record) return null;
    return isParty(record) ? heldBy(record).flatMap((held) => placesOfIdentifier(source, held)) : [];
  };
}

/** A record that points at another one may be the same customer's. */
export function placesOfIdentifier(source: string, { kind, value }: Identifier): string[] {
  const customers = identityTag({ kind: kind === 'EXTERNAL_ID' ? 'REFERENCE' : kind, value });
  return [recordTag(lookupKey(source, { kind, value })), customers];
}

function isParty(record: Contact | Company | Deal | Ticket | Activity): record is Contact | Company {
  return 'type' in record && (record.type === 'contact' || record.type === 'company');
}
