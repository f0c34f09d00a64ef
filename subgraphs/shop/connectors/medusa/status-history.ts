import type { OrderStatus, OrderStatusChange } from '../../model.ts';
import { isWhollyReturned } from './mapping-lines.ts';
import { toInstant } from './mapping-party.ts';
import type { OrderPayload } from './payloads.ts';
import { toStatus } from './statuses.ts';

/** Medusa keeps no history of statuses, but the instants at which goods moved: these are where a status began. */
export function toStatusHistory(payload: OrderPayload): OrderStatusChange[] {
  const { created_at, canceled_at, fulfillments, returns } = payload;
  const live = fulfillments.filter((fulfillment) => !fulfillment.canceled_at);
  const instants = (read: (one: (typeof live)[number]) => string | null | undefined) =>
    live.flatMap((one) => read(one) ?? []).sort();
  const isDelivered = toStatus(payload, false) === 'DELIVERED';
  const isReturned = isWhollyReturned(payload.items);
  const steps: [OrderStatus, string, string | null | undefined][] = [
    ['RECEIVED', 'placed', created_at],
    ['PICKING', 'packed', instants(({ packed_at }) => packed_at)[0]],
    ['SHIPPED', 'shipped', instants(({ shipped_at }) => shipped_at)[0]],
    ['DELIVERED', 'delivered', isDelivered ? instants(({ delivered_at }) => delivered_at).at(-1) : null],
    [
      'RETURNED',
      'returned',
      isReturned
        ? returns
            .flatMap(({ received_at }) => received_at ?? [])
            .sort()
            .at(-1)
        : null,
    ],
    ['CANCELLED', 'canceled', canceled_at],
  ];
  let from: OrderStatus | null = null;
  return steps.flatMap(([to, raw, at]) => {
    if (!at) return [];
    const change = { at: toInstant(at), from, to, raw };
    from = to;
    return [change];
  });
}
