import { CodedError } from '../../common/errors.ts';
import type { SourcePage } from '../shared/connection.ts';
import type { Order } from './model.ts';
import type { VendorPage } from './offset-list.ts';
import { isBehind, type OrderPosition, withPositions } from './order-position.ts';
import type { OrderFilter, OrderQuery } from './source.ts';

/** How many pages are looked through for orders that fit a filter the vendor does not have. */
const MAX_SCANNED_PAGES = 10;

interface OrderPageOptions {
  source: string;
  vendor: string;
  query: OrderQuery;
  start: OrderPosition | null;
  /** Whether the vendor's own filter leaves only orders that fit. If not, it must at least leave all of these. */
  isExact: boolean;
  /** The most orders that the vendor gives, or ought to be asked for, at once. */
  pageSize: number;
  /** Orders from the position on, which may repeat orders before it. */
  read(page: number, perPage: number): Promise<VendorPage<Order>>;
}

/** A page of orders: one call, unless the filter is not the vendor's own and each order has to be checked. */
export function readOrderPage(options: OrderPageOptions): Promise<SourcePage<Order>> {
  return options.isExact ? readPage(options) : scanPages(options);
}

async function readPage({ query, start, read }: OrderPageOptions): Promise<SourcePage<Order>> {
  const { items, total } = await read(1, query.first);
  return {
    items: withPositions(behind(items, start, query), query.orderBy.field, start),
    hasNextPage: total === null ? items.length === query.first : total > items.length,
    totalCount: total === null ? null : total + (start?.count ?? 0),
  };
}

async function scanPages(options: OrderPageOptions): Promise<SourcePage<Order>> {
  const { query, start, pageSize, read } = options;
  const found: Order[] = [];
  for (let page = 1; page <= MAX_SCANNED_PAGES; page += 1) {
    const { items } = await read(page, pageSize);
    found.push(...behind(items, start, query).filter((order) => fitsFilter(order, query.filter)));
    const isLast = items.length < pageSize;
    if (found.length <= query.first && !isLast) continue;
    return {
      items: withPositions(found.slice(0, query.first), query.orderBy.field, start),
      hasNextPage: found.length > query.first,
      totalCount: isLast ? found.length + (start?.count ?? 0) : null,
    };
  }
  throw notSupported(options);
}

function notSupported({ source, vendor, query, pageSize }: OrderPageOptions): CodedError {
  const { status, financialStatus } = query.filter;
  const filter = [status ? 'status' : '', financialStatus ? 'financialStatus' : ''].filter(Boolean).join(', ');
  const message =
    `${source} (${vendor}): the vendor can't filter so by ${filter}; ` +
    `${MAX_SCANNED_PAGES * pageSize} orders were checked and more are left. Narrow it down by "placed".`;
  return new CodedError('FILTER_NOT_SUPPORTED', message, { details: { source, vendor, filter } });
}

function behind(orders: readonly Order[], start: OrderPosition | null, { orderBy }: OrderQuery): Order[] {
  return start ? orders.filter((order) => isBehind(order, start, orderBy)) : [...orders];
}

export function fitsFilter(order: Order, filter: OrderFilter): boolean {
  const { status, financialStatus, placedFrom, placedBefore } = filter;
  return (
    (status === null || status.includes(order.status)) &&
    (financialStatus === null || financialStatus.includes(order.financialStatus)) &&
    (placedFrom === null || order.placedAt >= placedFrom) &&
    (placedBefore === null || order.placedAt < placedBefore)
  );
}

/** The instants between which the vendor should look: what the filter and the position leave of time. Epoch ms. */
export interface InstantBounds {
  /** Included. */
  placedFrom: number | null;
  /** Not included. */
  placedBefore: number | null;
  updatedFrom: number | null;
  updatedBefore: number | null;
}

/** `tickMs`: how finely the vendor keeps time; the position's own instant belongs to the list. */
export function toInstantBounds(query: OrderQuery, start: OrderPosition | null, tickMs: number): InstantBounds {
  const { filter, orderBy } = query;
  const at = start ? Date.parse(start.at) : null;
  const from = orderBy.direction === 'ASC' ? at : null;
  const before = orderBy.direction === 'DESC' && at !== null ? at + tickMs : null;
  const placedFrom = filter.placedFrom === null ? null : Date.parse(filter.placedFrom);
  const placedBefore = filter.placedBefore === null ? null : Date.parse(filter.placedBefore);
  if (orderBy.field === 'UPDATED_AT') return { placedFrom, placedBefore, updatedFrom: from, updatedBefore: before };
  const latest = pick(Math.max, placedFrom, from);
  return {
    placedFrom: latest,
    placedBefore: pick(Math.min, placedBefore, before),
    updatedFrom: null,
    updatedBefore: null,
  };
}

function pick(best: (...values: number[]) => number, left: number | null, right: number | null): number | null {
  if (left === null || right === null) return left ?? right;
  return best(left, right);
}
