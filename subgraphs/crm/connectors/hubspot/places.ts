import { type RecordCache, recordTag } from '../../../shared/record-cache.ts';
import type { Company, Contact } from '../../model.ts';
import type { CrmSource } from '../../source.ts';
import { heldBy, lookupKey } from './lookups.ts';

/** The look-ups that find a record, by what it holds. Associations are told of by events of their own. */
export function createPlaces({ cache, source }: { cache: RecordCache; source: string }): CrmSource['placesOf'] {
  return async (type, id) => {
    if (type !== 'contact' && type !== 'company') return [];
    const [record] = await cache.peekMany<Contact | Company>([{ source, type, id }]);
    return record ? heldBy(record).map((identifier) => recordTag(lookupKey(source, identifier))) : null;
  };
}
