import { z } from 'zod';
import type { MedusaAdmin } from './medusa-admin.ts';
import type { MedusaAddress, MedusaShop } from './medusa-shop.ts';

export interface NewOrder {
  /** Without a customer: whose guest it is. */
  email?: string;
  customerId?: string;
  /** Default `pln`. */
  currency?: string;
  items: readonly NewItem[];
  /** Net. */
  postage?: number;
  billing?: MedusaAddress;
  shipping?: MedusaAddress;
  metadata?: Record<string, unknown>;
}

/** `variantId` of a product, or the `title` of something that is none. */
interface NewItem {
  variantId?: string;
  title?: string;
  quantity: number;
  /** Net, of one piece. */
  price: number;
}

export interface PlacedOrder {
  id: string;
  display_id: number;
  customer_id: string | null;
  email: string | null;
  total: number;
  items: { id: string; quantity: number; variant_sku: string | null }[];
}

const placedOrder: z.ZodType<PlacedOrder> = z.object({
  id: z.string(),
  display_id: z.number(),
  customer_id: z.string().nullable(),
  email: z.string().nullable(),
  total: z.number(),
  items: z.array(z.object({ id: z.string(), quantity: z.number(), variant_sku: z.string().nullable() })),
});

/** Through a draft order, which needs no cart, no payment provider and no stock. */
export async function placeOrder(shop: MedusaShop, order: NewOrder): Promise<PlacedOrder> {
  const { admin } = shop;
  const { email, customerId, currency = 'pln', items, postage, billing, shipping, metadata } = order;
  const method = { name: 'Kurier', shipping_option_id: shop.shippingOptionId, amount: postage };
  const draft = {
    region_id: shop.regions.get(currency),
    sales_channel_id: shop.channelId,
    // With another e-mail than the customer's own, Medusa would make the order a new guest's.
    ...(customerId === undefined ? { email } : { customer_id: customerId }),
    billing_address: billing,
    shipping_address: shipping ?? billing,
    items: items.map(({ variantId, title, quantity, price }) => ({
      variant_id: variantId,
      title,
      quantity,
      unit_price: price,
    })),
    shipping_methods: postage === undefined ? [] : [method],
    metadata,
  };
  const made = await admin.post('/admin/draft-orders', draft, z.object({ draft_order: z.object({ id: z.string() }) }));
  const fields = 'id,display_id,customer_id,email,total,*items';
  const path = `/admin/draft-orders/${made.draft_order.id}/convert-to-order?fields=${fields}`;
  return (await admin.post(path, {}, z.object({ order: placedOrder }))).order;
}

/** Marks an order as paid in full; answers the payment's id. */
export async function payOrder({ admin }: MedusaShop, { id, total }: PlacedOrder): Promise<string> {
  const { payment_collection } = await admin.post(
    '/admin/payment-collections',
    { order_id: id, amount: total },
    z.object({ payment_collection: z.object({ id: z.string() }) }),
  );
  const { payment_collection: paid } = await admin.post(
    `/admin/payment-collections/${payment_collection.id}/mark-as-paid?fields=*payments`,
    { order_id: id },
    z.object({ payment_collection: z.object({ payments: z.array(z.object({ id: z.string() })) }) }),
  );
  return paid.payments[0]!.id;
}

export async function refundPayment({ admin }: MedusaShop, paymentId: string, amount: number, note: string) {
  await admin.post(`/admin/payments/${paymentId}/refund`, { amount, note }, z.unknown());
}

const FULFILLED = z.object({ order: z.object({ fulfillments: z.array(z.object({ id: z.string() })) }) });

/** Packs all goods and sends them off; with `isDelivered` they also arrive. */
export async function sendOrder(
  { admin, locationId, shippingOptionId }: MedusaShop,
  { id, items }: PlacedOrder,
  parcel: { trackingNumber: string; trackingUrl: string; isDelivered: boolean },
): Promise<void> {
  const goods = items.map((item) => ({ id: item.id, quantity: item.quantity }));
  const { order } = await admin.post(
    `/admin/orders/${id}/fulfillments?fields=*fulfillments`,
    { location_id: locationId, shipping_option_id: shippingOptionId, items: goods },
    FULFILLED,
  );
  const path = `/admin/orders/${id}/fulfillments/${order.fulfillments[0]!.id}`;
  const { trackingNumber, trackingUrl, isDelivered } = parcel;
  const label = { tracking_number: trackingNumber, tracking_url: trackingUrl, label_url: trackingUrl };
  await admin.post(`${path}/shipments`, { items: goods, labels: [label] }, z.unknown());
  if (isDelivered) await admin.post(`${path}/mark-as-delivered`, {}, z.unknown());
}

/** Asks for goods back and receives them. */
export async function returnGoods(
  { admin, locationId }: MedusaShop,
  orderId: string,
  items: readonly { id: string; quantity: number }[],
  reason: string,
): Promise<void> {
  const reasonId = await returnReason(admin, reason);
  const begun = await admin.post(
    '/admin/returns',
    { order_id: orderId, location_id: locationId },
    z.object({ return: z.object({ id: z.string() }) }),
  );
  const path = `/admin/returns/${begun.return.id}`;
  const requested = items.map((item) => ({ ...item, reason_id: reasonId }));
  await admin.post(`${path}/request-items`, { items: requested }, z.unknown());
  await admin.post(`${path}/request`, {}, z.unknown());
  await admin.post(`${path}/receive`, {}, z.unknown());
  await admin.post(`${path}/receive-items`, { items }, z.unknown());
  await admin.post(`${path}/receive/confirm`, {}, z.unknown());
}

/** Reasons are the shop's own list; one is made when it is not there. */
async function returnReason(admin: MedusaAdmin, label: string): Promise<string> {
  const reason = z.object({ id: z.string(), label: z.string() });
  const listed = await admin.get('/admin/return-reasons?limit=1000', z.object({ return_reasons: z.array(reason) }));
  const known = listed.return_reasons.find((one) => one.label === label);
  if (known) return known.id;
  const body = { value: `reason-${listed.return_reasons.length + 1}`, label };
  return (await admin.post('/admin/return-reasons', body, z.object({ return_reason: reason }))).return_reason.id;
}

export async function cancelOrder({ admin }: MedusaShop, { id }: PlacedOrder): Promise<void> {
  await admin.post(`/admin/orders/${id}/cancel`, {}, z.unknown());
}
