import type { Clock } from '../../../common/clock.ts';
import type { FakturowniaStore } from '../../data/records.ts';
import type { FakturowniaChange } from '../changes.ts';
import { renderClient } from '../fakturownia/render-client.ts';
import { renderInvoice } from '../fakturownia/render-invoice.ts';
import { renderProduct } from '../fakturownia/render-product.ts';
import { type Deliveries, post } from './deliveries.ts';

interface FakturowniaWebhookTarget {
  url: string;
  /** Sent in the body: the only proof of who sends. */
  apiToken: string;
}

interface Deps {
  target(): FakturowniaWebhookTarget | null;
  deliveries: Deliveries;
  store: FakturowniaStore;
  clock: Clock;
}

const TIMEOUT_MS = 10_000;

/** One attempt each; whether the vendor tries again is not documented. */
export function createFakturowniaWebhooks({ target, deliveries, store, clock }: Deps) {
  return (change: FakturowniaChange): void => {
    const to = target();
    if (to === null) return;
    const body = JSON.stringify({
      api_token: to.apiToken,
      kind: `${change.object}:${change.event}`,
      id: change.id,
      [change.object]: objectOf(change, store, clock),
    });
    const headers = { 'content-type': 'application/json' };
    deliveries.run(async () => {
      await post({ url: to.url, headers, body, timeoutMs: TIMEOUT_MS }, deliveries.closing);
    });
  };
}

function objectOf({ object, id }: FakturowniaChange, store: FakturowniaStore, clock: Clock): Record<string, unknown> {
  const [invoice, client, product] = [store.invoices.get(id), store.clients.get(id), store.products.get(id)];
  if (object === 'invoice' && invoice !== undefined) {
    const view = { withPositions: true, fullCorrections: false, additional: [], fields: [], today: clock.today() };
    return renderInvoice(invoice, store, view);
  }
  if (object === 'client' && client !== undefined) return renderClient(client);
  if (object === 'product' && product !== undefined) return renderProduct(product);
  return { id };
}
