import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { SANDBOX_CREDENTIALS, SANDBOX_WEBHOOK_SECRET } from '../../sandbox/server/vendors.ts';
import { type Product, startProduct } from '../e2e/product.ts';
import {
  addClient,
  addContact,
  addInvoice,
  addOrder,
  address,
  addShopCustomer,
  emptyDataset,
} from './sandbox-fixture.ts';

let product: Product;
let auditFolder: string;

/** The sandbox tells the product of every change, with the product's address as it is behind a proxy. */
beforeAll(async () => {
  const dataset = emptyDataset();
  addContact(dataset.hubspot, 501, { email: 'anna@palarnia.pl', firstName: 'Anna', lastName: 'Nowak' });
  addShopCustomer(dataset.woo, 12, { email: 'ewa@dom.pl', firstName: 'Ewa', lastName: 'Lis' });
  const own = { billing: address({ email: '', phone: '' }) };
  addShopCustomer(dataset.woo, 13, { ...own, email: 'inna@dom.pl', firstName: 'Zofia', lastName: 'Nowak' });
  addShopCustomer(dataset.woo, 14, { ...own, email: 'ola@dom.pl', firstName: 'Ola', lastName: 'Sroka' });
  addOrder(dataset.woo, 1001, { customerId: 12 });
  addOrder(dataset.woo, 1002, { customerId: 12 });
  addClient(dataset.fakturownia, 77, { email: 'biuro@firma.pl', name: 'Firma' });
  addInvoice(dataset.fakturownia, 3, { clientId: 77 });
  const webhookTimings = { batchMs: 1 };
  auditFolder = await mkdtemp(join(tmpdir(), 'jeden-webhooks-'));
  product = await startProduct({
    sandbox: { dataset, webhookTimings },
    env: { PUBLIC_URL: 'https://graph.example/api', AUDIT_FILE: join(auditFolder, 'audit.jsonl') },
  });
  const { control } = product.sandbox;
  const urlOf = (source: string) => `${product.url}/webhooks/${source}`;
  control.setWebhookTarget('hubspot', {
    url: urlOf('hubspot'),
    signedUrl: 'https://graph.example/api/webhooks/hubspot',
    clientSecret: SANDBOX_WEBHOOK_SECRET,
  });
  control.setWebhookTarget('woo', { url: urlOf('woo'), secret: SANDBOX_WEBHOOK_SECRET });
  control.setWebhookTarget('fakturownia', { url: urlOf('fakturownia'), apiToken: SANDBOX_WEBHOOK_SECRET });
  await control.webhooksIdle();
});

afterAll(async () => {
  await product?.[Symbol.asyncDispose]();
  await rm(auditFolder, { recursive: true });
});

test('an e-mail that changes in HubSpot finds the customer by the new address, and nobody by the old one', async () => {
  const byEmail = async (email: string) => {
    const query = 'query($email: EmailAddress!) { customerByEmail(email: $email) { id emails } }';
    const { customerByEmail } = await product.data<{ customerByEmail: { id: string; emails: string[] } | null }>(
      query,
      {
        email,
      },
    );
    return customerByEmail;
  };
  expect(await byEmail('anna@palarnia.pl')).toMatchObject({ id: 'hubspot:contact:501' });
  // Known as nobody's, so that the answer is in the cache.
  expect(await byEmail('anna@nowa.pl')).toBeNull();
  await patchContact(501, { email: 'anna@nowa.pl' });
  expect(await byEmail('anna@nowa.pl')).toEqual({ id: 'hubspot:contact:501', emails: ['anna@nowa.pl'] });
  expect(await byEmail('anna@palarnia.pl')).toBeNull();
});

test('a new contact is found by the address by which nobody was found before', async () => {
  const query = '{ customerByEmail(email: "zofia@dom.pl") { displayName } }';
  expect(await product.data(query)).toEqual({ customerByEmail: null });
  const response = await hubspot('POST', '/crm/v3/objects/contacts', {
    properties: { email: 'zofia@dom.pl', firstname: 'Zofia', lastname: 'Maj' },
  });
  expect(response.status).toBe(201);
  await product.sandbox.control.webhooksIdle();
  await untilKnown(async () => (await product.data<{ customerByEmail: object | null }>(query)).customerByEmail);
});

test('after a webhook on one order the new value is served, for one call', async () => {
  const query = '{ customerByEmail(email: "ewa@dom.pl") { orders { nodes { number statusRaw } } } }';
  const statuses = async () => {
    const { customerByEmail } = await product.data<{
      customerByEmail: { orders: { nodes: { number: string; statusRaw: string }[] } };
    }>(query);
    return Object.fromEntries(customerByEmail.orders.nodes.map(({ number, statusRaw }) => [number, statusRaw]));
  };
  const before = await statuses();
  expect(before['1001']).not.toBe('cancelled');
  product.sandbox.control.resetCalls();
  await statuses();
  expect(callsTo('woo')).toEqual({});
  await woo('PUT', '/wp-json/wc/v3/orders/1001', { status: 'cancelled' });
  product.sandbox.control.resetCalls();
  expect(await statuses()).toEqual({ ...before, 1001: 'cancelled' });
  await statuses();
  expect(callsTo('woo')).toEqual({ 'GET /wp-json/wc/v3/orders': 1 });
  expect([callsTo('hubspot'), callsTo('fakturownia')]).toEqual([{}, {}]);
});

test('a changed property of a contact costs one call', async () => {
  const query =
    '{ customer(id: "hubspot:contact:501") { displayName lifecycleStage deals { nodes { name } } contacts { nodes { id } } } }';
  const name = async () => (await product.data<{ customer: { displayName: string } }>(query)).customer.displayName;
  expect(await name()).toBe('Anna Nowak');
  product.sandbox.control.resetCalls();
  await name();
  expect(callsTo('hubspot')).toEqual({});
  await patchContact(501, { firstname: 'Zofia' });
  product.sandbox.control.resetCalls();
  expect(await name()).toBe('Zofia Nowak');
  await name();
  expect(callsTo('hubspot')).toEqual({ 'POST /crm/v3/objects/contacts/batch/read': 1 });
  expect([callsTo('woo'), callsTo('fakturownia')]).toEqual([{}, {}]);
});

test('an account that changes its address is found by the new one alone', async () => {
  const nameBy = async (email: string) => {
    const query = 'query($email: EmailAddress!) { customerByEmail(email: $email) { id } }';
    return (
      (await product.data<{ customerByEmail: { id: string } | null }>(query, { email })).customerByEmail?.id ?? null
    );
  };
  expect([await nameBy('ewa@dom.pl'), await nameBy('ewa@nowa.pl')]).toEqual(['woo:customer:12', null]);
  await woo('PUT', '/wp-json/wc/v3/customers/12', { email: 'ewa@nowa.pl' });
  expect(await nameBy('ewa@nowa.pl')).toBe('woo:customer:12');
});

test('a paid invoice shows as paid at once', async () => {
  const query = '{ customerByEmail(email: "biuro@firma.pl") { invoices { nodes { number paymentStatus } } } }';
  const status = async () => {
    const { customerByEmail } = await product.data<{
      customerByEmail: { invoices: { nodes: { paymentStatus: string }[] } };
    }>(query);
    return customerByEmail.invoices.nodes[0]?.paymentStatus;
  };
  expect(await status()).not.toBe('PAID');
  const { apiToken } = SANDBOX_CREDENTIALS.fakturownia;
  const url = `${product.sandbox.urls.fakturownia}/invoices/3/change_status.json?status=paid&api_token=${apiToken}`;
  expect((await fetch(url, { method: 'POST' })).status).toBe(200);
  await product.sandbox.control.webhooksIdle();
  expect(await status()).toBe('PAID');
});

test('a record that comes to have a known customer’s address is theirs at once', async () => {
  const sourcesOf = async (email: string) => {
    const query = 'query ($email: EmailAddress!) { customerByEmail(email: $email) { sources { reference } } }';
    const { customerByEmail } = await product.data<{ customerByEmail: { sources: { reference: string }[] } }>(query, {
      email,
    });
    return customerByEmail.sources.map(({ reference }) => reference);
  };
  await patchContact(501, { email: 'anna@praca.pl' });
  expect(await sourcesOf('anna@praca.pl')).toEqual(['hubspot:contact:501']);
  await woo('PUT', '/wp-json/wc/v3/customers/13', { email: 'anna@praca.pl' });
  expect(await sourcesOf('anna@praca.pl')).toEqual(['hubspot:contact:501', 'woo:customer:13']);

  expect(await sourcesOf('ola@dom.pl')).toEqual(['woo:customer:14']);
  await hubspot('POST', '/crm/v3/objects/contacts', {
    properties: { email: 'ola@dom.pl', firstname: 'Ola', lastname: 'Sroka' },
  });
  // HubSpot tells of a new record without its values: these are read first.
  await untilKnown(async () => (await sourcesOf('ola@dom.pl')).find((one) => one.startsWith('hubspot:')) ?? null);
});

function callsTo(vendor: 'hubspot' | 'woo' | 'fakturownia'): Record<string, number> {
  const { byRoute } = product.sandbox.control.calls()[vendor];
  return Object.fromEntries(
    Object.entries(byRoute).map(([route, count]) => [route.split(' ').slice(0, 2).join(' '), count]),
  );
}

async function patchContact(id: number, properties: object): Promise<void> {
  expect((await hubspot('PATCH', `/crm/v3/objects/contacts/${id}`, { properties })).status).toBe(200);
  await product.sandbox.control.webhooksIdle();
}

function hubspot(method: string, path: string, body: object): Promise<Response> {
  return send(`${product.sandbox.urls.hubspot}${path}`, method, `Bearer ${SANDBOX_CREDENTIALS.hubspot.token}`, body);
}

async function woo(method: string, path: string, body: object): Promise<void> {
  const { consumerKey, consumerSecret } = SANDBOX_CREDENTIALS.woo;
  const credentials = Buffer.from(`${consumerKey}:${consumerSecret}`).toString('base64');
  const response = await send(`${product.sandbox.urls.woo}${path}`, method, `Basic ${credentials}`, body);
  expect(response.status).toBe(200);
  await product.sandbox.control.webhooksIdle();
}

function send(url: string, method: string, authorization: string, body: object): Promise<Response> {
  const headers = { authorization, 'content-type': 'application/json' };
  return fetch(url, { method, headers, body: JSON.stringify(body) });
}

/** A creation tells no values: what finds the record is known once it is read. */
async function untilKnown(read: () => Promise<unknown>): Promise<void> {
  const giveUpAt = performance.now() + 10_000;
  while ((await read()) === null) {
    expect(performance.now()).toBeLessThan(giveUpAt);
    await wait(20);
  }
}
