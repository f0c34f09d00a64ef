import { recordTag } from '../record-cache.ts';
import { changeTags, collectionTag, tagsOfPlaces, valuesTag } from '../tags.ts';
import type { WebhookChange } from './webhook.ts';

/** What every change of a record of the type has a part in. */
const COLLECTIONS = { order: 'orders', customer: 'customers', invoice: 'invoices', client: 'clients' } as const;

/**
 * All that a change makes wrong in the cache, as far as it is known before the record is read anew. `before`: where the
 * record stood, null where that is not known.
 */
export function tagsOfChange(source: string, change: WebhookChange, before: readonly string[] | null): string[] {
  const { type, id, event, places } = change;
  const record = recordTag({ source, type, id });
  const collection = isCollected(type) ? collectionTag(source, COLLECTIONS[type]) : record;
  // A new record, and one whose places were not known, may be missing wherever it stands.
  const stood = event === 'created' || before === null ? [] : before;
  // One that is not cached may be known as missing, and has then no other tag than its own.
  if (places.told === 'same') return before === null ? [record] : [valuesTag(record)];
  if (places.told === 'all') return changeTags({ record, collection, before: stood, after: places.tags });
  const left = event === 'deleted' ? stood : [];
  return [record, collection, ...tagsOfPlaces([...left, ...(places.told === 'some' ? places.tags : [])])];
}

/** Where a record came to stand, known once it is read anew: there it may be missing. */
export function tagsOfArrival(before: readonly string[] | null, after: readonly string[] | null): string[] {
  return tagsOfPlaces((after ?? []).filter((place) => !before?.includes(place)));
}

function isCollected(type: string): type is keyof typeof COLLECTIONS {
  return Object.hasOwn(COLLECTIONS, type);
}
