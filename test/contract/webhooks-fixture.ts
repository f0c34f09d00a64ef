import { createHmac } from 'node:crypto';
import { Signature } from '@hubspot/api-client';
import { createHttpServer, listen } from '../../common/http.ts';
import { createLogger } from '../../common/log.ts';
import type { Redis } from '../../common/redis.ts';
import { fakturowniaConfigSchema } from '../../subgraphs/accounting/connectors/fakturownia/config.ts';
import { createFakturowniaWebhook } from '../../subgraphs/accounting/connectors/fakturownia/webhooks.ts';
import { hubspotConfigSchema } from '../../subgraphs/crm/connectors/hubspot/config.ts';
import { createHubspotWebhook } from '../../subgraphs/crm/connectors/hubspot/webhooks.ts';
import { createRecordCache, type RecordCache, type RecordKey } from '../../subgraphs/shared/record-cache.ts';
import type { ChangedRecords } from '../../subgraphs/shared/webhooks/changed-records.ts';
import type { RereadQueueOptions } from '../../subgraphs/shared/webhooks/reread-queue.ts';
import type { SourceWebhook } from '../../subgraphs/shared/webhooks/webhook.ts';
import { createWebhooks } from '../../subgraphs/shared/webhooks/webhooks.ts';
import { createMedusaWebhook } from '../../subgraphs/shop/connectors/medusa/webhooks.ts';
import { woocommerceConfigSchema } from '../../subgraphs/shop/connectors/woocommerce/config.ts';
import { createWoocommerceWebhook } from '../../subgraphs/shop/connectors/woocommerce/webhooks.ts';

export const SECRETS = {
  hubspot: 'hubspot-client-secret',
  woo: 'woocommerce-secret',
  medusa: 'medusa-subscriber-secret',
  legacy: 'n8n:a-password-of-some-length',
  fakturownia: 'fakturownia-shared-token',
} as const;

/** The address by which the world knows the receiver. */
export const PUBLIC_URL = 'https://graph.example/jeden';

export interface Receiver extends AsyncDisposable {
  url: string;
  cache: RecordCache;
  /** What was read anew since it was last asked: `woo order 501,502`. */
  takeReread(): string[];
  /** `woo accepted`, one a webhook, since it was last asked. */
  takeOutcomes(): string[];
  /** All that was logged. */
  log(): string;
  idle(): Promise<void>;
  /** Keeps a record of which the cache can say whether it is still there. */
  keep(key: RecordKey, tags?: readonly string[]): Promise<void>;
  has(key: RecordKey): Promise<boolean>;
  post(path: string, body: string | Buffer, headers?: Record<string, string>): Promise<number>;
}

export interface ReceiverOptions {
  reread?: ChangedRecords['reread'];
  placesOf?: ChangedRecords['placesOf'];
  redis?: Redis | null;
  cache?: RecordCache;
  queue?: RereadQueueOptions;
  portalId?: string | null;
}

/** The webhooks of five sources behind HTTP, over a cache of their own. */
export async function startReceiver(options: ReceiverOptions = {}): Promise<Receiver> {
  const {
    reread = async () => {},
    placesOf = async () => null,
    redis,
    cache = createRecordCache({ ttlMs: 60_000 }),
    queue,
    portalId,
  } = options;
  const [lines, outcomes, read]: [string[], string[], string[]] = [[], [], []];
  const log = createLogger({ level: 'trace', name: 'test', destination: { write: (line) => void lines.push(line) } });
  const webhooks = createWebhooks({
    webhooks: sourceWebhooks(portalId ?? null),
    cache,
    changed: () => ({
      reread: async (source, type, ids, context) => {
        read.push(`${source} ${type} ${ids.join(',')}`);
        await reread(source, type, ids, context);
      },
      placesOf,
    }),
    publicUrl: () => PUBLIC_URL,
    log,
    redis,
    onWebhook: ({ source, outcome }) => outcomes.push(`${source} ${outcome}`),
    options: { gatherMs: 5, ...queue },
  });
  const http = createHttpServer({ log });
  webhooks.addRoutes(http);
  const server = await listen(http, { port: 0 });
  return {
    url: server.url,
    cache,
    takeReread: () => read.splice(0),
    takeOutcomes: () => outcomes.splice(0),
    log: () => lines.join(''),
    idle: webhooks.idle,
    keep: async (key, tags = []) => {
      await cache.get(key, async () => 'kept', { tags: () => tags });
    },
    has: async (key) => (await cache.peekMany([key]))[0] !== null,
    post: async (path, body, headers = {}) => {
      const response = await fetch(`${server.url}${path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: typeof body === 'string' ? body : new Uint8Array(body),
      });
      await response.arrayBuffer();
      return response.status;
    },
    [Symbol.asyncDispose]: async () => {
      await webhooks.close();
      await server.close();
    },
  };
}

function sourceWebhooks(portalId: string | null): SourceWebhook[] {
  const { properties } = hubspotConfigSchema.parse({ name: 'hubspot', token: 'unused' });
  const url = 'https://vendor.example';
  const woo = woocommerceConfigSchema.parse({ name: 'woo', url, consumerKey: 'unused', consumerSecret: 'unused' });
  const fakturownia = fakturowniaConfigSchema.parse({ name: 'fakturownia', url, apiToken: 'unused' });
  return [
    createHubspotWebhook({ name: 'hubspot', webhookSecret: SECRETS.hubspot, portalId, properties }),
    createWoocommerceWebhook({ config: woo, webhookSecret: SECRETS.woo }),
    createMedusaWebhook({ name: 'medusa', proof: { kind: 'signature', secret: SECRETS.medusa } }),
    createMedusaWebhook({ name: 'legacy', proof: { kind: 'basic', credentials: SECRETS.legacy } }),
    createFakturowniaWebhook({ config: fakturownia, webhookSecret: SECRETS.fakturownia }),
  ];
}

/** As HubSpot's own SDK signs. */
export function hubspotHeaders(
  body: string,
  options: { url?: string; timestamp?: number; secret?: string } = {},
): Record<string, string> {
  const { url = `${PUBLIC_URL}/webhooks/hubspot`, timestamp = Date.now(), secret = SECRETS.hubspot } = options;
  const signature = Signature.getSignature('POST', 'v3', {
    clientSecret: secret,
    requestBody: body,
    url,
    timestamp,
  } as Parameters<typeof Signature.getSignature>[2]);
  return { 'x-hubspot-signature-v3': signature, 'x-hubspot-request-timestamp': String(timestamp) };
}

/** As WooCommerce's documentation says. */
export function wooHeaders(body: string | Buffer, topic: string, delivery: string, secret: string = SECRETS.woo) {
  return {
    'x-wc-webhook-topic': topic,
    'x-wc-webhook-delivery-id': delivery,
    'x-wc-webhook-signature': createHmac('sha256', secret).update(body).digest('base64'),
  };
}

let events = 0;

/** One of HubSpot's events; each has another id. */
export function hubspotEvent(values: Record<string, unknown>): Record<string, unknown> {
  events += 1;
  return {
    eventId: events,
    subscriptionId: 25,
    portalId: 4711,
    appId: 99,
    occurredAt: Date.now(),
    attemptNumber: 0,
    ...values,
  };
}
