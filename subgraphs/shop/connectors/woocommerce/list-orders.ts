import { UpstreamError } from '../../../../common/errors.ts';
import type { SourcePage } from '../../../shared/connection.ts';
import type { CallContext } from '../../../shared/upstream/context.ts';
import type { Order } from '../../model.ts';
import type { VendorPage } from '../../offset-list.ts';
import { readOrderPage, toInstantBounds } from '../../order-page.ts';
import { type OrderPosition, parsePosition } from '../../order-position.ts';
import type { OrderQuery } from '../../source.ts';
import { PAGE_SIZE, type WooApi } from './api.ts';
import { toGmt } from './dates.ts';
import { VENDOR } from './mapping-context.ts';
import { ORDER_FIELDS, type OrderPayload, orderPayload } from './payloads.ts';
import type { Statuses, VendorFilter } from './statuses.ts';

export interface ListOrdersDeps {
  api: WooApi;
  source: string;
  statuses: Statuses;
  toOrder(payload: OrderPayload): Order;
}

/** One page of orders, of the shop or of one account. */
export async function listOrders(
  deps: ListOrdersDeps,
  query: OrderQuery,
  context: CallContext,
): Promise<SourcePage<Order>> {
  const start = query.after === null ? null : parsePosition(query.after);
  const vendorFilter = deps.statuses.toVendorFilter(query.filter);
  if (vendorFilter.statuses?.length === 0) return { items: [], hasNextPage: false, totalCount: start?.count ?? 0 };
  const params = toParams(query, vendorFilter, start);
  const operation = query.customerId === null ? 'orders.list' : 'orders.of_customer';
  return readOrderPage({
    source: deps.source,
    vendor: VENDOR,
    query,
    start,
    isExact: vendorFilter.isExact,
    pageSize: PAGE_SIZE,
    read: async (page, perPage) => {
      const paging = { ...params, page, per_page: perPage };
      const answer = await deps.api.list({ operation, path: 'orders', item: orderPayload, params: paging }, context);
      return toCheckedOrders(deps, query, answer);
    },
  });
}

/** An order of somebody else would mean that a plugin or proxy dropped the filter: that must not be shown as theirs. */
function toCheckedOrders(
  { source, toOrder }: ListOrdersDeps,
  { customerId }: OrderQuery,
  page: VendorPage<OrderPayload>,
): VendorPage<Order> {
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

/** WordPress keeps whole seconds. */
const TICK_MS = 1000;

function toParams(query: OrderQuery, { statuses }: VendorFilter, start: OrderPosition | null) {
  const { orderBy, customerId } = query;
  const bounds = toInstantBounds(query, start, TICK_MS);
  // `after` leaves its instant out, and so does `before`.
  const after = (fromMs: number | null) => (fromMs === null ? undefined : toGmt(fromMs - TICK_MS));
  const before = (beforeMs: number | null) => (beforeMs === null ? undefined : toGmt(beforeMs));
  return {
    customer: customerId ?? undefined,
    status: statuses?.join(','),
    orderby: orderBy.field === 'PLACED_AT' ? 'date' : 'modified',
    order: orderBy.direction.toLowerCase(),
    after: after(bounds.placedFrom),
    before: before(bounds.placedBefore),
    modified_after: after(bounds.updatedFrom),
    modified_before: before(bounds.updatedBefore),
    dates_are_gmt: 'true',
    exclude: start?.seen.join(',') || undefined,
    _fields: ORDER_FIELDS,
  };
}
