import type { SourcePage } from '../shared/connection.ts';
import { type RecordCache, type RecordKey, recordTag } from '../shared/record-cache.ts';
import type { CallContext } from '../shared/upstream/context.ts';
import type { Order, OrderAftermath, ShopCustomer } from './model.ts';
import { NO_FILTER, type OrderQuery, type ShopSource } from './source.ts';

/**
 * A source behind the record cache. Records are kept by id, lists by what was asked; a list also keeps the records that
 * came with it, so that nobody reads them again.
 */
export function createCachedSource(source: ShopSource, cache: RecordCache): ShopSource {
  const keyOf =
    (type: string) =>
    (id: string): RecordKey => ({ source: source.name, type, id });
  const [orderKey, customerKey] = [keyOf('order'), keyOf('customer')];
  const ordersTag = `${source.name}:orders`;
  const orderTags = (orders: readonly Order[]) => [
    ordersTag,
    ...orders.map((order) => recordTag(orderKey(order.source.remoteId))),
  ];

  /** Keeps each of the records under its own key too. */
  const keepingOrders = async <T>(read: () => Promise<T>, ordersOf: (value: T) => readonly Order[]): Promise<T> => {
    const since = cache.startFill();
    const value = await read();
    for (const order of ordersOf(value)) cache.prime(orderKey(order.source.remoteId), order, { since });
    return value;
  };
  const keepingCustomers = async <T>(
    read: () => Promise<T>,
    customersOf: (value: T) => readonly ShopCustomer[],
  ): Promise<T> => {
    const since = cache.startFill();
    const value = await read();
    for (const customer of customersOf(value)) cache.prime(customerKey(customer.id), customer, { since });
    return value;
  };

  async function customerLists(
    type: string,
    ids: readonly string[],
    read: (ids: string[]) => Promise<ShopCustomer[][]>,
  ): Promise<ShopCustomer[][]> {
    const found = await cache.getMany<ShopCustomer[]>(
      ids.map(keyOf(type)),
      (missing) =>
        keepingCustomers(
          () => read(idsOf(missing)),
          (lists) => lists.flat(),
        ),
      { tags: (customers) => customers.map(({ id }) => recordTag(customerKey(id))) },
    );
    return found.map((customers) => customers ?? []);
  }

  async function list(query: OrderQuery, context: CallContext): Promise<SourcePage<Order>> {
    const key = keyOf('order-list')(JSON.stringify(query));
    const read = () =>
      keepingOrders(
        () => source.listOrders(query, context),
        (page) => page.items.map(({ node }) => node),
      );
    const page = await cache.get(key, read, { tags: ({ items }) => orderTags(items.map(({ node }) => node)) });
    return page ?? { items: [], hasNextPage: false };
  }

  return {
    ...source,
    ordersByIds: (ids, context) =>
      cache.getMany(ids.map(orderKey), (missing) => source.ordersByIds(idsOf(missing), context)),
    ordersByNumbers: async (numbers, context) => {
      const found = await cache.getMany<Order[]>(
        numbers.map(keyOf('order-number')),
        (missing) =>
          keepingOrders(
            () => source.ordersByNumbers(idsOf(missing), context),
            (lists) => lists.flat(),
          ),
        { tags: orderTags },
      );
      return found.map((orders) => orders ?? []);
    },
    listOrders: async (query, context) =>
      isFirstOfAccount(query)
        ? cut(await list({ ...query, first: ACCOUNT_CHUNK }, context), query.first)
        : list(query, context),
    findOrders: async (key, context) => {
      const read = () =>
        keepingOrders(
          () => source.findOrders(key, context),
          (orders) => orders,
        );
      return (await cache.get(keyOf('order-search')(JSON.stringify(key)), read, { tags: orderTags })) ?? [];
    },
    returnHints: async (customerId, context) => {
      // Most accounts have fewer orders than one page, and that page is mostly asked for anyway.
      const chunk = await list(firstOfAccount(customerId), context);
      const hints = chunk.items.map(({ node }) => node.returnHints);
      if (!chunk.hasNextPage && !hints.includes(null)) return hints.flatMap((known) => known ?? []);
      const read = () => source.returnHints(customerId, context);
      return (await cache.get(keyOf('return-hints')(customerId), read, { tags: () => [ordersTag] })) ?? [];
    },
    aftermath: async (orders, context) => {
      const byKey = new Map(orders.filter((order) => !order.aftermath).map((order) => [aftermathId(order), order]));
      const read = (missing: readonly RecordKey[]) => {
        const wanted = missing.map(({ id }) => byKey.get(id)!);
        return source.aftermath(wanted, context);
      };
      const tags = ({ refunds }: OrderAftermath) => refunds.slice(0, 1).map(({ orderId }) => orderId);
      const found = await cache.getMany([...byKey.keys()].map(keyOf('order-aftermath')), read, { tags });
      const byId = new Map([...byKey.keys()].map((id, index) => [id, found[index]]));
      return orders.map((order) => order.aftermath ?? byId.get(aftermathId(order)) ?? { refunds: [], returns: [] });
    },
    statusHistory: async (ids, context) => {
      const read = (missing: readonly RecordKey[]) => source.statusHistory(idsOf(missing), context);
      return (await cache.getMany(ids.map(keyOf('order-history')), read)).map((history) => history ?? []);
    },
    customersByIds: (ids, context) =>
      cache.getMany(ids.map(customerKey), (missing) => source.customersByIds(idsOf(missing), context)),
    customersByEmails: (emails, context) =>
      customerLists('customer-email', emails, (missing) => source.customersByEmails(missing, context)),
    customersByPhones: (phones, context) =>
      customerLists('customer-phone', phones, (missing) => source.customersByPhones(missing, context)),
    listCustomers: (query, context) =>
      keepingCustomers(
        () => source.listCustomers(query, context),
        ({ items }) => items.map(({ node }) => node),
      ),
    productsBySkus: (skus, context) =>
      cache.getMany(skus.map(keyOf('product')), (missing) => source.productsBySkus(idsOf(missing), context)),
    listProducts: async (query, context) => {
      const since = cache.startFill();
      const page = await source.listProducts(query, context);
      for (const { node } of page.items) cache.prime(keyOf('product')(node.sku), node, { since });
      return page;
    },
  };
}

/**
 * An account's first orders are read a hundred at once, however few are asked for: `orders` and `returns` of one
 * customer, whose needs differ, then share one call.
 */
const ACCOUNT_CHUNK = 100;

/** With the refunds that the order names: one that it names later is then not missing from what was read before. */
function aftermathId(order: Order): string {
  return [order.source.remoteId, ...order.refunds.map(({ id }) => id)].join(' ');
}

function firstOfAccount(customerId: string): OrderQuery {
  const orderBy = { field: 'PLACED_AT', direction: 'DESC' } as const;
  return { customerId, filter: NO_FILTER, orderBy, first: ACCOUNT_CHUNK, after: null };
}

function isFirstOfAccount({ customerId, filter, orderBy, after }: OrderQuery): boolean {
  const isFiltered = Object.values(filter).some((value) => value !== null);
  const isNewestFirst = orderBy.field === 'PLACED_AT' && orderBy.direction === 'DESC';
  return customerId !== null && !isFiltered && isNewestFirst && after === null;
}

function cut(page: SourcePage<Order>, first: number): SourcePage<Order> {
  return { ...page, items: page.items.slice(0, first), hasNextPage: page.hasNextPage || page.items.length > first };
}

function idsOf(keys: readonly RecordKey[]): string[] {
  return keys.map(({ id }) => id);
}
