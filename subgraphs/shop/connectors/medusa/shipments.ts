import { carrierUrl, webUrl } from '../../carriers.ts';
import type { Shipment, ShipmentStatus } from '../../model.ts';
import { toInstant } from './mapping-party.ts';
import type { FulfillmentPayload } from './payloads.ts';

/** One for each label; a fulfilment without labels is a parcel without number. */
export function toShipments(fulfillment: FulfillmentPayload): Shipment[] {
  const { id, provider_id, shipped_at, delivered_at, labels } = fulfillment;
  // Medusa's built-in provider carries nothing itself.
  const carrier = provider_id === 'manual_manual' ? null : provider_id;
  const common = {
    carrier,
    status: toShipmentStatus(fulfillment),
    shippedAt: shipped_at ? toInstant(shipped_at) : null,
    deliveredAt: delivered_at ? toInstant(delivered_at) : null,
  };
  if (labels.length === 0) return [{ id, trackingNumber: null, trackingUrl: null, ...common }];
  return labels.map((label) => ({
    id: label.id,
    trackingNumber: label.tracking_number,
    trackingUrl:
      webUrl(label.tracking_url) ?? (label.tracking_number ? carrierUrl(carrier, label.tracking_number) : null),
    ...common,
  }));
}

function toShipmentStatus({ shipped_at, delivered_at, canceled_at }: FulfillmentPayload): ShipmentStatus {
  if (canceled_at) return 'FAILED';
  if (delivered_at) return 'DELIVERED';
  return shipped_at ? 'SHIPPED' : 'PENDING';
}
