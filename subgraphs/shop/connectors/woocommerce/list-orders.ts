import { CodedError, UpstreamError } from '../../../../common/errors.ts';
import type { SourcePage } from '../../../shared/connection.ts';
import type { CallContext } from '../../../shared/upstream-client.ts';
import type { Order } from '../../model.ts';
import { isBehind, type OrderPosition, parsePosition, withPositions } from '../../order-position.ts';
import type { OrderFilter, OrderQuery } from '../../source.ts';
import { type Page, PAGE_SIZE, type WooApi } from './api.ts';
import { toGmt } from './dates.ts';
import { VENDOR } from './mapping-context.ts';
import { ORDER_FIELDS, type OrderPayload, orderPayload } from './payloads.ts';
import type { Statuses, VendorFilter } from './statuses.ts';

/** How many pages are looked through for orders that fit a filter WooCommerce does not have. */
const MAX_SCANNED_PAGES = 10;

export interface ListOrdersDeps {
  api: WooApi;
  source: string;
  statuses: Statuses;
  toOrder(payload: OrderPayload): Order;
}

/** One page of orders: one call, unless the filter is not WooCommerce's own and each order has to be checked. */
export async function listOrders(
  deps: ListOrdersDeps,
  query: OrderQuery,
  context: CallContext,
): Promise<SourcePage<Order>> {
  const start = query.after === null ? null : parsePosition(query.after);
  const vendorFilter = deps.statuses.toVendorFilter(query.filter);
  if (vendorFilter.statuses?.length === 0) return { items: [], hasNextPage: false, totalCount: start?.count ?? 0 };
  const params = toParams(query, vendorFilter, start);
  const read = async (page: number, perPage: number) => {
    const operation = query.customerId === null ? 'orders.list' : 'orders.of_customer';
    const call = {
      operation,
      path: 'orders' as const,
      item: orderPayload,
      params: { ...params, page, per_page: perPage },
    };
    return toCheckedOrders(deps, query, await deps.api.list(call, context));
  };
  return vendorFilter.isExact ? readPage(query, start, read) : scanPages(deps, query, start, read);
}

type Read = (page: number, perPage: number) => Promise<Page<Order>>;

async function readPage(query: OrderQuery, start: OrderPosition | null, read: Read): Promise<SourcePage<Order>> {
  const { items, total } = await read(1, query.first);
  const orders = behind(items, start, query);
  return {
    items: withPositions(orders, query.orderBy.field, start),
    hasNextPage: total === null ? items.length === query.first : total > items.length,
    totalCount: total === null ? null : total + (start?.count ?? 0),
  };
}

async function scanPages(
  { source }: ListOrdersDeps,
  query: OrderQuery,
  start: OrderPosition | null,
  read: Read,
): Promise<SourcePage<Order>> {
  const found: Order[] = [];
  for (let page = 1; page <= MAX_SCANNED_PAGES; page += 1) {
    const { items } = await read(page, PAGE_SIZE);
    found.push(...behind(items, start, query).filter((order) => fits(order, query.filter)));
    const isLast = items.length < PAGE_SIZE;
    if (found.length <= query.first && !isLast) continue;
    return {
      items: withPositions(found.slice(0, query.first), query.orderBy.field, start),
      hasNextPage: found.length > query.first,
      totalCount: isLast ? found.length + (start?.count ?? 0) : null,
    };
  }
  throw new CodedError(
    'FILTER_NOT_SUPPORTED',
    `${source} (${VENDOR}): WooCommerce has no filter ${unsupportedFilters(query.filter)}; ` +
      `${MAX_SCANNED_PAGES * PAGE_SIZE} orders were checked and more are left. Narrow it down by "placed".`,
    { details: { source, vendor: VENDOR, filter: unsupportedFilters(query.filter) } },
  );
}

function unsupportedFilters({ status, financialStatus }: OrderFilter): string {
  return [status ? 'status' : '', financialStatus ? 'financialStatus' : ''].filter(Boolean).join(', ');
}

/** An order of somebody else would mean that a plugin or proxy dropped the filter: that must not be shown as theirs. */
function toCheckedOrders(
  { source, toOrder }: ListOrdersDeps,
  query: OrderQuery,
  page: Page<OrderPayload>,
): Page<Order> {
  const { customerId } = query;
  if (customerId !== null && page.items.some(({ customer_id }) => String(customer_id) !== customerId)) {
    throw new UpstreamError({
      code: 'UPSTREAM_BAD_RESPONSE',
      message: `${source} (${VENDOR}): orders.of_customer: the filter by customer was not applied`,
      source,
      vendor: VENDOR,
      operation: 'orders.of_customer',
    });
  }
  return { ...page, items: page.items.map(toOrder) };
}

function behind(orders: readonly Order[], start: OrderPosition | null, { orderBy }: OrderQuery): Order[] {
  return start ? orders.filter((order) => isBehind(order, start, orderBy)) : [...orders];
}

function fits(order: Order, { status, financialStatus }: OrderFilter): boolean {
  return (
    (status === null || status.includes(order.status)) &&
    (financialStatus === null || financialStatus.includes(order.financialStatus))
  );
}

const SECOND_MS = 1000;

/** `after` and `before` leave their instant out, so the bounds move by one second where it belongs to the list. */
function toParams(query: OrderQuery, { statuses }: VendorFilter, start: OrderPosition | null) {
  const { filter, orderBy, customerId } = query;
  const isByDate = orderBy.field === 'PLACED_AT';
  const startMs = start ? Date.parse(start.at) : null;
  const [upTo, from] = orderBy.direction === 'DESC' ? [startMs, null] : [null, startMs];
  const placedFromMs = filter.placedFrom === null ? null : Date.parse(filter.placedFrom);
  const placedBeforeMs = filter.placedBefore === null ? null : Date.parse(filter.placedBefore);
  const lower = (value: number | null) => (value === null ? undefined : toGmt(value - SECOND_MS));
  const upper = (value: number | null) => (value === null ? undefined : toGmt(value));
  const behindUpTo = upTo === null ? null : upTo + SECOND_MS;
  return {
    customer: customerId ?? undefined,
    status: statuses?.join(','),
    orderby: isByDate ? 'date' : 'modified',
    order: orderBy.direction.toLowerCase(),
    after: lower(isByDate ? latest(placedFromMs, from) : placedFromMs),
    before: upper(isByDate ? earliest(placedBeforeMs, behindUpTo) : placedBeforeMs),
    modified_after: isByDate ? undefined : lower(from),
    modified_before: isByDate ? undefined : upper(behindUpTo),
    dates_are_gmt: 'true',
    exclude: start?.seen.join(',') || undefined,
    _fields: ORDER_FIELDS,
  };
}

function latest(...values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null);
  return known.length > 0 ? Math.max(...known) : null;
}

function earliest(...values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null);
  return known.length > 0 ? Math.min(...known) : null;
}
