import { z } from 'zod';
import { normaliseEmail, parseTaxId, taxIdKey } from '../../../shared/normalise.ts';
import type { Identifier } from '../../../shared/party.ts';
import { verifyBodyToken } from '../../../shared/webhooks/body-token.ts';
import { parseJsonBody, type SourceWebhook, type WebhookChange } from '../../../shared/webhooks/webhook.ts';

export interface FakturowniaWebhookConfig {
  name: string;
  webhookSecret: string;
  externalIdReference: string | null;
}

/** Fakturownia signs nothing and names no delivery: a token in the body is all that it proves itself by. */
export function createFakturowniaWebhook(config: FakturowniaWebhookConfig): SourceWebhook {
  return {
    source: config.name,
    verify: verifyBodyToken({ field: 'api_token', token: config.webhookSecret }),
    read: (request) => {
      const { data: body } = bodySchema.safeParse(parseJsonBody(request));
      return body ? [{ key: null, changes: toChanges(body, config) }] : null;
    },
  };
}

const id = z.union([z.number().int().positive(), z.string().regex(/^[1-9]\d{0,14}$/)]).transform(String);
const text = z
  .union([z.string(), z.number().transform(String)])
  .nullish()
  .catch(null);

const objectSchema = z.object({
  id: id.optional().catch(undefined),
  client_id: id.nullish().catch(null),
  email: text,
  tax_no: text,
  tax_no_kind: text,
  external_id: text,
  code: text,
});

const bodySchema = z.object({
  /** As `invoice:update`. */
  kind: z.string(),
  id: id.optional(),
  invoice: objectSchema.optional(),
  client: objectSchema.optional(),
  product: objectSchema.optional(),
});

type Body = z.output<typeof bodySchema>;
type Payload = z.output<typeof objectSchema>;

const EVENTS: Readonly<Record<string, WebhookChange['event']>> = {
  create: 'created',
  update: 'updated',
  destroy: 'deleted',
};

function toChanges(body: Body, config: FakturowniaWebhookConfig): WebhookChange[] {
  const [object = '', what = ''] = body.kind.split(':');
  const event = EVENTS[what];
  const payload = object === 'invoice' || object === 'client' || object === 'product' ? body[object] : undefined;
  const about = body.id ?? payload?.id;
  if (event === undefined || about === undefined) return [];
  switch (object) {
    case 'invoice': {
      const parents = payload?.client_id ? [{ children: 'invoices', id: payload.client_id }] : [];
      return [{ type: 'invoice', id: about, event, parents }];
    }
    case 'client':
      return [{ type: 'client', id: about, event, identifiers: payload ? identifiersOf(payload, config) : [] }];
    case 'product':
      // Products go by their SKU here, the vendor's `code`.
      return payload?.code ? [{ type: 'product', id: payload.code, event }] : [];
    default:
      return [];
  }
}

function identifiersOf(client: Payload, { externalIdReference }: FakturowniaWebhookConfig): Identifier[] {
  const emails = (client.email ?? '').split(/[,;\s]+/).map((one) => normaliseEmail(one));
  const taxId = parseTaxId(client.tax_no, client.tax_no_kind);
  const taxKey = taxId && taxIdKey(taxId);
  const external = externalIdReference && client.external_id ? `${externalIdReference}:${client.external_id}` : null;
  return [
    ...emails.filter((one) => one !== null).map((value) => ({ kind: 'EMAIL', value }) as const),
    ...(taxKey === null ? [] : [{ kind: 'TAX_ID', value: taxKey } as const]),
    ...(external === null ? [] : [{ kind: 'EXTERNAL_ID', value: external } as const]),
  ];
}
