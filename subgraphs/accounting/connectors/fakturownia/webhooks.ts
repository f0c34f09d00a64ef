import { z } from 'zod';
import { verifyBodyToken } from '../../../shared/webhooks/body-token.ts';
import { tellPlaces } from '../../../shared/webhooks/tell-places.ts';
import { parseJsonBody, type SourceWebhook, type WebhookChange } from '../../../shared/webhooks/webhook.ts';
import { placesOfClient, placesOfInvoice } from '../../places.ts';
import type { FullFakturowniaConfig } from './config.ts';
import { toInvoice } from './mapping.ts';
import { toClient } from './mapping-client.ts';
import { clientPayload, invoicePayload } from './payloads.ts';

export interface FakturowniaWebhookConfig {
  config: FullFakturowniaConfig;
  webhookSecret: string;
}

/** Fakturownia signs nothing and names no delivery: a token in the body is all that it proves itself by. */
export function createFakturowniaWebhook({ config, webhookSecret }: FakturowniaWebhookConfig): SourceWebhook {
  return {
    source: config.name,
    verify: verifyBodyToken({ field: 'api_token', token: webhookSecret }),
    read: (request) => {
      const { data: body } = bodySchema.safeParse(parseJsonBody(request));
      return body ? [{ key: null, changes: toChanges(body, config) }] : null;
    },
  };
}

const id = z.union([z.number().int().positive(), z.string().regex(/^[1-9]\d{0,14}$/)]).transform(String);

const bodySchema = z.object({
  /** As `invoice:update`. */
  kind: z.string(),
  id: id.optional(),
  invoice: z.unknown().optional(),
  client: z.unknown().optional(),
  product: z.unknown().optional(),
});

type Body = z.output<typeof bodySchema>;

const withId = z.object({ id });
const withCode = z.object({ code: z.string().min(1) });

const EVENTS: Readonly<Record<string, WebhookChange['event']>> = {
  create: 'created',
  update: 'updated',
  destroy: 'deleted',
};

function toChanges(body: Body, config: FullFakturowniaConfig): WebhookChange[] {
  const [object = '', what = ''] = body.kind.split(':');
  const event = EVENTS[what];
  if (event === undefined) return [];
  switch (object) {
    case 'invoice': {
      const places = tellPlaces(invoicePayload, body.invoice, (payload) =>
        placesOfInvoice(toInvoice(payload, { config, fetchedAt: '' })),
      );
      return toChange({ type: 'invoice', id: body.id ?? withId.safeParse(body.invoice).data?.id, event, places });
    }
    case 'client': {
      const places = tellPlaces(clientPayload, body.client, (payload) =>
        placesOfClient(toClient(payload, { config, fetchedAt: '' })),
      );
      return toChange({ type: 'client', id: body.id ?? withId.safeParse(body.client).data?.id, event, places });
    }
    case 'product':
      // Products go by their SKU here, the vendor's `code`.
      return toChange({
        type: 'product',
        id: withCode.safeParse(body.product).data?.code,
        event,
        places: { told: 'all', tags: [] },
      });
    default:
      return [];
  }
}

function toChange({ id: about, ...change }: Omit<WebhookChange, 'id'> & { id: string | undefined }): WebhookChange[] {
  return about === undefined ? [] : [{ ...change, id: about }];
}
