import { expect, test } from '@jest/globals';
import { startAllInOne } from '../../gateway/all-in-one/main.ts';
import { sandboxEnvironment } from '../../gateway/all-in-one/sandbox-environment.ts';
import { SANDBOX_CREDENTIALS, SANDBOX_WEBHOOK_SECRET } from '../../sandbox/server/vendors.ts';
import { startSandbox } from '../../sandbox/start.ts';
import { startAccounting } from '../../subgraphs/accounting/main.ts';
import { startCrm } from '../../subgraphs/crm/main.ts';
import { startShop } from '../../subgraphs/shop/main.ts';
import { addContact, addInvoice, addOrder, emptyDataset } from './sandbox-fixture.ts';

const OWN = { PORT: '0', LOG_LEVEL: 'silent', UNSIGNED_CALLERS: 'allow' };

test('a domain that runs as a service takes the webhooks of its sources', async () => {
  const dataset = emptyDataset();
  addContact(dataset.hubspot, 501);
  addOrder(dataset.woo, 1001);
  addInvoice(dataset.fakturownia, 3);
  await using sandbox = await startSandbox({ dataset, webhookTimings: { batchMs: 1 } });
  const env = { ...sandboxEnvironment(sandbox), ...OWN, WEBHOOKS_BASE_URL: 'https://hooks.example/' };
  await using crm = await startCrm(env);
  await using shop = await startShop(env);
  await using accounting = await startAccounting(env);
  const { control } = sandbox;
  control.setWebhookTarget('hubspot', {
    url: `${crm.url}/webhooks/hubspot`,
    signedUrl: 'https://hooks.example/webhooks/hubspot',
    clientSecret: SANDBOX_WEBHOOK_SECRET,
  });
  control.setWebhookTarget('woo', { url: `${shop.url}/webhooks/woo`, secret: SANDBOX_WEBHOOK_SECRET });
  const url = `${accounting.url}/webhooks/fakturownia`;
  control.setWebhookTarget('fakturownia', { url, apiToken: SANDBOX_WEBHOOK_SECRET });

  const ask = async (query: string) => {
    const headers = { 'content-type': 'application/json' };
    const response = await fetch(`${shop.url}/graphql`, { method: 'POST', headers, body: JSON.stringify({ query }) });
    return ((await response.json()) as { data: unknown }).data;
  };
  const query = '{ orderByNumber(number: "1001") { statusRaw } }';
  expect(await ask(query)).toEqual({ orderByNumber: { statusRaw: 'completed' } });
  await changeEach(sandbox.urls);
  await control.webhooksIdle();
  expect(await ask(query)).toEqual({ orderByNumber: { statusRaw: 'cancelled' } });
  expect(await webhooksCounted([crm, shop, accounting])).toEqual([
    'jeden_webhooks_total{source="fakturownia",outcome="accepted"} 1',
    'jeden_webhooks_total{source="hubspot",outcome="accepted"} 1',
    'jeden_webhooks_total{source="woo",outcome="accepted"} 1',
    'jeden_webhooks_total{source="woo",outcome="ping"} 1',
  ]);
});

test('a source without a secret takes no webhooks', async () => {
  await using sandbox = await startSandbox({ dataset: emptyDataset() });
  await using shop = await startShop({ ...sandboxEnvironment(sandbox), ...OWN, WOO_WEBHOOK_SECRET: '' });
  const response = await fetch(`${shop.url}/webhooks/woo`, { method: 'POST', body: '{"id":1}' });
  expect(response.status).toBe(404);
});

test("npm start's sandbox tells the product of what changes in it", async () => {
  const running = await startAllInOne({ PORT: '0', LOG_LEVEL: 'silent', SANDBOX_CUSTOMERS: '20' });
  try {
    const { sandbox } = running;
    const id = [...sandbox!.dataset.hubspot.contacts.keys()][0]!;
    await changeContact(sandbox!.urls.hubspot, id);
    await sandbox!.control.webhooksIdle();
    expect(await webhooksCounted([running])).toContain('jeden_webhooks_total{source="hubspot",outcome="accepted"} 1');
  } finally {
    await running.close();
  }
});

async function changeEach(urls: Record<'hubspot' | 'woo' | 'fakturownia', string>): Promise<void> {
  await changeContact(urls.hubspot, 501);
  const { consumerKey, consumerSecret } = SANDBOX_CREDENTIALS.woo;
  const authorization = `Basic ${Buffer.from(`${consumerKey}:${consumerSecret}`).toString('base64')}`;
  await send(`${urls.woo}/wp-json/wc/v3/orders/1001`, 'PUT', { authorization }, { status: 'cancelled' });
  const { apiToken } = SANDBOX_CREDENTIALS.fakturownia;
  await send(`${urls.fakturownia}/invoices/3/change_status.json?status=paid&api_token=${apiToken}`, 'POST', {}, {});
}

async function changeContact(url: string, id: number): Promise<void> {
  const authorization = `Bearer ${SANDBOX_CREDENTIALS.hubspot.token}`;
  const properties = { firstname: 'Zofia-Maria' };
  await send(`${url}/crm/v3/objects/contacts/${id}`, 'PATCH', { authorization }, { properties });
}

async function send(url: string, method: string, headers: Record<string, string>, body: object): Promise<void> {
  const response = await fetch(url, {
    method,
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
  expect(response.status).toBe(200);
}

async function webhooksCounted(parts: readonly { adminUrl: string | null }[]): Promise<string[]> {
  const scrape = async ({ adminUrl }: { adminUrl: string | null }) => (await fetch(`${adminUrl}/metrics`)).text();
  const texts = await Promise.all(parts.map(scrape));
  return texts.flatMap((text) => text.match(/^jeden_webhooks_total\{.*$/gm) ?? []).sort();
}
