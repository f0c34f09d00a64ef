import { hash } from 'node:crypto';
import { z } from 'zod';
import { normaliseEmail, normalisePhone } from '../../../shared/normalise.ts';
import type { Identifier } from '../../../shared/party.ts';
import { verifyBodyHmac } from '../../../shared/webhooks/body-hmac.ts';
import {
  headerOf,
  parseJsonBody,
  type SourceWebhook,
  type WebhookChange,
  type WebhookRequest,
} from '../../../shared/webhooks/webhook.ts';

export interface WoocommerceWebhookConfig {
  name: string;
  webhookSecret: string;
}

/** WooCommerce sends each change once and never again; after more than five refusals it switches the webhook off. */
export function createWoocommerceWebhook({ name, webhookSecret }: WoocommerceWebhookConfig): SourceWebhook {
  return {
    source: name,
    verify: verifyBodyHmac({ header: 'x-wc-webhook-signature', secret: webhookSecret }),
    isPing: ({ body }) => /^webhook_id=\d{1,20}$/.test(body.toString('latin1')),
    read: (request) => {
      const parsed = bodySchema.safeParse(parseJsonBody(request));
      if (!parsed.success) return null;
      return [{ key: keyOf(request), changes: toChanges(headerOf(request, 'x-wc-webhook-topic') ?? '', parsed.data) }];
    },
  };
}

const text = z.string().nullish().catch(null);

/** The REST object; of a deleted one its id alone. */
const bodySchema = z.object({
  id: z.number().int().positive(),
  customer_id: z.number().int().nonnegative().optional().catch(undefined),
  sku: text,
  email: text,
  billing: z.object({ email: text, phone: text }).optional().catch(undefined),
});

type Body = z.output<typeof bodySchema>;

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

function toChanges(topic: string, body: Body): WebhookChange[] {
  const [resource, what = ''] = topic.split('.');
  const event = EVENTS[what];
  if (event === undefined) return [];
  const { id, customer_id: customerId = 0, sku } = body;
  const identifiers = identifiersOf(body);
  switch (resource) {
    case 'order': {
      const parents = customerId > 0 ? [{ children: 'orders', id: String(customerId) }] : [];
      return [{ type: 'order', id: String(id), event, parents, identifiers }];
    }
    case 'customer':
      return [{ type: 'customer', id: String(id), event, identifiers }];
    case 'product':
      // Products go by their SKU here; one that was deleted does not tell it.
      return sku ? [{ type: 'product', id: sku, event }] : [];
    default:
      return [];
  }
}

function identifiersOf({ email, billing }: Body): Identifier[] {
  const emails = [email, billing?.email].map((one) => normaliseEmail(one)).filter((one) => one !== null);
  const phone = normalisePhone(billing?.phone);
  return [
    ...[...new Set(emails)].map((value) => ({ kind: 'EMAIL', value }) as const),
    ...(phone === null ? [] : [{ kind: 'PHONE', value: phone } as const]),
  ];
}
