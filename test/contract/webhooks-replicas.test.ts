import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { connectRedis, type Redis } from '../../common/redis.ts';
import { startRedis, type TestRedis } from '../setup/redis.ts';
import { hubspotEvent, hubspotHeaders, type Receiver, startReceiver, wooHeaders } from './webhooks-fixture.ts';

let server: TestRedis;
const connections: Redis[] = [];

beforeAll(async () => {
  server = await startRedis();
});

afterAll(async () => {
  await Promise.all(connections.map((redis) => redis.close()));
  await server?.[Symbol.asyncDispose]();
});

test('an event that reaches two replicas counts once', async () => {
  await using one = await startReplica();
  await using other = await startReplica();
  const events = Array.from({ length: 100 }, (_, index) =>
    hubspotEvent({ subscriptionType: 'contact.propertyChange', propertyName: 'city', objectId: 1 + index }),
  );
  const body = JSON.stringify(events);
  const send = (replica: Receiver) => replica.post('/webhooks/hubspot', body, hubspotHeaders(body));
  expect(await Promise.all([send(one), send(other)])).toEqual([200, 200]);
  expect(await send(other)).toBe(200);
  await Promise.all([one.idle(), other.idle()]);
  const read = [...one.takeReread(), ...other.takeReread()].flatMap((line) => line.split(' ')[2]!.split(','));
  expect(read.map(Number).sort((left, right) => left - right)).toEqual(events.map(({ objectId }) => objectId));
  expect(other.takeOutcomes().at(-1)).toBe('hubspot duplicate');
});

test('an event whose replica could not work it off counts at the next', async () => {
  await using one = await startReplica();
  await using other = await startReplica();
  one.cache.invalidate = () => Promise.reject(new Error('the cache is broken'));
  expect(await sendOrder(one, 7, 'd1')).toBe(500);
  expect(await sendOrder(other, 7, 'd1')).toBe(200);
  expect(other.takeOutcomes()).toEqual(['woo accepted']);
});

test('while Redis hangs or is away, webhooks are answered all the same, and each process drops its own duplicates', async () => {
  await using replica = await startReplica();
  server.pause();
  expect([await sendOrder(replica, 1, 'd2'), await sendOrder(replica, 1, 'd2')]).toEqual([200, 200]);
  server.resume();
  await server.stop();
  expect([await sendOrder(replica, 2, 'd3'), await sendOrder(replica, 2, 'd3')]).toEqual([200, 200]);
  await server.start();
  expect(replica.takeOutcomes()).toEqual(['woo accepted', 'woo duplicate', 'woo accepted', 'woo duplicate']);
});

async function startReplica(): Promise<Receiver> {
  const redis = connectRedis({ url: server.url, name: 'replica', timeoutMs: 1000 });
  connections.push(redis);
  expect(await redis.untilReady(5_000)).toBe(true);
  return startReceiver({ redis });
}

function sendOrder(receiver: Receiver, id: number, delivery: string): Promise<number> {
  const body = JSON.stringify({ id });
  return receiver.post('/webhooks/woo', body, wooHeaders(body, 'order.updated', delivery));
}
