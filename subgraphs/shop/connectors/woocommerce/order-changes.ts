import { z } from 'zod';
import type { ChangeFeed, ChangePage } from '../../../shared/links/change-feed.ts';
import type { CallContext } from '../../../shared/upstream/context.ts';
import type { Order } from '../../model.ts';
import { PAGE_SIZE } from './api.ts';
import { toGmt } from './dates.ts';
import type { ListOrdersDeps } from './list-orders.ts';
import { ORDER_FIELDS, orderPayload } from './payloads.ts';

/** From an instant on; or one second alone, in which more orders changed than a page holds. Epoch ms. */
const cursorSchema = z.union([
  z.object({ from: z.number().nullable() }),
  z.object({ second: z.number(), offset: z.number(), total: z.number().nullable() }),
]);

type Cursor = z.infer<typeof cursorSchema>;
type From = Extract<Cursor, { from: unknown }>;
type Second = Extract<Cursor, { second: unknown }>;

/** WordPress keeps whole seconds. */
const TICK_MS = 1000;
/** A shop writes an order's time of change a while before others see the change. */
const OVERLAP_MS = 10_000;

/**
 * Orders by the time of their change, the longest unchanged first: one that changes meanwhile goes to the end and comes
 * again. The next page begins with the second in which the last one ended, not at a number: numbers shift.
 */
export function createOrderChanges(deps: ListOrdersDeps): ChangeFeed<Order> {
  async function list(bounds: Record<string, string | number | undefined>, context: CallContext) {
    const params = {
      ...bounds,
      dates_are_gmt: 'true',
      orderby: 'modified',
      order: 'asc',
      per_page: PAGE_SIZE,
      _fields: ORDER_FIELDS,
    };
    const call = { operation: 'orders.changes', path: 'orders' as const, item: orderPayload, params };
    const { items, total } = await deps.api.list(call, context);
    return { orders: items.map(deps.toOrder), total };
  }

  async function readFrom({ from }: From, context: CallContext): Promise<ChangePage<Order>> {
    const bounds = { modified_after: from === null ? undefined : toGmt(from - TICK_MS) };
    const { orders, total } = await list(bounds, context);
    const [first, last] = [changedAt(orders[0]), changedAt(orders.at(-1))];
    const isLast = orders.length < PAGE_SIZE;
    const page = { records: orders, isLast, total: from === null ? total : null };
    if (isLast)
      return { ...page, cursor: toText({ from: last === null ? from : Math.max(from ?? 0, last - OVERLAP_MS) }) };
    if (first === last) return { ...page, cursor: toText({ second: last!, offset: 0, total: null }) };
    return { ...page, cursor: toText({ from: last }) };
  }

  /** Counted, because all have one time: an order that leaves the second moves the others up, so they are read anew. */
  async function readSecond(
    { second, offset, total: before }: Second,
    context: CallContext,
  ): Promise<ChangePage<Order>> {
    const bounds = { modified_after: toGmt(second - TICK_MS), modified_before: toGmt(second + TICK_MS), offset };
    const { orders, total } = await list(bounds, context);
    const page = { records: orders, isLast: false, total: null };
    if (offset > 0 && total !== before) return { ...page, cursor: toText({ second, offset: 0, total: null }) };
    if (orders.length < PAGE_SIZE) return { ...page, cursor: toText({ from: second + TICK_MS }) };
    return { ...page, cursor: toText({ second, offset: offset + PAGE_SIZE, total }) };
  }

  return {
    read: (text, context) => {
      const cursor = text === null ? { from: null } : cursorSchema.parse(JSON.parse(text));
      return 'from' in cursor ? readFrom(cursor, context) : readSecond(cursor, context);
    },
  };
}

function changedAt(order: Order | undefined): number | null {
  return order ? Date.parse(order.updatedAt ?? order.placedAt) : null;
}

function toText(cursor: Cursor): string {
  return JSON.stringify(cursor);
}
