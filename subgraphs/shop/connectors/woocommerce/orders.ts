import { Big, money, parseDecimal } from '../../../shared/money.ts';
import { formatReference } from '../../../shared/reference.ts';
import type { CallContext } from '../../../shared/upstream/context.ts';
import { readAllPages } from '../../all-pages.ts';
import { chunksOf } from '../../batches.ts';
import type { Order, OrderAftermath, Refund, Return, ReturnHint } from '../../model.ts';
import type { ShopSource } from '../../source.ts';
import { toAmount } from './amounts.ts';
import { PAGE_SIZE, type WooApi } from './api.ts';
import type { FullWoocommerceConfig } from './config.ts';
import { fromGmt } from './dates.ts';
import { isId } from './ids.ts';
import { toOrder, toReturnHint } from './mapping.ts';
import { type MappingContext, VENDOR } from './mapping-context.ts';
import { toStatusHistory } from './order-notes.ts';
import {
  ORDER_FIELDS,
  ORDER_REFUNDS_FIELDS,
  orderPayload,
  orderRefundsPayload,
  type RefundPayload,
} from './payloads.ts';
import { findByNumber } from './search-orders.ts';
import type { Statuses } from './statuses.ts';

/** Pages that a scan for returns reads at most: 10,000 orders of one account. */
const MAX_SCANNED_PAGES = 100;

export interface OrderReadsDeps {
  api: WooApi;
  config: FullWoocommerceConfig;
  statuses: Statuses;
  mapping(): MappingContext;
}

type OrderReads = Pick<ShopSource, 'ordersByIds' | 'ordersByNumbers' | 'returnHints' | 'aftermath' | 'statusHistory'>;

export function createOrderReads({ api, config, statuses, mapping }: OrderReadsDeps): OrderReads {
  /** By id, in batches of a hundred. */
  async function readOrders(ids: readonly string[], context: CallContext): Promise<Map<string, Order>> {
    const pages = await Promise.all(
      chunksOf(ids.filter(isId), PAGE_SIZE).map((chunk) => {
        const params = { include: chunk.join(','), per_page: PAGE_SIZE, _fields: ORDER_FIELDS };
        return api.list({ operation: 'orders.by_ids', path: 'orders', item: orderPayload, params }, context);
      }),
    );
    const orders = pages.flatMap(({ items }) => items).map((payload) => toOrder(payload, mapping()));
    return new Map(orders.map((order) => [order.source.remoteId, order]));
  }

  async function readByNumber(number: string, context: CallContext): Promise<Order[]> {
    const payloads = await findByNumber({ api, source: config.name }, number, context);
    return payloads.map((payload) => toOrder(payload, mapping()));
  }

  return {
    ordersByIds: async (ids, context) => {
      const found = await readOrders(ids, context);
      return ids.map((id) => found.get(id) ?? null);
    },

    /** Mostly the number is the id, so one batch answers many; what it does not answer is searched, one call each. */
    ordersByNumbers: async (numbers, context) => {
      const byId = await readOrders(numbers, context);
      return Promise.all(
        numbers.map(async (number) => {
          const order = byId.get(number);
          return order?.number === number ? [order] : readByNumber(number, context);
        }),
      );
    },

    returnHints: async (customerId, context) => {
      if (!isId(customerId)) return [];
      const params = { customer: customerId, orderby: 'id', order: 'desc', _fields: ORDER_REFUNDS_FIELDS };
      const call = { operation: 'orders.scan_refunds', path: 'orders' as const, item: orderRefundsPayload };
      const orders = await readAllPages({
        source: config.name,
        vendor: VENDOR,
        filter: 'returns',
        pageSize: PAGE_SIZE,
        maxPages: MAX_SCANNED_PAGES,
        read: (page) => api.list({ ...call, params: { ...params, per_page: PAGE_SIZE, page } }, context),
      });
      return orders
        .filter(({ customer_id }) => String(customer_id) === customerId)
        .flatMap(({ id, refunds }): ReturnHint[] => refunds.map((refund) => toReturnHint(config.name, id, refund.id)));
    },

    /** One call an order that has refunds, none for the others: WooCommerce lists refunds of one order or of all. */
    aftermath: (orders, context) =>
      Promise.all(
        orders.map(async (order): Promise<OrderAftermath> => {
          if (order.aftermath) return order.aftermath;
          const payloads = await api.refunds(Number(order.source.remoteId), context);
          return toAftermath(order, payloads, mapping());
        }),
      ),

    statusHistory: (orderIds, context) =>
      Promise.all(
        orderIds.map(async (id) =>
          isId(id) ? toStatusHistory(await api.notes(Number(id), context), statuses.toStatus) : [],
        ),
      ),
  };
}

function toAftermath(order: Order, payloads: readonly RefundPayload[], { fetchedAt }: MappingContext): OrderAftermath {
  const newestFirst = [...payloads].sort((left, right) => right.id - left.id);
  return {
    refunds: newestFirst.map((payload) => toRefund(order, payload)),
    returns: newestFirst.flatMap((payload) => toReturn(order, payload, fetchedAt) ?? []),
  };
}

function toRefund(order: Order, { id, amount, reason, date_created_gmt }: RefundPayload): Refund {
  return {
    id: String(id),
    orderId: order.id,
    amount: money(new Big(toAmount(amount)).abs(), order.currency),
    reason: reason || null,
    createdAt: fromGmt(date_created_gmt),
  };
}

/** WooCommerce has no returns. A refund that takes back goods, and not money alone, is the trace that one leaves. */
function toReturn(order: Order, payload: RefundPayload, fetchedAt: string): Return | null {
  const lines = payload.line_items
    .map(({ sku, name, quantity }) => ({
      sku: sku || null,
      name: name || null,
      quantity: new Big(parseDecimal(quantity)).abs(),
    }))
    .filter(({ quantity }) => !quantity.eq('0'));
  if (lines.length === 0) return null;
  const { source, vendor, remoteId, url } = order.source;
  const id = `${remoteId}-${payload.id}`;
  const createdAt = fromGmt(payload.date_created_gmt);
  return {
    id: formatReference(source, 'return', id),
    orderId: order.id,
    statusRaw: null,
    createdAt,
    reason: payload.reason || null,
    lines: lines.map((line) => ({ ...line, quantity: line.quantity.toFixed() })),
    refunded: toRefund(order, payload).amount,
    source: { system: 'SHOP', source, vendor, remoteId: id, url, fetchedAt, sourceUpdatedAt: createdAt, stale: false },
  };
}
