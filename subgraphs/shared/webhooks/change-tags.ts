import { recordTag } from '../record-cache.ts';
import { type Collection, changeTags, collectionTag, tagsOfPlaces, valuesTag } from '../tags.ts';
import type { WebhookChange } from './webhook.ts';

/** What every change of a record of the type has a part in. */
const COLLECTIONS: Readonly<Record<string, Collection>> = {
  order: 'orders',
  customer: 'customers',
  invoice: 'invoices',
  client: 'clients',
};
/** What a record has a part in by being there: whatever else changes in it. */
const MEMBERS: Readonly<Record<string, Collection>> = { contact: 'contacts', company: 'companies' };

/**
 * All that a change makes wrong in the cache, as far as it is known before the record is read anew. `before`: where the
 * record stood, null where that is not known.
 */
export function tagsOfChange(source: string, change: WebhookChange, before: readonly string[] | null): string[] {
  const { type, id, event, places } = change;
  const record = recordTag({ source, type, id });
  const collection = collectionOf(change);
  const collected = collection === null ? record : collectionTag(source, collection);
  // A new record, and one whose places were not known, may be missing wherever it stands.
  const stood = event === 'created' || before === null ? [] : before;
  // One that is not cached may be known as missing, and has then no other tag than its own.
  if (places.told === 'same') return before === null ? [record] : [valuesTag(record)];
  if (places.told === 'all') return changeTags({ record, collection: collected, before: stood, after: places.tags });
  const left = event === 'deleted' ? stood : [];
  return [record, collected, ...tagsOfPlaces([...left, ...(places.told === 'some' ? places.tags : [])])];
}

/** Where a record came to stand, known once it is read anew: there it may be missing. */
export function tagsOfArrival(before: readonly string[] | null, after: readonly string[] | null): string[] {
  return tagsOfPlaces((after ?? []).filter((place) => !before?.includes(place)));
}

function collectionOf({ type, event }: WebhookChange): Collection | null {
  if (Object.hasOwn(COLLECTIONS, type)) return COLLECTIONS[type]!;
  return event !== 'updated' && Object.hasOwn(MEMBERS, type) ? MEMBERS[type]! : null;
}
