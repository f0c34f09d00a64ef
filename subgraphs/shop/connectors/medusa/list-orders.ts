import { UpstreamError } from '../../../../common/errors.ts';
import type { SourcePage } from '../../../shared/connection.ts';
import type { CallContext } from '../../../shared/upstream/context.ts';
import type { Order } from '../../model.ts';
import type { VendorPage } from '../../offset-list.ts';
import { readOrderPage, toInstantBounds } from '../../order-page.ts';
import { type OrderPosition, parsePosition } from '../../order-position.ts';
import type { OrderQuery } from '../../source.ts';
import { listParam, type MedusaApi, PAGE_SIZE, pageParams, type Query } from './api.ts';
import { VENDOR } from './mapping-context.ts';
import { ORDER_FIELDS, type OrderPayload, orderPayload } from './payloads.ts';
import { toVendorFilter, type VendorFilter } from './statuses.ts';

export interface ListOrdersDeps {
  api: MedusaApi;
  source: string;
  toOrder(payload: OrderPayload): Order;
}

/** One page of orders, of the shop or of one account. */
export async function listOrders(
  deps: ListOrdersDeps,
  query: OrderQuery,
  context: CallContext,
): Promise<SourcePage<Order>> {
  const start = query.after === null ? null : parsePosition(query.after);
  const vendorFilter = toVendorFilter(query.filter);
  if (vendorFilter.statuses?.length === 0) return { items: [], hasNextPage: false, totalCount: start?.count ?? 0 };
  const asked = toQuery(query, vendorFilter, start);
  const operation = query.customerId === null ? 'orders.list' : 'orders.of_customer';
  const call = { operation, path: 'orders' as const, item: orderPayload };
  return readOrderPage({
    source: deps.source,
    vendor: VENDOR,
    query,
    start,
    isExact: vendorFilter.isExact,
    pageSize: PAGE_SIZE,
    read: async (page, perPage) => {
      const answer = await deps.api.list({ ...call, query: [...asked, ...pageParams(page, perPage)] }, context);
      checkFilters(deps.source, operation, query, vendorFilter, answer);
      return { ...answer, items: answer.items.map(deps.toOrder) };
    },
  });
}

/** Medusa drops filters of orders that it does not know: orders that do not fit would be shown as somebody's own. */
function checkFilters(
  source: string,
  operation: string,
  { customerId }: OrderQuery,
  { statuses }: VendorFilter,
  { items }: VendorPage<OrderPayload>,
): void {
  const fits = ({ customer_id, status }: OrderPayload) =>
    (customerId === null || customer_id === customerId) && (statuses === null || statuses.includes(status));
  if (items.every(fits)) return;
  throw new UpstreamError({
    code: 'UPSTREAM_BAD_RESPONSE',
    message: `${source} (${VENDOR}): ${operation}: a filter was not applied`,
    source,
    vendor: VENDOR,
    operation,
  });
}

/** Answers show milliseconds; the database keeps a thousand instants in each. */
const TICK_MS = 1;

function toQuery(
  { filter, orderBy, customerId, ...rest }: OrderQuery,
  { statuses }: VendorFilter,
  start: OrderPosition | null,
): Query {
  const bounds = toInstantBounds({ filter, orderBy, customerId, ...rest }, start, TICK_MS);
  const field = orderBy.field === 'PLACED_AT' ? 'created_at' : 'updated_at';
  return [
    ...listParam('customer_id', customerId === null ? [] : [customerId]),
    ...listParam('status', statuses ?? []),
    ['created_at[$gte]', instant(bounds.placedFrom)],
    ['created_at[$lt]', instant(bounds.placedBefore)],
    ['updated_at[$gte]', instant(bounds.updatedFrom)],
    ['updated_at[$lt]', instant(bounds.updatedBefore)],
    ...listParam('id[$nin]', start?.seen ?? []),
    ['order', orderBy.direction === 'ASC' ? field : `-${field}`],
    ['fields', ORDER_FIELDS],
  ];
}

/** Medusa answers 500 to what is no date. */
function instant(ms: number | null): string | undefined {
  return ms === null ? undefined : new Date(ms).toISOString();
}
