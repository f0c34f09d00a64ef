import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Client, Signature } from '@hubspot/api-client';
import { expect, test } from '@jest/globals';
import { SANDBOX_CREDENTIALS } from '../../sandbox/server/vendors.ts';
import { type Sandbox, startSandbox } from '../../sandbox/start.ts';
import { addContact, addInvoice, addOrder, emptyDataset } from './sandbox-fixture.ts';

const clientSecret = 'hubspot-client-secret';

test("HubSpot's own Signature accepts what the sandbox signs, and events come in one batch", async () => {
  await using receiver = await startReceiver();
  await using sandbox = await startSandbox({
    dataset: sampleDataset(),
    webhooks: { hubspot: { url: receiver.url, clientSecret } },
  });
  const { basicApi } = clientOf(sandbox).crm.contacts;
  await basicApi.update('1', { properties: { firstname: 'Ewa', city: 'Gdynia' } });
  await sandbox.control.webhooksIdle();

  const [delivery] = receiver.deliveries;
  expect(receiver.deliveries).toHaveLength(1);
  const header = (name: string) => String(delivery?.headers[name]);
  const isValid = (secret: string) =>
    Signature.isValid({
      signatureVersion: 'v3',
      signature: header('x-hubspot-signature-v3'),
      method: 'POST',
      clientSecret: secret,
      requestBody: delivery?.body ?? '',
      url: receiver.url,
      timestamp: Number(header('x-hubspot-request-timestamp')),
    });
  expect(isValid(clientSecret)).toBe(true);
  expect(isValid('another')).toBe(false);
  expect(JSON.parse(delivery?.body ?? '')).toMatchObject([
    {
      subscriptionType: 'contact.propertyChange',
      objectId: 1,
      propertyName: 'firstname',
      propertyValue: 'Ewa',
      attemptNumber: 0,
    },
    { subscriptionType: 'contact.propertyChange', objectId: 1, propertyName: 'city', propertyValue: 'Gdynia' },
  ]);
});

test('HubSpot tells of creations, merges and deletions, and tries again until it is heard', async () => {
  await using receiver = await startReceiver([500, 503]);
  await using sandbox = await startSandbox({
    dataset: sampleDataset(),
    webhooks: { hubspot: { url: receiver.url, clientSecret } },
    webhookTimings: { batchMs: 1_000, retryMs: 1 },
  });
  const { basicApi } = clientOf(sandbox).crm.contacts;
  const made = await basicApi.create({ properties: { email: 'nowa@firma.pl' }, associations: [] });
  await basicApi.merge({ primaryObjectId: '1', objectIdToMerge: made.id });
  await basicApi.archive('1');
  await sandbox.control.webhooksIdle();
  expect(receiver.deliveries.map(({ body }) => JSON.parse(body)[0].attemptNumber)).toEqual([0, 1, 2]);
  expect(JSON.parse(receiver.deliveries[2]?.body ?? '')).toMatchObject([
    { subscriptionType: 'contact.creation', objectId: Number(made.id) },
    { subscriptionType: 'contact.merge', primaryObjectId: 1, mergedObjectIds: [Number(made.id)] },
    { subscriptionType: 'contact.deletion', objectId: 1 },
  ]);
});

test('WooCommerce pings once, signs the REST object, and never tries again', async () => {
  const secret = 'woo-secret';
  await using receiver = await startReceiver([200, 500]);
  await using sandbox = await startSandbox({
    dataset: sampleDataset(),
    webhooks: { woo: { url: receiver.url, secret } },
  });
  await sandbox.control.webhooksIdle();
  await put(sandbox, { status: 'cancelled' });
  await sandbox.control.webhooksIdle();
  const [ping, delivery] = receiver.deliveries;
  expect(receiver.deliveries).toHaveLength(2);
  expect(ping).toMatchObject({
    body: 'webhook_id=1',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
  });
  const signature = createHmac('sha256', secret)
    .update(delivery?.body ?? '')
    .digest('base64');
  expect(delivery?.headers).toMatchObject({
    'x-wc-webhook-topic': 'order.updated',
    'x-wc-webhook-resource': 'order',
    'x-wc-webhook-event': 'updated',
    'x-wc-webhook-signature': signature,
    'x-wc-webhook-source': `${sandbox.urls.woo}/`,
    'x-wc-webhook-id': '1',
  });
  expect(JSON.parse(delivery?.body ?? '')).toMatchObject({ id: 5, status: 'cancelled', total: '135.28' });
});

test('WooCommerce switches off a webhook that fails more than five times in a row', async () => {
  await using receiver = await startReceiver([200, ...Array<number>(20).fill(500)]);
  await using sandbox = await startSandbox({
    dataset: sampleDataset(),
    webhooks: { woo: { url: receiver.url, secret: 's' } },
  });
  for (let change = 0; change < 9; change += 1) {
    await put(sandbox, { customer_note: `Zmiana ${change}` });
    await sandbox.control.webhooksIdle();
  }
  expect(receiver.deliveries).toHaveLength(1 + 6);
});

test('Fakturownia proves itself by the token in the body', async () => {
  const apiToken = 'shared-token';
  await using receiver = await startReceiver();
  await using sandbox = await startSandbox({ dataset: sampleDataset() });
  sandbox.control.setWebhookTarget('fakturownia', { url: receiver.url, apiToken });
  const url = `${sandbox.urls.fakturownia}/invoices/5/change_status.json?status=paid`;
  await fetch(`${url}&api_token=${SANDBOX_CREDENTIALS.fakturownia.apiToken}`, { method: 'POST' });
  await sandbox.control.webhooksIdle();
  expect(receiver.deliveries.map(({ body }) => JSON.parse(body))).toMatchObject([
    { api_token: apiToken, kind: 'invoice:update', id: 5, invoice: { id: 5, status: 'paid', paid_date: '2026-11-02' } },
  ]);
});

interface Delivery {
  headers: IncomingHttpHeaders;
  body: string;
}

/** Answers with the statuses given, in turn, then with 200. */
async function startReceiver(statuses: number[] = []) {
  const deliveries: Delivery[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    deliveries.push({ headers: request.headers, body: Buffer.concat(chunks).toString('utf8') });
    response.writeHead(statuses.shift() ?? 200).end();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/webhooks`;
  const close = async () => {
    server.closeAllConnections();
    server.close();
  };
  return { url, deliveries, [Symbol.asyncDispose]: close };
}

function sampleDataset() {
  const dataset = emptyDataset();
  addContact(dataset.hubspot, 1);
  addOrder(dataset.woo, 5);
  addInvoice(dataset.fakturownia, 5);
  return dataset;
}

function clientOf(sandbox: Sandbox): Client {
  return new Client({ accessToken: SANDBOX_CREDENTIALS.hubspot.token, basePath: sandbox.urls.hubspot });
}

function put(sandbox: Sandbox, change: object): Promise<Response> {
  const { consumerKey, consumerSecret } = SANDBOX_CREDENTIALS.woo;
  const authorization = `Basic ${Buffer.from(`${consumerKey}:${consumerSecret}`).toString('base64')}`;
  return fetch(`${sandbox.urls.woo}/wp-json/wc/v3/orders/5`, {
    method: 'PUT',
    headers: { authorization, 'content-type': 'application/json' },
    body: JSON.stringify(change),
  });
}
