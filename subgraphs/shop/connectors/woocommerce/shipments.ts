import { z } from 'zod';
import { carrierUrl, webUrl } from '../../carriers.ts';
import type { Shipment } from '../../model.ts';
import type { FullWoocommerceConfig } from './config.ts';
import type { OrderPayload } from './payloads.ts';

/** Where WooCommerce Shipment Tracking, and the plugins that copy it, keep parcels. */
export const TRACKING_KEY = '_wc_shipment_tracking_items';

const text = z.coerce.string().nullish();

/** Meta is whatever a plugin wrote: an entry without a number is no parcel, and no reason to refuse the order. */
const trackingItem = z.object({
  tracking_provider: text,
  custom_tracking_provider: text,
  tracking_number: z.coerce.string().min(1),
  tracking_link: text,
  custom_tracking_link: text,
  date_shipped: z.coerce.string().nullish(),
  tracking_id: text,
});

type TrackingItem = z.output<typeof trackingItem>;

/** Null where the shop keeps no parcels, or may keep them somewhere that we don't know. */
export function toShipments(order: OrderPayload, config: FullWoocommerceConfig): Shipment[] | null {
  if (config.shipmentTracking === false) return null;
  const value = order.meta_data.find(({ key }) => key === TRACKING_KEY)?.value;
  if (value === undefined || value === null) return config.shipmentTracking ? [] : null;
  const entries = typeof value === 'object' ? Object.values(value) : [];
  const items = entries.map((entry) => trackingItem.safeParse(entry)).flatMap(({ data }) => data ?? []);
  return items.map((item, index) => toShipment(item, index, order.status === 'completed'));
}

function toShipment(item: TrackingItem, index: number, isOrderDone: boolean): Shipment {
  const carrier = item.custom_tracking_provider || item.tracking_provider || null;
  const shippedAt = fromUnixSeconds(item.date_shipped ?? '');
  return {
    id: item.tracking_id || String(index + 1),
    carrier,
    trackingNumber: item.tracking_number,
    trackingUrl:
      webUrl(item.custom_tracking_link) ?? webUrl(item.tracking_link) ?? carrierUrl(carrier, item.tracking_number),
    // The plugin notes that a parcel left, never that it arrived: only a closed order says so.
    status: isOrderDone ? 'DELIVERED' : 'SHIPPED',
    shippedAt,
    deliveredAt: null,
  };
}

function fromUnixSeconds(seconds: string): string | null {
  return /^\d{9,10}$/.test(seconds) ? new Date(Number(seconds) * 1000).toISOString() : null;
}
