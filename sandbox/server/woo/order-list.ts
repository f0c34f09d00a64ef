import type { WooOrder, WooStore } from '../../data/records.ts';
import { type Page, pageParams } from './collection.ts';
import type { OrderSearch } from './order-search.ts';
import type { ParamReader } from './params.ts';

const STATUSES = ['pending', 'processing', 'on-hold', 'completed', 'cancelled', 'refunded', 'failed'] as const;
/** Known to WooCommerce, held by no order here. */
const OTHER_STATUSES = ['any', 'trash', 'auto-draft', 'checkout-draft'] as const;
const ORDER_BY = ['date', 'id', 'include', 'title', 'slug', 'modified'] as const;

export interface OrderListQuery {
  page: Page;
  statuses: readonly string[] | null;
  customer: number | null;
  product: number | null;
  include: readonly number[] | null;
  exclude: readonly number[];
  parents: readonly number[] | null;
  search: string | null;
  createdVia: readonly string[] | null;
  after: number | null;
  before: number | null;
  modifiedAfter: number | null;
  modifiedBefore: number | null;
  orderBy: (typeof ORDER_BY)[number];
  ascending: boolean;
}

export function orderListQuery(params: ParamReader, listOf: (name: string) => string[] | null): OrderListQuery {
  const isGmt = params.flag('dates_are_gmt');
  return {
    page: pageParams(params),
    statuses: params.listOf('status', [...OTHER_STATUSES, ...STATUSES]),
    customer: params.integer('customer'),
    product: params.integer('product'),
    include: params.ids('include'),
    exclude: params.ids('exclude') ?? [],
    parents: params.ids('parent'),
    search: params.text('search'),
    createdVia: listOf('created_via'),
    after: params.instant('after', isGmt),
    before: params.instant('before', isGmt),
    modifiedAfter: params.instant('modified_after', isGmt),
    modifiedBefore: params.instant('modified_before', isGmt),
    orderBy: params.oneOf('orderby', ORDER_BY) ?? 'date',
    ascending: (params.oneOf('order', ['asc', 'desc']) ?? 'desc') === 'asc',
  };
}

/** All orders that fit, sorted; the caller cuts the page. */
export function listOrders(store: WooStore, search: OrderSearch, query: OrderListQuery): WooOrder[] {
  // No order here has a parent: only refunds and subscriptions do.
  if (query.parents !== null && !query.parents.includes(0)) return [];
  const found = candidates(store, search, query).filter((order) => fits(order, query));
  return sortOrders(found, query);
}

function candidates(store: WooStore, search: OrderSearch, query: OrderListQuery): WooOrder[] {
  const ids = candidateIds(store, search, query);
  if (ids === null) return [...store.orders.values()];
  return [...new Set(ids)].flatMap((id) => store.orders.get(id) ?? []);
}

/** The narrowest list at hand; null = every order. */
function candidateIds(store: WooStore, search: OrderSearch, query: OrderListQuery): readonly number[] | null {
  const { include, search: text, customer } = query;
  const lists = [
    include !== null && include.length > 0 ? include : null,
    text !== null && text !== '' ? search.find(text) : null,
    customer !== null && customer !== 0 ? (store.ordersByCustomer.get(customer) ?? []) : null,
  ].filter((list) => list !== null);
  const [first, ...others] = lists.sort((a, b) => a.length - b.length);
  if (first === undefined) return null;
  const sets = others.map((list) => new Set(list));
  return first.filter((id) => sets.every((set) => set.has(id)));
}

function fits(order: WooOrder, query: OrderListQuery): boolean {
  const { statuses, customer, product, exclude, createdVia } = query;
  return (
    (statuses === null || statuses.length === 0 || statuses.includes('any') || statuses.includes(order.status)) &&
    (customer === null || order.customerId === customer) &&
    (product === null || order.lines.some((line) => line.productId === product)) &&
    !exclude.includes(order.id) &&
    (createdVia === null || createdVia.includes(order.createdVia)) &&
    isBetween(order.createdAt, query.after, query.before) &&
    isBetween(order.modifiedAt, query.modifiedAfter, query.modifiedBefore)
  );
}

/** WordPress keeps whole seconds and leaves both ends out. */
function isBetween(instantMs: number, after: number | null, before: number | null): boolean {
  const second = Math.floor(instantMs / 1000) * 1000;
  return (after === null || second > after) && (before === null || second < before);
}

function sortOrders(orders: WooOrder[], { orderBy, ascending, include }: OrderListQuery): WooOrder[] {
  if (orderBy === 'include' && include !== null) {
    const position = new Map(include.map((id, index) => [id, index]));
    return orders.sort((a, b) => (position.get(a.id) ?? 0) - (position.get(b.id) ?? 0));
  }
  const key = orderBy === 'date' ? 'createdAt' : orderBy === 'modified' ? 'modifiedAt' : 'id';
  const direction = ascending ? 1 : -1;
  return orders.sort((a, b) => (a[key] - b[key] || a.id - b.id) * direction);
}
