import type { SourcePage } from '../shared/connection.ts';
import { createLinkLists } from '../shared/links/link-lists.ts';
import type { RecordIndex } from '../shared/links/record-index.ts';
import { type RecordCache, type RecordKey, recordTag } from '../shared/record-cache.ts';
import { childrenTag, collectionTag } from '../shared/tags.ts';
import type { CallContext } from '../shared/upstream/context.ts';
import type { Order, OrderAftermath, ShopCustomer } from './model.ts';
import { accountTag, guestTag } from './order-index.ts';
import { fitsFilter } from './order-page.ts';
import { placeOfCustomer, placeOfOrder, searchType } from './order-places.ts';
import { pageOfAll, parsePosition, withPositions } from './order-position.ts';
import { NO_FILTER, type OrderQuery, type ShopSource } from './source.ts';

/**
 * A source behind the record cache. Records are kept by id; lists of one account and look-ups keep links to them, so
 * that one changed order is read alone. Filtered lists hold their records. See shared/tags.ts for what invalidates which.
 */
export function createCachedSource(
  source: ShopSource,
  cache: RecordCache,
  index: RecordIndex<Order> | null = null,
): ShopSource {
  const keyOf =
    (type: string) =>
    (id: string): RecordKey => ({ source: source.name, type, id });
  const [orderKey, customerKey] = [keyOf('order'), keyOf('customer')];
  const ordersTag = collectionTag(source.name, 'orders');
  const orderTags = (orders: readonly Order[]) => [
    ordersTag,
    ...orders.map((order) => recordTag(orderKey(order.source.remoteId))),
  ];
  const orderLists = createLinkLists<Order>({
    cache,
    keyOf: orderKey,
    idOf: (order) => order.source.remoteId,
    placeOf: placeOfOrder,
  });
  const customerLists = createLinkLists<ShopCustomer>({
    cache,
    keyOf: customerKey,
    idOf: ({ id }) => id,
    placeOf: placeOfCustomer,
  });
  const ordersByIds = index?.read ?? source.ordersByIds;
  const linkedOrders = (context: CallContext) => orderLists.reading(ordersByIds, context);
  const linkedCustomers = (context: CallContext) => customerLists.reading(source.customersByIds, context);

  /** The look-ups of one kind, the records in each. */
  async function findCustomers(
    type: string,
    ids: readonly string[],
    context: CallContext,
    read: (ids: string[], context: CallContext) => Promise<ShopCustomer[][]>,
  ): Promise<ShopCustomer[][]> {
    const load = async (missing: readonly RecordKey[], call: CallContext) =>
      (await read(idsOf(missing), call)).map(asList);
    const found = await linkedCustomers(context).read({ keys: ids.map(keyOf(type)), load });
    return found.map(({ records }) => [...records]);
  }

  /** All orders of an account, where the index knows them. */
  async function indexedOrders(customerId: string | null, context: CallContext): Promise<Order[] | null> {
    return customerId !== null && index ? index.list(accountTag(source.name, customerId), context) : null;
  }

  /** A list that a change of any order may change. */
  async function readFiltered(query: OrderQuery, context: CallContext): Promise<SourcePage<Order>> {
    const key = keyOf('order-list')(JSON.stringify(query));
    const read = async (call: CallContext) => {
      const since = cache.startFill();
      const page = await source.listOrders(query, call);
      for (const { node } of page.items) cache.prime(orderKey(node.source.remoteId), node, { since });
      return page;
    };
    const tags = ({ items }: SourcePage<Order>) => orderTags(items.map(({ node }) => node));
    const page = await cache.get(key, read, { tags, context });
    return page ?? { items: [], hasNextPage: false };
  }

  /** A list of one account by the time of the order, which does not change: only its links are kept. */
  async function readOfAccount(
    customerId: string,
    query: OrderQuery,
    context: CallContext,
    chunk = query.first,
  ): Promise<SourcePage<Order>> {
    const { orderBy, first, after } = query;
    const load = async (_: unknown, call: CallContext) => {
      const { items, ...more } = await source.listOrders({ ...query, first: chunk }, call);
      return [{ records: items.map(({ node }) => node), more: { ...more, count: items.length } }];
    };
    const key = keyOf('orders-of')(accountListId(customerId, { orderBy, first: chunk, after }));
    const tags = () => [childrenTag(source.name, 'orders', customerId)];
    const [list] = await linkedOrders(context).read({ keys: [key], load, tags, first });
    const { count, hasNextPage, totalCount } = list!.more;
    const start = after === null ? null : parsePosition(after);
    return {
      items: withPositions(list!.records, orderBy.field, start),
      hasNextPage: hasNextPage || count > first,
      totalCount,
    };
  }

  return {
    ...source,
    ordersByIds: (ids, context) =>
      cache.getMany(ids.map(orderKey), (missing, call) => ordersByIds(idsOf(missing), call), { context }),
    ordersByNumbers: async (numbers, context) => {
      const load = async (missing: readonly RecordKey[], call: CallContext) =>
        (await source.ordersByNumbers(idsOf(missing), call)).map(asList);
      const found = await linkedOrders(context).read({ keys: numbers.map(keyOf('order-number')), load });
      return found.map(({ records }) => [...records]);
    },
    listOrders: async (query, context) => {
      const known = await indexedOrders(query.customerId, context);
      if (known)
        return pageOfAll(
          known.filter((order) => fitsFilter(order, query.filter)),
          query,
        );
      if (!isOfAccount(query)) return readFiltered(query, context);
      return readOfAccount(query.customerId, query, context, isNewestFirst(query) ? ACCOUNT_CHUNK : query.first);
    },
    findOrders: async (key, context) => {
      const known =
        key.by === 'EMAIL' && key.guestsOnly ? await index?.list(guestTag(source.name, key.value), context) : null;
      if (known && known.length <= MAX_FOUND) return known;
      const load = async (_: unknown, call: CallContext) => [asList(await source.findOrders(key, call))];
      // Which names a part of a name is in can't be told from the name alone.
      const tags = () => (key.by === 'COMPANY' ? [collectionTag(source.name, 'companies')] : []);
      const keys = [keyOf(searchType(key))(key.value)];
      const [found] = await linkedOrders(context).read({ keys, load, tags });
      return [...found!.records];
    },
    returnHints: async (customerId, context) => {
      const known = (await indexedOrders(customerId, context))?.map(({ returnHints }) => returnHints);
      if (known && !known.includes(null)) return known.flatMap((hints) => hints ?? []);
      // Most accounts have fewer orders than one page, and that page is mostly asked for anyway.
      const chunk = await readOfAccount(customerId, firstOfAccount(customerId), context);
      const hints = chunk.items.map(({ node }) => node.returnHints);
      if (!chunk.hasNextPage && !hints.includes(null)) return hints.flatMap((known) => known ?? []);
      const read = (call: CallContext) => source.returnHints(customerId, call);
      const tags = () => [ordersTag, childrenTag(source.name, 'orders', customerId)];
      return (await cache.get(keyOf('return-hints')(customerId), read, { tags, context })) ?? [];
    },
    aftermath: async (orders, context) => {
      const byKey = new Map(orders.filter((order) => !order.aftermath).map((order) => [aftermathId(order), order]));
      const read = (missing: readonly RecordKey[], call: CallContext) => {
        const wanted = missing.map(({ id }) => byKey.get(id)!);
        return source.aftermath(wanted, call);
      };
      const tags = (_: OrderAftermath, { id }: RecordKey) => [recordTag(orderKey(id.split(' ')[0]!))];
      const found = await cache.getMany([...byKey.keys()].map(keyOf('order-aftermath')), read, { tags, context });
      const byId = new Map([...byKey.keys()].map((id, index) => [id, found[index]]));
      return orders.map((order) => order.aftermath ?? byId.get(aftermathId(order)) ?? { refunds: [], returns: [] });
    },
    statusHistory: async (ids, context) => {
      const read = (missing: readonly RecordKey[], call: CallContext) => source.statusHistory(idsOf(missing), call);
      const tags = (_: unknown, { id }: RecordKey) => [recordTag(orderKey(id))];
      return (await cache.getMany(ids.map(keyOf('order-history')), read, { tags, context })).map(
        (history) => history ?? [],
      );
    },
    customersByIds: (ids, context) =>
      cache.getMany(ids.map(customerKey), (missing, call) => source.customersByIds(idsOf(missing), call), { context }),
    customersByEmails: (emails, context) => findCustomers('customer-email', emails, context, source.customersByEmails),
    customersByPhones: (phones, context) => findCustomers('customer-phone', phones, context, source.customersByPhones),
    listCustomers: async (query, context) => {
      const since = cache.startFill();
      const page = await source.listCustomers(query, context);
      for (const { node } of page.items) cache.prime(customerKey(node.id), node, { since });
      return page;
    },
    productsBySkus: (skus, context) =>
      cache.getMany(skus.map(keyOf('product')), (missing, call) => source.productsBySkus(idsOf(missing), call), {
        context,
      }),
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

/** An address in more orders is nobody's: the shop itself is asked, which refuses the search. */
const MAX_FOUND = 1000;

/** With the refunds that the order names: one that it names later is then not missing from what was read before. */
function aftermathId(order: Order): string {
  return [order.source.remoteId, ...order.refunds.map(({ id }) => id)].join(' ');
}

function firstOfAccount(customerId: string): OrderQuery {
  const orderBy = { field: 'PLACED_AT', direction: 'DESC' } as const;
  return { customerId, filter: NO_FILTER, orderBy, first: ACCOUNT_CHUNK, after: null };
}

function accountListId(customerId: string, { orderBy, first, after }: Pick<OrderQuery, 'orderBy' | 'first' | 'after'>) {
  return JSON.stringify([customerId, orderBy, first, after]);
}

/** Where an account's newest orders are cached. */
export function newestOrdersKey(source: string, customerId: string): RecordKey {
  return { source, type: 'orders-of', id: accountListId(customerId, firstOfAccount(customerId)) };
}

function isOfAccount(query: OrderQuery): query is OrderQuery & { customerId: string } {
  const isFiltered = Object.values(query.filter).some((value) => value !== null);
  return query.customerId !== null && !isFiltered && query.orderBy.field === 'PLACED_AT';
}

function isNewestFirst({ orderBy, after, first }: OrderQuery): boolean {
  return orderBy.direction === 'DESC' && after === null && first <= ACCOUNT_CHUNK;
}

function asList<T>(records: readonly T[]) {
  return { records, more: null };
}

function idsOf(keys: readonly RecordKey[]): string[] {
  return keys.map(({ id }) => id);
}
