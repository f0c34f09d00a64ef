import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import {
  hubspotEvent,
  hubspotHeaders,
  type Receiver,
  SECRETS,
  startReceiver,
  wooHeaders,
} from '../contract/webhooks-fixture.ts';

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

test('an unknown source is not there, whatever is sent, and nothing of its body is read', async () => {
  for (const source of ['shopify', 'HUBSPOT', 'hubspot%2f', '__proto__', 'constructor', 'toString']) {
    expect(await receiver.post(`/webhooks/${source}`, '{}')).toBe(404);
  }
  expect(await receiver.post('/webhooks/shopify', 'x'.repeat(5_000_000), { 'content-type': 'text/plain' })).toBe(404);
  expect(new Set(receiver.takeOutcomes())).toEqual(new Set(['unknown unknown']));
});

test('other types, alphabets and compressions are refused before anything is verified', async () => {
  const body = JSON.stringify({ id: 7 });
  const send = (sent: string | Buffer, headers: Record<string, string>) =>
    receiver.post('/webhooks/woo', sent, { ...wooHeaders(sent, 'order.updated', 'd2'), ...headers });
  const refused = [
    await send(body, { 'content-type': 'text/plain' }),
    await send(body, { 'content-type': 'application/xml' }),
    await send(body, { 'content-type': 'multipart/form-data; boundary=x' }),
    await send(Buffer.from(body, 'utf16le'), { 'content-type': 'application/json; charset=utf-16le' }),
    await send(body, { 'content-type': 'application/json; charset=iso-8859-2' }),
    await send(gzipSync(body), { 'content-encoding': 'gzip' }),
  ];
  expect(refused).toEqual(refused.map(() => 415));
  expect(receiver.takeOutcomes()).toEqual(refused.map(() => 'woo wrong_type'));
  expect(await send(body, { 'content-type': 'application/json; charset=UTF-8' })).toBe(200);
});

test('a body beyond two megabytes is refused', async () => {
  const body = JSON.stringify({ id: 7, note: 'x'.repeat(2 * 1024 * 1024) });
  expect(await receiver.post('/webhooks/woo', body, wooHeaders(body, 'order.updated', 'd3'))).toBe(413);
  expect(receiver.takeOutcomes()).toEqual(['woo too_large']);
});

test('what is signed but not what the vendor sends is refused, and harms nothing', async () => {
  const bodies = ['', '{', 'null', '[]', '{"id":"7"}', '{"id":-1}', '{"id":7.5}', '"7"', '\u0000'];
  for (const body of bodies) {
    expect(await receiver.post('/webhooks/woo', body, wooHeaders(body, 'order.updated', 'd4'))).toBe(400);
  }
  const invalid = Buffer.from([0x7b, 0x22, 0x69, 0x64, 0x22, 0x3a, 0x37, 0x2c, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d]);
  expect(await receiver.post('/webhooks/woo', invalid, wooHeaders(invalid, 'order.updated', 'd5'))).toBe(400);
  const text = '{"subscriptionType":"contact.deletion"}';
  expect(await receiver.post('/webhooks/hubspot', text, hubspotHeaders(text))).toBe(400);
  expect(receiver.takeOutcomes().every((outcome) => outcome.endsWith('malformed'))).toBe(true);
});

test('ids that are no ids lead nowhere: they are ignored', async () => {
  const events = ['../admin', '1?x=', '__proto__', '', ' 1', '1e3', '٣'].map((objectId) =>
    hubspotEvent({ subscriptionType: 'contact.propertyChange', propertyName: 'email', objectId }),
  );
  const body = JSON.stringify(events);
  expect(await receiver.post('/webhooks/hubspot', body, hubspotHeaders(body))).toBe(200);
  await receiver.idle();
  expect(receiver.takeOutcomes()).toEqual(['hubspot ignored']);
  expect(receiver.takeReread()).toEqual([]);
});

test('a body built to be slow or deep is refused like any other, before anybody is known', async () => {
  const bodies = ['['.repeat(1_000_000), `[${'1.5,'.repeat(400_000)}1]`, `{"a":${'{"a":'.repeat(100_000)}1`];
  for (const body of bodies) expect(await receiver.post('/webhooks/fakturownia', body)).toBe(401);
  const deep = '['.repeat(500_000) + ']'.repeat(500_000);
  expect(await receiver.post('/webhooks/fakturownia', deep)).toBe(401);
  expect(await receiver.post('/webhooks/woo', deep, wooHeaders(deep, 'order.updated', 'd8'))).toBe(400);
});

test('only POST is there', async () => {
  for (const method of ['GET', 'PUT', 'DELETE', 'PATCH']) {
    const response = await fetch(`${receiver.url}/webhooks/woo`, { method });
    expect(response.status).toBe(404);
  }
});

test('no body, secret or signature is ever logged', async () => {
  const canary = 'kanarek@dom.pl';
  const body = JSON.stringify({ id: 7, customer_id: 12, billing: { email: canary, phone: '600100200' } });
  const headers = wooHeaders(body, 'order.updated', 'd6');
  await receiver.post('/webhooks/woo', body, headers);
  await receiver.post('/webhooks/woo', body, { ...headers, 'x-wc-webhook-signature': 'wrong' });
  await receiver.post('/webhooks/woo', `${body}}`, wooHeaders(`${body}}`, 'order.updated', 'd7'));
  const token = JSON.stringify({
    api_token: SECRETS.fakturownia,
    kind: 'client:update',
    id: 1,
    client: { email: canary },
  });
  await receiver.post('/webhooks/fakturownia', token);
  const log = receiver.log();
  expect(log).toContain('"outcome":"unsigned"');
  const planted = [canary, '600100200', ...Object.values(SECRETS), headers['x-wc-webhook-signature']];
  expect(planted.filter((text) => log.includes(text))).toEqual([]);
});
