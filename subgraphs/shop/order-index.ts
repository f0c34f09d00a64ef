import type { IndexEntry } from '../shared/links/link-index.ts';
import { type Links, shortPlace } from '../shared/links/links.ts';
import type { RecordIndex } from '../shared/links/record-index.ts';
import { childrenTag, collectionTag } from '../shared/tags.ts';
import type { Order } from './model.ts';
import { placeOfOrder, placesOfOrder, searchTag, searchType } from './order-places.ts';
import type { ShopSource } from './source.ts';

/** An index of a shop's orders by account, and by address of those without one; null where the shop needs none. */
export function indexOrders(source: ShopSource, links: Links): RecordIndex<Order> | null {
  const { name, orderChanges } = source;
  if (!orderChanges) return null;
  const prefixes = [accountTag(name, ''), `${name}:${searchType({ by: 'EMAIL', guestsOnly: true })}:`];
  return links.index<Order>({
    source: name,
    collection: 'orders',
    feed: orderChanges,
    readByIds: source.ordersByIds,
    shape: {
      keyOf: (id) => ({ source: name, type: 'order', id }),
      collection: collectionTag(name, 'orders'),
      isParent: (tag) => prefixes.some((prefix) => tag.startsWith(prefix)),
      placesOf: placesOfOrder,
      toEntry: toOrderEntry,
    },
  });
}

export function toOrderEntry(order: Order): IndexEntry {
  return {
    id: order.source.remoteId,
    parents: parentsOf(order),
    place: shortPlace(placeOfOrder(order)),
    changedAtMs: Date.parse(order.updatedAt ?? order.placedAt),
    record: order,
  };
}

/** The list of an account's orders. */
export function accountTag(source: string, customerId: string): string {
  return childrenTag(source, 'orders', customerId);
}

/** The list of orders that guests placed with one address. */
export function guestTag(source: string, email: string): string {
  return searchTag(source, { by: 'EMAIL', value: email, guestsOnly: true });
}

function parentsOf({ buyer, source: { source } }: Order): string[] {
  if (buyer.type === 'customer') return [accountTag(source, buyer.customerId)];
  return buyer.guest.email === '' ? [] : [guestTag(source, buyer.guest.email)];
}
