import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { recordTag } from '../../subgraphs/shared/record-cache.ts';
import { startRedis, type TestRedis } from '../setup/redis.ts';
import { until } from '../setup/until.ts';
import { createVendor, order, orderKey, startReplica } from './record-cache-fixture.ts';

let redis: TestRedis;
beforeAll(async () => {
  redis = await startRedis();
}, 60_000);
afterAll(async () => redis[Symbol.asyncDispose]());

/** With room for a busy machine, far from what waiting for a hanging Redis would take. */
const MISS_MS = 1000;

async function timed<T>(work: Promise<T>): Promise<number> {
  const startMs = performance.now();
  await work;
  return performance.now() - startMs;
}

test('a hanging Redis costs 50 ms once, then nothing; what it said before is not served on; it is used again by itself', async () => {
  await using one = await startReplica(redis.url, { deadlineMs: 50 });
  await using other = await startReplica(redis.url, { deadlineMs: 50 });
  const key = orderKey('hung');
  let version = 1;
  const vendor = createVendor(({ id }) => order(id, version));
  await one.getMany([key], vendor.load);
  redis.pause();
  try {
    version = 2;
    const isAway = () => one.getMany([orderKey('not there')], vendor.load);
    expect(await timed(isAway())).toBeLessThan(MISS_MS);
    await until(async () => (await one.peekMany([key]))[0] === null);
    const many = async () => {
      for (let index = 0; index < 100; index += 1) await one.getMany([key], vendor.load);
    };
    expect(await timed(many())).toBeLessThan((100 * 50) / 2);
    expect(await one.getMany([key], vendor.load)).toMatchObject([{ version: 2 }]);
    expect(await timed(one.invalidate([recordTag(key)]))).toBeLessThan(MISS_MS);
  } finally {
    redis.resume();
  }
  await Promise.all([until(one.isKeeping), until(other.isKeeping)]);
  expect(await other.peekMany([key])).toEqual([null]);
});

test('a Redis that is gone fails no read, and is used again within 10 s; nothing invalidated meanwhile comes back', async () => {
  await using one = await startReplica(redis.url, { deadlineMs: 50 });
  const key = orderKey('gone');
  const vendor = createVendor(({ id }) => order(id));
  await one.getMany([key], vendor.load);
  await redis.stop();
  const reads = Array.from({ length: 200 }, (_, index) => one.getMany([orderKey(`x${index}`)], vendor.load));
  expect(await timed(Promise.all(reads))).toBeLessThan(MISS_MS);
  expect(await one.invalidate([recordTag(key)])).toBe(0);
  await redis.start();
  await until(one.isKeeping, 10_000);
  expect(await one.peekMany([key])).toEqual([null]);
}, 30_000);

test('a process that starts without Redis serves, and takes it when it is there', async () => {
  await redis.stop();
  const starting = startReplica(redis.url, { deadlineMs: 50 });
  await redis.start();
  await using one = await starting;
  const key = orderKey('late');
  await one.get(key, async () => order('late'));
  expect(await one.peekMany([key])).toMatchObject([{ id: 'late' }]);
}, 30_000);

test('nobody waits after an outage for whoever was loading when it began', async () => {
  await using one = await startReplica(redis.url, { deadlineMs: 50 });
  await using other = await startReplica(redis.url, { deadlineMs: 50 });
  const key = orderKey('being loaded');
  const loading = Promise.withResolvers<void>();
  const first = one.get(key, async () => {
    redis.pause();
    await loading.promise;
    return order('being loaded');
  });
  await until(async () => (await one.peekMany([orderKey('no')]))[0] === null && !(await one.isKeeping()));
  loading.resolve();
  await first;
  redis.resume();
  await until(other.isKeeping);
  expect(await timed(other.get(key, async () => order('being loaded', 2)))).toBeLessThan(MISS_MS);
}, 30_000);
