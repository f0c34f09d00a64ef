import type { IdentifierKind } from './party.ts';

/**
 * The tags by which what the caches hold is invalidated. Everything is tagged with its own key (`recordTag` of
 * record-cache.ts), so one record's tag is its reference, and a look-up's tag names what was looked up:
 *
 * | tag                                                 | what it invalidates                                         |
 * | --------------------------------------------------- | ----------------------------------------------------------- |
 * | `woo:order:501` (a record)                          | the record and what was read for it alone; no list of links |
 * | `woo:orders-of:12` (a parent, `childrenTag`)        | lists of the parent's records: their ids, not the records   |
 * | `woo:orders` (a collection, `collectionTag`)        | filtered lists, all pages                                   |
 * | `woo:companies` (the same)                          | searches by a part of a firm's name                         |
 * | `woo:order-number:1001` (a look-up, `lookupTag`)    | who has that identifier, also the answer "nobody"           |
 * | `identity:EMAIL:anna@dom.pl` (`identityTag`)        | who the customer with that identifier is                    |
 * | `values-of:hubspot:contact:501` (`valuesTag`)        | the record, and who its customer is; no look-up, no list    |
 *
 * A changed record takes its own tag, the collection's, and the parents and look-ups in which it stood or stands, but
 * for those in which it stays (`changeTags`). Look-up tags hold people's identifiers: whoever keeps tags outside this
 * process keeps their keyed hashes, and nobody logs them.
 */
export type Children = 'orders' | 'invoices';

/** The lists of one parent's records, as `woo:orders-of:12`. */
export function childrenTag(source: string, children: Children, parentId: string): string {
  return `${source}:${children}-of:${parentId}`;
}

export type Collection = Children | 'clients' | 'customers' | 'contacts' | 'companies';

/** Whatever any record of the collection may have a part in, as `woo:orders`. */
export function collectionTag(source: string, collection: Collection): string {
  return `${source}:${collection}`;
}

/** The answer to one look-up; `lookup` is the type of its key in the cache. */
export function lookupTag(source: string, lookup: string, value: string): string {
  return `${source}:${lookup}:${value}`;
}

/** Who the customer with this identifier is: a record that comes to have it may be theirs. */
export function identityTag({ kind, value }: { kind: IdentifierKind; value: string }): string {
  return lookupTag('identity', kind, value);
}

/** For a change that moves a record nowhere, of one that has this tag beside its own. */
export function valuesTag(reference: string): string {
  return `values-of:${reference}`;
}

/** A place that is the same tag whatever its value is: it moves, and invalidates the tag, when the value changes. */
export function valuePlace(tag: string, value: string): string {
  return `${tag}${VALUE_MARK}${value}`;
}

/** In no tag, as no system has it in a name. */
const VALUE_MARK = '\0';

/** What has to be invalidated of these places. */
export function tagsOfPlaces(places: readonly string[]): string[] {
  return [...new Set(places.map((place) => place.split(VALUE_MARK, 1)[0]!))];
}

/** What the change of one record invalidates. `before` and `after`: the parents and look-ups that it stands in. */
export function changeTags(change: {
  record: string;
  collection: string;
  before: readonly string[];
  after: readonly string[];
}): string[] {
  const { record, collection, before, after } = change;
  const moved = [...before.filter((tag) => !after.includes(tag)), ...after.filter((tag) => !before.includes(tag))];
  return [record, collection, ...tagsOfPlaces(moved)];
}
