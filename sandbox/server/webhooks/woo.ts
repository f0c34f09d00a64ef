import { createHash, createHmac } from 'node:crypto';
import type { WooStore } from '../../data/records.ts';
import type { WooChange } from '../changes.ts';
import { renderCustomer } from '../woo/render-customer.ts';
import { renderOrder } from '../woo/render-order.ts';
import { renderProduct } from '../woo/render-product.ts';
import { type Deliveries, isSuccess, post } from './deliveries.ts';

interface WooWebhookTarget {
  url: string;
  secret: string;
}

interface Deps {
  target(): WooWebhookTarget | null;
  /** Turns the target off, as the shop does with a webhook that keeps failing. */
  disable(): void;
  deliveries: Deliveries;
  store: WooStore;
  siteUrl(): string;
}

const WEBHOOK_ID = 1;
const TIMEOUT_MS = 60_000;
const MAX_CONSECUTIVE_FAILURES = 5;

export interface WooWebhooks {
  send(change: WooChange): void;
  /** What the shop sends when a webhook is switched on: a form, unsigned. */
  ping(target: WooWebhookTarget): void;
}

/** One attempt each: WooCommerce never tries again. */
export function createWooWebhooks({ target, disable, deliveries, store, siteUrl }: Deps): WooWebhooks {
  let failures = 0;

  const deliver = async (change: WooChange, to: WooWebhookTarget) => {
    const body = JSON.stringify(payloadOf(change, store));
    const headers = {
      'content-type': 'application/json',
      'user-agent': 'WooCommerce/9.9.5 Hookshot (WordPress/6.8.1)',
      'x-wc-webhook-source': `${siteUrl()}/`,
      'x-wc-webhook-topic': `${change.resource}.${change.event}`,
      'x-wc-webhook-resource': change.resource,
      'x-wc-webhook-event': change.event,
      'x-wc-webhook-signature': createHmac('sha256', to.secret).update(body).digest('base64'),
      'x-wc-webhook-id': String(WEBHOOK_ID),
      'x-wc-webhook-delivery-id': deliveryId(),
    };
    const status = await post({ url: to.url, headers, body, timeoutMs: TIMEOUT_MS }, deliveries.closing);
    failures = isSuccess(status) ? 0 : failures + 1;
    if (failures > MAX_CONSECUTIVE_FAILURES) disable();
  };

  return {
    send: (change) => {
      const to = target();
      if (to !== null) deliveries.run(() => deliver(change, to));
    },
    ping: (to) => {
      failures = 0;
      const headers = { 'content-type': 'application/x-www-form-urlencoded' };
      const body = `webhook_id=${WEBHOOK_ID}`;
      deliveries.run(async () => {
        await post({ url: to.url, headers, body, timeoutMs: TIMEOUT_MS }, deliveries.closing);
      });
    },
  };
}

/** As WordPress makes it, of the webhook's id and the second: deliveries of one second share it. */
function deliveryId(): string {
  return createHash('md5')
    .update(`${WEBHOOK_ID}${Math.floor(Date.now() / 1000)}`)
    .digest('hex');
}

/** Exactly the REST object; of a deleted one its id alone. */
function payloadOf({ resource, event, id }: WooChange, store: WooStore): Record<string, unknown> {
  if (event === 'deleted') return { id };
  if (resource === 'order') return rendered(store.orders.get(id), (order) => renderOrder(order, store), id);
  if (resource === 'customer') return rendered(store.customers.get(id), (each) => renderCustomer(each, store), id);
  return rendered(store.products.get(id), (product) => renderProduct(product, store), id);
}

function rendered<T>(
  record: T | undefined,
  render: (record: T) => Record<string, unknown>,
  id: number,
): Record<string, unknown> {
  return record === undefined ? { id } : render(record);
}
