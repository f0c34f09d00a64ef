import { z } from 'zod';
import type { WooOrder, WooOrderStatus } from '../../data/records.ts';
import { addressChangeSchema, changeAddress, changeMeta, metaChangeSchema } from './address-change.ts';
import { invalidParams } from './errors.ts';
import { orderNotes } from './order-notes.ts';
import type { Shop } from './shop.ts';

const changeSchema = z
  .object({
    status: z.enum(['pending', 'processing', 'on-hold', 'completed', 'cancelled', 'refunded', 'failed']),
    billing: addressChangeSchema,
    shipping: addressChangeSchema,
    customer_note: z.string(),
    transaction_id: z.string(),
    set_paid: z.boolean(),
    meta_data: metaChangeSchema,
  })
  .partial();

export type OrderChange = z.infer<typeof changeSchema>;

export function parseOrderChange(body: unknown): OrderChange {
  const parsed = changeSchema.safeParse(body ?? {});
  if (parsed.success) return parsed.data;
  throw invalidParams(
    Object.fromEntries(
      parsed.error.issues.map(({ path, message }) => [path.join('.'), { code: 'rest_invalid_type' as const, message }]),
    ),
  );
}

/** Writes, keeps the indexes true and tells the webhooks. */
export function updateOrder(shop: Shop, order: WooOrder, change: OrderChange): WooOrder {
  const { store, clock, changes, search } = shop;
  const now = Math.max(clock.now().getTime(), order.modifiedAt + 1000);
  const before = order.billing;
  order.billing = changeAddress(order.billing, change.billing);
  order.shipping = changeAddress(order.shipping, change.shipping);
  order.customerNote = change.customer_note ?? order.customerNote;
  order.transactionId = change.transaction_id ?? order.transactionId;
  order.meta = changeMeta(order.meta, change.meta_data ?? [], (key, value) => ({ id: store.nextId(), key, value }));
  if (change.set_paid && order.paidAt === null) order.paidAt = now;
  if (change.status !== undefined && change.status !== order.status) setStatus(shop, order, change.status, now);
  order.modifiedAt = now;
  if (order.billing !== before) search.moved(order, before);
  changes.publish({ vendor: 'woo', resource: 'order', event: 'updated', id: order.id });
  return order;
}

const STATUS_NAMES: Readonly<Record<WooOrderStatus, string>> = {
  pending: 'Pending payment',
  processing: 'Processing',
  'on-hold': 'On hold',
  completed: 'Completed',
  cancelled: 'Cancelled',
  refunded: 'Refunded',
  failed: 'Failed',
};

/** The shop dates payment and completion by itself, and leaves a note. */
function setStatus({ store }: Shop, order: WooOrder, status: WooOrderStatus, now: number): void {
  const note = `Order status changed from ${STATUS_NAMES[order.status]} to ${STATUS_NAMES[status]}.`;
  const written = { id: store.nextId(), author: 'WooCommerce', createdAt: now, note, customerNote: false };
  order.writtenNotes = [...orderNotes(order, store), written];
  order.status = status;
  if (status === 'completed') order.completedAt = now;
  if ((status === 'completed' || status === 'processing') && order.paidAt === null) order.paidAt = now;
}
