import { CodedError } from '../../common/errors.ts';
import type { SourcePage } from '../shared/connection.ts';
import type { Order } from './model.ts';
import type { OrderOrder } from './source.ts';

/**
 * Where a list of orders was left: at an instant, with the orders of that instant that were already given. Unlike a
 * page number it stays right while orders come in, and unlike a bare instant it neither skips nor repeats twins.
 */
export interface OrderPosition {
  /** ISO, of the last order given. */
  at: string;
  /** Orders at that instant already given, by remote id. */
  seen: string[];
  /** How many were given so far, to count the whole list from its rest. */
  count: number;
}

/** The instant that a list is sorted by. */
function sortInstant(order: Order, field: OrderOrder['field']): string {
  return field === 'PLACED_AT' ? order.placedAt : (order.updatedAt ?? order.placedAt);
}

export function compareOrders({ field, direction }: OrderOrder): (left: Order, right: Order) => number {
  const sign = direction === 'ASC' ? 1 : -1;
  return (left, right) => {
    const [a, b] = [sortInstant(left, field), sortInstant(right, field)];
    return a === b ? 0 : sign * (a < b ? -1 : 1);
  };
}

function formatPosition({ at, seen, count }: OrderPosition): string {
  return [at, String(count), ...seen].join(' ');
}

export function parsePosition(text: string): OrderPosition {
  const [at = '', count = '', ...seen] = text.split(' ');
  const isInstant = /^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(at) && !Number.isNaN(Date.parse(at));
  if (!isInstant || !/^\d{1,9}$/.test(count)) {
    throw new CodedError('BAD_USER_INPUT', 'Expected a cursor that this list has given');
  }
  return { at, count: Number(count), seen };
}

/** Adds to each order the position behind it. */
export function withPositions(
  orders: readonly Order[],
  field: OrderOrder['field'],
  start: OrderPosition | null,
): { node: Order; position: string }[] {
  let current: OrderPosition = start ?? { at: '', seen: [], count: 0 };
  return orders.map((node) => {
    const at = sortInstant(node, field);
    const twins = at === current.at ? current.seen : [];
    current = { at, seen: [...twins, node.source.remoteId], count: current.count + 1 };
    return { node, position: formatPosition(current) };
  });
}

/** A page of a list that is at hand as a whole. */
export function pageOfAll(
  orders: readonly Order[],
  { orderBy, first, after }: { orderBy: OrderOrder; first: number; after: string | null },
): SourcePage<Order> {
  const start = after === null ? null : parsePosition(after);
  const sorted = [...orders].sort(compareOrders(orderBy));
  const rest = start ? sorted.filter((order) => isBehind(order, start, orderBy)) : sorted;
  return {
    items: withPositions(rest.slice(0, first), orderBy.field, start),
    hasNextPage: rest.length > first,
    totalCount: sorted.length,
  };
}

/** Whether the order stands behind the position in a list sorted so. */
export function isBehind(order: Order, start: OrderPosition, { field, direction }: OrderOrder): boolean {
  const at = sortInstant(order, field);
  if (at === start.at) return !start.seen.includes(order.source.remoteId);
  return direction === 'ASC' ? at > start.at : at < start.at;
}
