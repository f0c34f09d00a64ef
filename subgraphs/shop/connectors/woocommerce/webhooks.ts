import { hash } from 'node:crypto';
import { z } from 'zod';
import { verifyBodyHmac } from '../../../shared/webhooks/body-hmac.ts';
import { tellPlaces } from '../../../shared/webhooks/tell-places.ts';
import {
  headerOf,
  parseJsonBody,
  type SourceWebhook,
  type WebhookChange,
  type WebhookRequest,
} from '../../../shared/webhooks/webhook.ts';
import { placesOfCustomer, placesOfOrder } from '../../order-places.ts';
import type { FullWoocommerceConfig } from './config.ts';
import { toOrder } from './mapping.ts';
import { toCustomer } from './mapping-party.ts';
import { customerPayload, orderPayload } from './payloads.ts';

export interface WoocommerceWebhookConfig {
  config: FullWoocommerceConfig;
  webhookSecret: string;
}

/** WooCommerce sends each change once and never again; after more than five refusals it switches the webhook off. */
export function createWoocommerceWebhook({ config, webhookSecret }: WoocommerceWebhookConfig): SourceWebhook {
  return {
    source: config.name,
    verify: verifyBodyHmac({ header: 'x-wc-webhook-signature', secret: webhookSecret }),
    isPing: ({ body }) => /^webhook_id=\d{1,20}$/.test(body.toString('latin1')),
    read: (request) => {
      const body = parseJsonBody(request);
      const topic = headerOf(request, 'x-wc-webhook-topic') ?? '';
      const parsed = bodySchema.safeParse(body);
      return parsed.success ? [{ key: keyOf(request), changes: toChanges(topic, parsed.data, body, config) }] : null;
    },
  };
}

/** The REST object; of a deleted one its id alone. */
const bodySchema = z.object({ id: z.number().int().positive(), sku: z.string().nullish().catch(null) });

/**
 * The delivery's id is made of the webhook's id and the second, so two changes in one second share it; and it is a
 * header, which nothing signs. The body tells them apart, and from what somebody made up.
 */
function keyOf(request: WebhookRequest): string | null {
  const delivery = headerOf(request, 'x-wc-webhook-delivery-id');
  return delivery && `${delivery} ${headerOf(request, 'x-wc-webhook-topic')} ${hash('sha256', request.body)}`;
}

const EVENTS: Readonly<Record<string, WebhookChange['event']>> = {
  created: 'created',
  updated: 'updated',
  restored: 'created',
  deleted: 'deleted',
};

function toChanges(
  topic: string,
  { id, sku }: z.output<typeof bodySchema>,
  body: unknown,
  config: FullWoocommerceConfig,
): WebhookChange[] {
  const [resource, what = ''] = topic.split('.');
  const event = EVENTS[what];
  if (event === undefined) return [];
  switch (resource) {
    case 'order':
      return [{ type: 'order', id: String(id), event, places: tellPlaces(orderPayload, body, toOrderPlaces) }];
    case 'customer':
      return [{ type: 'customer', id: String(id), event, places: tellPlaces(customerPayload, body, toPlaces) }];
    case 'product':
      // Products go by their SKU here; one that was deleted does not tell it.
      return sku ? [{ type: 'product', id: sku, event, places: { told: 'all', tags: [] } }] : [];
    default:
      return [];
  }

  function toOrderPlaces(payload: z.output<typeof orderPayload>): string[] {
    return placesOfOrder(toOrder(payload, { config, fetchedAt: '' }));
  }

  function toPlaces(payload: z.output<typeof customerPayload>): string[] {
    return placesOfCustomer(toCustomer(payload, { config, fetchedAt: '' }));
  }
}
