import type { CallContext } from '../../../shared/upstream/context.ts';
import { chunksOf } from '../../batches.ts';
import type { Order, OrderAftermath } from '../../model.ts';
import type { ShopSource } from '../../source.ts';
import { listParam, PAGE_SIZE, type Query } from './api.ts';
import { toNumber, toOrder } from './mapping.ts';
import { toReturn, toReturnHints } from './mapping-return.ts';
import {
  ORDER_FIELDS,
  ORDER_RETURNS_FIELDS,
  type OrderPayload,
  orderPayload,
  orderReturnsPayload,
  RETURN_FIELDS,
  type ReturnPayload,
  returnPayload,
} from './payloads.ts';
import { type SearchDeps, scanForNumbers, searchByNumber } from './search-orders.ts';
import { toStatusHistory } from './status-history.ts';

/** A scan for returns reads at most 10,000 orders of one account. */
const SCAN_BOUNDS = { filter: 'returns', maxPages: 100 };

/** Returns of a hundred orders together. */
const RETURN_BOUNDS = { filter: 'returns', maxPages: 10 };

type OrderReads = Pick<ShopSource, 'ordersByIds' | 'ordersByNumbers' | 'returnHints' | 'aftermath' | 'statusHistory'>;

export function createOrderReads(deps: SearchDeps): OrderReads {
  const { api, config, mapping } = deps;

  async function readPayloads(ids: readonly string[], context: CallContext): Promise<Map<string, OrderPayload>> {
    const pages = await Promise.all(
      chunksOf(ids, PAGE_SIZE).map((chunk) => {
        const query: Query = [...listParam('id', chunk), ['limit', PAGE_SIZE], ['fields', ORDER_FIELDS]];
        return api.list({ operation: 'orders.by_ids', path: 'orders', item: orderPayload, query }, context);
      }),
    );
    return new Map(pages.flatMap(({ items }) => items).map((payload) => [payload.id, payload]));
  }

  async function ordersByIds(ids: readonly string[], context: CallContext): Promise<(Order | null)[]> {
    const found = await readPayloads(ids, context);
    return ids.map((id) => {
      const payload = found.get(id);
      return payload ? toOrder(payload, mapping()) : null;
    });
  }

  async function ordersByMetadataNumbers(numbers: readonly string[], context: CallContext): Promise<Order[][]> {
    const wanted = new Set(numbers);
    const ids = await scanForNumbers(deps, (payload) => wanted.has(toNumber(payload, config)), context);
    const orders = (await ordersByIds(ids, context)).filter((order) => order !== null);
    return numbers.map((number) => orders.filter((order) => order.number === number));
  }

  async function readReturns(orderIds: readonly string[], context: CallContext): Promise<ReturnPayload[]> {
    const lists = await Promise.all(
      chunksOf(orderIds, PAGE_SIZE).map((chunk) => {
        const query: Query = [...listParam('order_id', chunk), ['fields', RETURN_FIELDS]];
        const call = { operation: 'returns.of_orders', path: 'returns' as const, item: returnPayload, query };
        return api.listAll(call, RETURN_BOUNDS, context);
      }),
    );
    return lists.flat();
  }

  return {
    ordersByIds,

    /** One search a number; one scan for all of them where they stand in metadata. */
    ordersByNumbers: async (numbers, context) => {
      if (numbers.length === 0) return [];
      return config.orderNumberMetadataKey === null
        ? Promise.all(numbers.map((number) => searchByNumber(deps, number, context)))
        : ordersByMetadataNumbers(numbers, context);
    },

    returnHints: async (customerId, context) => {
      const query: Query = [...listParam('customer_id', [customerId]), ['fields', ORDER_RETURNS_FIELDS]];
      const call = { operation: 'orders.scan_returns', path: 'orders' as const, item: orderReturnsPayload, query };
      const orders = await api.listAll(call, SCAN_BOUNDS, context);
      return orders
        .filter(({ customer_id }) => customer_id === customerId)
        .flatMap((order) => toReturnHints(order, config.name));
    },

    /** One call for all orders that have returns, the latest first; refunds came with the order. */
    aftermath: async (orders, context) => {
      const ids = orders.filter(({ aftermath }) => aftermath === null).map(({ source }) => source.remoteId);
      const latestFirst = (await readReturns(ids, context)).reverse();
      return orders.map((order): OrderAftermath => {
        if (order.aftermath) return order.aftermath;
        const own = latestFirst.filter(({ order_id }) => order_id === order.source.remoteId);
        return { refunds: order.refunds, returns: own.flatMap((payload) => toReturn(payload, order, mapping()) ?? []) };
      });
    },

    statusHistory: async (orderIds, context) => {
      const found = await readPayloads(orderIds, context);
      return orderIds.map((id) => {
        const payload = found.get(id);
        return payload ? toStatusHistory(payload) : [];
      });
    },
  };
}
