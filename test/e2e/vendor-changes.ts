import { SANDBOX_CREDENTIALS } from '../../sandbox/server/vendors.ts';
import type { Sandbox } from '../../sandbox/start.ts';

/** The system has more to do than it takes. */
export class TooManyRequests extends Error {}

/** Changes records where they live, as the company's people and customers do, past us. */
export function changesAt({ urls }: Pick<Sandbox, 'urls'>) {
  const { consumerKey, consumerSecret } = SANDBOX_CREDENTIALS.woo;
  const basic = `Basic ${Buffer.from(`${consumerKey}:${consumerSecret}`).toString('base64')}`;

  async function send(url: string, method: string, body: unknown, authorization?: string): Promise<void> {
    const headers = { 'content-type': 'application/json', ...(authorization ? { authorization } : {}) };
    const response = await fetch(url, { method, headers, body: JSON.stringify(body) });
    if (response.status === 429) throw new TooManyRequests(`${new URL(url).host} asks to slow down`);
    if (!response.ok) throw new Error(`The sandbox answered ${response.status}: ${await response.text()}`);
  }

  return {
    order: (id: string | number, change: object) =>
      send(`${urls.woo}/wp-json/wc/v3/orders/${id}`, 'PUT', change, basic),
    contact: (id: string | number, properties: Record<string, string>) =>
      send(
        `${urls.hubspot}/crm/v3/objects/contacts/${id}`,
        'PATCH',
        { properties },
        `Bearer ${SANDBOX_CREDENTIALS.hubspot.token}`,
      ),
    payment: (invoiceId: string | number, price: string) =>
      send(`${urls.fakturownia}/banking/payments.json`, 'POST', {
        api_token: SANDBOX_CREDENTIALS.fakturownia.apiToken,
        banking_payment: { name: 'Przelew', price, invoice_ids: [Number(invoiceId)] },
      }),
  };
}
