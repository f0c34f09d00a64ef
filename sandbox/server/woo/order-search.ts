import type { WooAddress, WooOrder, WooStore } from '../../data/records.ts';

/** Full text over orders, as the orders table's search does it: a LIKE over addresses, plus numbers. */
export interface OrderSearch {
  /** Ids of the orders in which the text stands, in no order. */
  find(text: string): number[];
  /** After an order's address was replaced. */
  moved(order: WooOrder, before: WooAddress): void;
}

interface AddressEntry {
  /** All that the address index holds, in lower case. */
  text: string;
  orders: Set<number>;
}

/** Orders share their address records, so there are far fewer texts to look through than orders. */
export function createOrderSearch(store: WooStore): OrderSearch {
  let entries: Map<WooAddress, AddressEntry> | null = null;
  const index = () => {
    entries ??= buildIndex(store);
    return entries;
  };
  return {
    find: (text) => {
      const asked = text.trim().toLowerCase();
      const found = new Set<number>();
      for (const entry of index().values()) {
        if (entry.text.includes(asked)) for (const id of entry.orders) found.add(id);
      }
      for (const id of byNumber(store, asked)) found.add(id);
      return [...found];
    },
    moved: (order, before) => {
      index().get(before)?.orders.delete(order.id);
      put(index(), order.billing, order.id);
      put(index(), order.shipping, order.id);
    },
  };
}

function buildIndex(store: WooStore): Map<WooAddress, AddressEntry> {
  const entries = new Map<WooAddress, AddressEntry>();
  for (const order of store.orders.values()) {
    put(entries, order.billing, order.id);
    if (order.shipping !== order.billing) put(entries, order.shipping, order.id);
  }
  return entries;
}

function put(entries: Map<WooAddress, AddressEntry>, address: WooAddress, orderId: number): void {
  const known = entries.get(address);
  if (known === undefined) entries.set(address, { text: addressText(address), orders: new Set([orderId]) });
  else known.orders.add(orderId);
}

function addressText(address: WooAddress): string {
  const { firstName, lastName, company, street, city, postcode, country, email, phone } = address;
  return [firstName, lastName, company, street, city, postcode, country, email, phone].join(' ').toLowerCase();
}

/** The id exactly; the number as the sequential-numbers plugin's meta, also in the middle of it. */
function byNumber(store: WooStore, asked: string): number[] {
  const found = /^\d{1,15}$/.test(asked) && store.orders.has(Number(asked)) ? [Number(asked)] : [];
  // No order number has an @ in it, and e-mails are what is searched most.
  if (!/\d/.test(asked) || asked.includes('@')) return found;
  for (const [number, id] of store.orderByNumber) if (number.toLowerCase().includes(asked)) found.push(id);
  return found;
}
