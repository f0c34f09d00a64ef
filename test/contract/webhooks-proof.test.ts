import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import {
  hubspotEvent,
  hubspotHeaders,
  PUBLIC_URL,
  type Receiver,
  SECRETS,
  startReceiver,
  wooHeaders,
} from './webhooks-fixture.ts';

let receiver: Receiver;

beforeAll(async () => {
  receiver = await startReceiver();
});

afterAll(async () => receiver[Symbol.asyncDispose]());

beforeEach(async () => {
  await receiver.idle();
  receiver.takeOutcomes();
  receiver.takeReread();
});

const contact = { source: 'hubspot', type: 'contact', id: '501' };
const order = { source: 'woo', type: 'order', id: '7' };

test("what HubSpot's own SDK signs is genuine, and what it would refuse is not", async () => {
  await receiver.keep(contact);
  const body = JSON.stringify([hubspotEvent({ subscriptionType: 'contact.deletion', objectId: 501 })]);
  const good = hubspotHeaders(body);
  const refused = [
    {},
    { ...good, 'x-hubspot-signature-v3': '' },
    { ...good, 'x-hubspot-request-timestamp': String(Date.now() + 1) },
    { 'x-hubspot-signature-v3': good['x-hubspot-signature-v3']! },
    hubspotHeaders(body, { secret: 'another-secret' }),
    hubspotHeaders(body, { url: `${PUBLIC_URL}/webhooks/other` }),
    hubspotHeaders(body, { url: 'https://elsewhere.example/webhooks/hubspot' }),
    hubspotHeaders(`${body} `),
  ];
  for (const headers of refused) expect(await receiver.post('/webhooks/hubspot', body, headers)).toBe(401);
  expect(await receiver.has(contact)).toBe(true);
  expect(await receiver.post('/webhooks/hubspot', body, good)).toBe(200);
  expect(await receiver.has(contact)).toBe(false);
  expect(receiver.takeOutcomes()).toEqual([...refused.map(() => 'hubspot unsigned'), 'hubspot accepted']);
});

test('the signature covers the address with its query, of which HubSpot decodes some characters', async () => {
  const body = JSON.stringify([hubspotEvent({ subscriptionType: 'contact.deletion', objectId: 502 })]);
  const sent = '/webhooks/hubspot?app=a%40b%3Ac%2Fd%2C%3B%27%28%29%21%24%2A%3F&kept=%20%C5%82%26%25';
  const url = `${PUBLIC_URL}/webhooks/hubspot?app=a@b:c/d,;'()!$*?&kept=%20%C5%82%26%25`;
  expect(await receiver.post(sent, body, hubspotHeaders(body, { url }))).toBe(200);
  expect(await receiver.post(sent, body, hubspotHeaders(body, { url: `${PUBLIC_URL}${sent}` }))).toBe(401);
});

test('a genuine signature is of no use after five minutes, nor one of the future', async () => {
  const minutes = (count: number) => Date.now() + count * 60_000;
  const body = JSON.stringify([hubspotEvent({ subscriptionType: 'contact.deletion', objectId: 503 })]);
  const statuses = [];
  for (const timestamp of [minutes(-5.1), minutes(5.1), minutes(-4.9)]) {
    statuses.push(await receiver.post('/webhooks/hubspot', body, hubspotHeaders(body, { timestamp })));
  }
  expect(statuses).toEqual([401, 401, 200]);
  expect(receiver.takeOutcomes()).toEqual(['hubspot late', 'hubspot late', 'hubspot accepted']);
});

test("WooCommerce's signature is over the raw bytes", async () => {
  await receiver.keep(order);
  const body = Buffer.from('{ "id": 7,\n "billing": {"first_name": "Łucja \\u0142"} }', 'utf8');
  const good = wooHeaders(body, 'order.updated', 'd1');
  const same = Buffer.from(JSON.stringify(JSON.parse(body.toString())));
  const refused: [Buffer, Record<string, string>][] = [
    [body, wooHeaders(body, 'order.updated', 'd1', 'another-secret')],
    [body, { ...good, 'x-wc-webhook-signature': good['x-wc-webhook-signature'].replace(/=$/, '') }],
    [body, { ...good, 'x-wc-webhook-signature': createHmac('sha256', SECRETS.woo).update(body).digest('hex') }],
    [same, good],
    [body.subarray(0, -1), good],
    [Buffer.concat([body, Buffer.from('\n')]), good],
    [Buffer.alloc(0), good],
  ];
  for (const [sent, headers] of refused) expect(await receiver.post('/webhooks/woo', sent, headers)).toBe(401);
  expect(await receiver.has(order)).toBe(true);
  expect(await receiver.post('/webhooks/woo', body, good)).toBe(200);
  expect(await receiver.has(order)).toBe(false);
});

test('the ping of a new WooCommerce webhook, which nobody signs, is answered and changes nothing', async () => {
  await receiver.keep(order);
  const headers = { 'content-type': 'application/x-www-form-urlencoded' };
  expect(await receiver.post('/webhooks/woo', 'webhook_id=12', headers)).toBe(200);
  expect(await receiver.post('/webhooks/woo', 'webhook_id=12&id=7', headers)).toBe(401);
  expect(await receiver.post('/webhooks/fakturownia', 'webhook_id=12', headers)).toBe(401);
  expect(receiver.takeOutcomes()).toEqual(['woo ping', 'woo unsigned', 'fakturownia unsigned']);
  expect(await receiver.has(order)).toBe(true);
});

test('Fakturownia proves itself by the token in its body', async () => {
  const invoice = { source: 'fakturownia', type: 'invoice', id: '3' };
  await receiver.keep(invoice);
  const bodyWith = (values: object) => JSON.stringify({ kind: 'invoice:update', id: 3, ...values });
  const wrong = [{}, { api_token: 'another-token' }, { api_token: '' }, { api_token: [SECRETS.fakturownia] }];
  for (const values of wrong) expect(await receiver.post('/webhooks/fakturownia', bodyWith(values))).toBe(401);
  expect(await receiver.has(invoice)).toBe(true);
  const body = bodyWith({ api_token: SECRETS.fakturownia });
  expect(await receiver.post('/webhooks/fakturownia', body)).toBe(200);
  expect(await receiver.has(invoice)).toBe(false);
});

test("a subscriber of Medusa's signs, and a tool that can't has a name and a password", async () => {
  const body = JSON.stringify({ event: 'order.placed', data: { id: 'order_01' } });
  const signature = createHmac('sha256', SECRETS.medusa).update(body).digest('base64');
  const basic = (text: string) => ({ authorization: `Basic ${Buffer.from(text).toString('base64')}` });
  expect(await receiver.post('/webhooks/medusa', body, { 'x-webhook-signature': signature })).toBe(200);
  expect(await receiver.post('/webhooks/medusa', body, basic(SECRETS.legacy))).toBe(401);
  expect(await receiver.post('/webhooks/legacy', body, basic(SECRETS.legacy))).toBe(200);
  for (const text of ['n8n:', 'n8n', `x${SECRETS.legacy}`, ':a-password-of-some-length', '']) {
    expect(await receiver.post('/webhooks/legacy', body, basic(text))).toBe(401);
  }
  const bearer = { authorization: basic(SECRETS.legacy).authorization.replace('Basic', 'Bearer') };
  expect(await receiver.post('/webhooks/legacy', body, bearer)).toBe(401);
});
