import { setTimeout as wait } from 'node:timers/promises';
import { expect, test } from '@jest/globals';
import { UpstreamError } from '../../common/errors.ts';
import { hubspotEvent, hubspotHeaders, type Receiver, SECRETS, startReceiver, wooHeaders } from './webhooks-fixture.ts';

const order = (id: number) => ({ source: 'woo', type: 'order', id: String(id) });

test('it is answered while the upstream hangs, with the old value gone already', async () => {
  const upstream = Promise.withResolvers<void>();
  await using receiver = await startReceiver({ reread: () => upstream.promise });
  await receiver.keep(order(7));
  expect(await sendOrder(receiver, 7, 'd1')).toBe(200);
  expect(await receiver.has(order(7))).toBe(false);
  await untilReread(receiver, 'woo order 7');
  // The first re-read hangs still, and the next webhook is answered all the same.
  await receiver.keep(order(8));
  expect(await sendOrder(receiver, 8, 'd2')).toBe(200);
  expect(await receiver.has(order(8))).toBe(false);
  upstream.resolve();
  await receiver.idle();
});

test('a source that hangs holds no other', async () => {
  const upstream = Promise.withResolvers<void>();
  await using receiver = await startReceiver({
    reread: (source) => (source === 'woo' ? upstream.promise : Promise.resolve()),
  });
  await sendOrder(receiver, 7, 'd1');
  await untilReread(receiver, 'woo order 7');
  await sendInvoice(receiver, 3);
  await untilReread(receiver, 'fakturownia invoice 3');
  upstream.resolve();
});

test('many webhooks of one record are one re-read, of many records one batch', async () => {
  await using receiver = await startReceiver({ queue: { gatherMs: 1_000 } });
  await Promise.all(Array.from({ length: 20 }, () => sendInvoice(receiver, 3)));
  await Promise.all([4, 5, 6].map((id) => sendInvoice(receiver, id)));
  await receiver.idle();
  const read = receiver.takeReread();
  expect(read).toHaveLength(1);
  expect(read[0]!.replace('fakturownia invoice ', '').split(',').sort()).toEqual(['3', '4', '5', '6']);
  expect(receiver.takeOutcomes()).toEqual(Array.from({ length: 23 }, () => 'fakturownia accepted'));
});

test('a hundred events of HubSpot are one batch of each type', async () => {
  await using receiver = await startReceiver();
  const events = Array.from({ length: 100 }, (_, index) =>
    hubspotEvent({ subscriptionType: index % 2 ? 'deal.creation' : 'contact.creation', objectId: 1000 + index }),
  );
  const body = JSON.stringify(events);
  expect(await receiver.post('/webhooks/hubspot', body, hubspotHeaders(body))).toBe(200);
  await receiver.idle();
  expect(receiver.takeReread().map((line) => line.split(',').length)).toEqual([50, 50]);
});

test('an event that comes again is dropped, one that only shares its id is not', async () => {
  await using receiver = await startReceiver();
  const event = hubspotEvent({ subscriptionType: 'contact.propertyChange', propertyName: 'city', objectId: 501 });
  const other = { ...event, objectId: 502 };
  const send = (...list: object[]) => {
    const body = JSON.stringify(list);
    return receiver.post('/webhooks/hubspot', body, hubspotHeaders(body));
  };
  await send(event);
  await receiver.idle();
  await send({ ...event, attemptNumber: 1 });
  await send({ ...event, attemptNumber: 2 }, other);
  await receiver.idle();
  expect(receiver.takeOutcomes()).toEqual(['hubspot accepted', 'hubspot duplicate', 'hubspot accepted']);
  expect(receiver.takeReread()).toEqual(['hubspot contact 501', 'hubspot contact 502']);
});

test('WooCommerce gives two changes of one second one delivery id: both count, each once', async () => {
  await using receiver = await startReceiver();
  for (const id of [7, 8, 7]) await sendOrder(receiver, id, 'same-second');
  expect(receiver.takeOutcomes()).toEqual(['woo accepted', 'woo accepted', 'woo duplicate']);
});

test('a delivery id that somebody made up blocks nobody', async () => {
  await using receiver = await startReceiver();
  const forged = JSON.stringify({ id: 7 });
  const headers = { ...wooHeaders(forged, 'order.updated', 'd1'), 'x-wc-webhook-signature': 'forged' };
  expect(await receiver.post('/webhooks/woo', forged, headers)).toBe(401);
  expect(await sendOrder(receiver, 7, 'd1')).toBe(200);
  expect(receiver.takeOutcomes()).toEqual(['woo unsigned', 'woo accepted']);
});

test('what could not be invalidated is refused, and counts when it comes again', async () => {
  await using receiver = await startReceiver();
  const { invalidate } = receiver.cache;
  receiver.cache.invalidate = () => Promise.reject(new Error('the cache is broken'));
  expect(await sendOrder(receiver, 7, 'd1')).toBe(500);
  receiver.cache.invalidate = invalidate;
  await receiver.keep(order(7));
  expect(await sendOrder(receiver, 7, 'd1')).toBe(200);
  expect(await receiver.has(order(7))).toBe(false);
  expect(receiver.takeOutcomes()).toEqual(['woo failed', 'woo accepted']);
});

test('a failing upstream is asked again, but not for ever', async () => {
  await using receiver = await startReceiver({
    reread: () => Promise.reject(down()),
    queue: { gatherMs: 1, pauseMs: 1, maxAttempts: 3 },
  });
  await sendOrder(receiver, 7, 'd1');
  await receiver.idle();
  expect(receiver.takeReread()).toEqual(['woo order 7', 'woo order 7', 'woo order 7']);
  expect(receiver.log()).toContain('could not be read; they will be when asked for');
});

test('an upstream that comes back gets what failed before', async () => {
  let failures = 2;
  await using receiver = await startReceiver({
    reread: async () => {
      failures -= 1;
      if (failures >= 0) throw down();
    },
    queue: { gatherMs: 1, pauseMs: 1 },
  });
  await sendOrder(receiver, 7, 'd1');
  await receiver.idle();
  expect(receiver.takeReread()).toHaveLength(3);
  expect(receiver.log()).not.toContain('could not be read');
});

test('the queue is bounded: what comes beyond is only invalidated', async () => {
  const upstream = Promise.withResolvers<void>();
  await using receiver = await startReceiver({ reread: () => upstream.promise, queue: { gatherMs: 1, maxRecords: 2 } });
  await sendOrder(receiver, 1, 'd1');
  await untilReread(receiver, 'woo order 1');
  for (const id of [2, 3, 4]) await receiver.keep(order(id));
  for (const id of [2, 3, 4]) expect(await sendOrder(receiver, id, `d${id}`)).toBe(200);
  for (const id of [2, 3, 4]) expect(await receiver.has(order(id))).toBe(false);
  upstream.resolve();
  await receiver.idle();
  expect(receiver.takeReread()).toEqual(['woo order 2,3']);
});

test('a deleted record is not read anew, and of a merge only the one that is left', async () => {
  await using receiver = await startReceiver();
  const keys = [501, 502, 503].map((id) => ({ source: 'hubspot', type: 'contact', id: String(id) }));
  for (const key of keys) await receiver.keep(key);
  const merge = { primaryObjectId: 502, mergedObjectIds: [503], newObjectId: 502, objectId: 502 };
  const body = JSON.stringify([
    hubspotEvent({ subscriptionType: 'contact.privacyDeletion', objectId: 501 }),
    hubspotEvent({ subscriptionType: 'object.merge', objectTypeId: '0-1', ...merge }),
  ]);
  expect(await receiver.post('/webhooks/hubspot', body, hubspotHeaders(body))).toBe(200);
  await receiver.idle();
  expect(await Promise.all(keys.map(receiver.has))).toEqual([false, false, false]);
  expect(receiver.takeReread()).toEqual(['hubspot contact 502']);
});

test('a type of event that nobody knows, and another portal, are answered and ignored', async () => {
  await using receiver = await startReceiver({ portalId: '4711' });
  const foreign = { portalId: 4712, subscriptionType: 'contact.deletion', objectId: 501 };
  const contact = { source: 'hubspot', type: 'contact', id: '501' };
  await receiver.keep(contact);
  const events = [
    hubspotEvent({ subscriptionType: 'conversation.newMessage', objectId: 1 }),
    hubspotEvent({ subscriptionType: 'line_item.creation', objectId: 1 }),
    hubspotEvent({ subscriptionType: 'object.creation', objectTypeId: '2-123', objectId: 1 }),
    hubspotEvent(foreign),
    { anything: 'else' },
    null,
  ];
  const body = JSON.stringify(events);
  expect(await receiver.post('/webhooks/hubspot', body, hubspotHeaders(body))).toBe(200);
  const coupon = JSON.stringify({ id: 1 });
  expect(await receiver.post('/webhooks/woo', coupon, wooHeaders(coupon, 'coupon.updated', 'd1'))).toBe(200);
  expect(receiver.takeOutcomes()).toEqual(['hubspot ignored', 'woo ignored']);
  expect(await receiver.has(contact)).toBe(true);
});

function down(): UpstreamError {
  return new UpstreamError({
    code: 'UPSTREAM_UNAVAILABLE',
    message: 'down',
    source: 'woo',
    vendor: 'woocommerce',
    operation: 'orders.by_ids',
  });
}

function sendOrder(receiver: Receiver, id: number, delivery: string): Promise<number> {
  const body = JSON.stringify({ id, customer_id: 12 });
  return receiver.post('/webhooks/woo', body, wooHeaders(body, 'order.updated', delivery));
}

function sendInvoice(receiver: Receiver, id: number): Promise<number> {
  const body = { api_token: SECRETS.fakturownia, kind: 'invoice:update', id, invoice: { id, client_id: 3 } };
  return receiver.post('/webhooks/fakturownia', JSON.stringify(body));
}

async function untilReread(receiver: Receiver, line: string): Promise<void> {
  while (!receiver.takeReread().includes(line)) await wait(2);
}
