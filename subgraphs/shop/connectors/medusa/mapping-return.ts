import { formatReference } from '../../../shared/reference.ts';
import type { Order, Return, ReturnHint } from '../../model.ts';
import { type MappingContext, toSourceRef } from './mapping-context.ts';
import { decimal, toPayment } from './mapping-lines.ts';
import { toInstant } from './mapping-party.ts';
import type { OrderPayload, ReturnPayload } from './payloads.ts';

/** Returns that were called off are none. */
export function toReturnHints({ id, returns }: Pick<OrderPayload, 'id' | 'returns'>, source: string): ReturnHint[] {
  return returns
    .filter(({ canceled_at }) => !canceled_at)
    .map((one) => ({
      id: formatReference(source, 'return', remoteId(id, one.id)),
      orderId: id,
      madeAt: toInstant(one.created_at),
    }));
}

/** Null for one that was called off, or begun and has no goods in it yet. */
export function toReturn(payload: ReturnPayload, order: Order, context: MappingContext): Return | null {
  if (payload.canceled_at || payload.items.length === 0) return null;
  const id = remoteId(payload.order_id, payload.id);
  const updatedAt = payload.updated_at ? toInstant(payload.updated_at) : null;
  const reasons = payload.items.flatMap(({ reason, note }) => reason?.label ?? note ?? []);
  return {
    id: formatReference(context.config.name, 'return', id),
    orderId: order.id,
    statusRaw: payload.status,
    createdAt: toInstant(payload.created_at),
    reason: [...new Set(reasons)].join('; ') || null,
    lines: payload.items.map(({ item_id, quantity }) => {
      const line = order.lines.find((one) => one.id === item_id);
      return { sku: line?.sku ?? null, name: line?.name ?? null, quantity: decimal(quantity).toFixed() };
    }),
    refunded: payload.refund_amount == null ? null : toPayment(payload.refund_amount, order.currency),
    source: { ...toSourceRef(context, 'orders', payload.order_id, updatedAt), remoteId: id },
  };
}

/** A return's own page is its order's, and so is the way to read it. */
function remoteId(orderId: string, returnId: string): string {
  return `${orderId}-${returnId}`;
}
