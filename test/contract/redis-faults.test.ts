import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { connectRedis, type Redis } from '../../common/redis.ts';
import { startTcpProxy, type TcpProxy } from '../setup/faults/tcp-proxy.ts';
import { startRedis, type TestRedis } from '../setup/redis.ts';
import { until } from '../setup/until.ts';
import { createVendor, order, orderKey, startReplica } from './record-cache-fixture.ts';

let redis: TestRedis;
let proxy: TcpProxy;
let connection: Redis;
beforeAll(async () => {
  redis = await startRedis();
  proxy = await startTcpProxy(redis.url);
  connection = connectRedis({ url: proxy.url, name: 'test' });
  await connection.untilReady(5000);
  for (const name of NAMES) await connection.ask((client) => client.set(name, name));
}, 60_000);
afterAll(async () => {
  await connection.close();
  await proxy[Symbol.asyncDispose]();
  await redis[Symbol.asyncDispose]();
});

const NAMES = ['a', 'b', 'c', 'd'];
async function timed(work: Promise<unknown>): Promise<number> {
  const startMs = performance.now();
  await work;
  return performance.now() - startMs;
}

async function isWell(): Promise<boolean> {
  const answers = await Promise.all(NAMES.map((name) => connection.ask((client) => client.get(name)))).catch(() => []);
  return answers.join() === NAMES.join();
}

test.each(['garbage', 'half', 'cut', 'dead', 'hang'] as const)(
  '%s: no answer is taken for that to another question, and the connection is well again by itself',
  async (mode) => {
    await until(isWell);
    const got: [string, string | null][] = [];
    const failures: unknown[] = [];
    let isOn = true;
    const asking = NAMES.map(async (name) => {
      while (isOn) {
        const answer = connection.ask((client) => client.get(name));
        await answer.then(
          (value) => got.push([name, value]),
          (error: unknown) => failures.push(error),
        );
        // Calls that fail at once would keep the process from everything else.
        await new Promise((resolve) => setTimeout(resolve, 1));
      }
    });
    await until(() => got.length > 50);
    proxy.set({ mode });
    await until(() => failures.length > 50);
    proxy.set({ mode: 'pass' });
    const began = performance.now();
    await until(isWell);
    expect(performance.now() - began).toBeLessThan(10_000);
    isOn = false;
    await Promise.all(asking);
    expect(got.filter(([name, value]) => name !== value)).toEqual([]);
  },
  30_000,
);

test('a hanging Redis costs a request one deadline in all, over all connections of the process, and the next nothing', async () => {
  await until(isWell);
  // Long enough that a busy machine is not taken for a second deadline.
  const deadlineMs = 1500;
  await using patient = connectRedis({ url: proxy.url, name: 'patient', timeoutMs: deadlineMs });
  await patient.untilReady(5000);
  await using cache = await startReplica(proxy.url, { deadlineMs, alarm: patient.alarm });
  const vendor = createVendor(({ id }) => order(id));
  const request = async () => {
    for (let step = 0; step < 10; step += 1) {
      await patient.ask((client) => client.get('a')).catch(() => {});
      await cache.getMany([orderKey(`hanging ${step}`)], vendor.load);
      await cache.invalidate([`woo:order:${step}`]);
    }
  };
  await request();
  proxy.set({ mode: 'hang' });
  try {
    // Its thirty calls would take 45 seconds one after the other.
    expect(await timed(request())).toBeLessThan(2 * deadlineMs);
    expect(patient.isUsable()).toBe(false);
    expect(await timed(request())).toBeLessThan(deadlineMs);
  } finally {
    proxy.set({ mode: 'pass' });
  }
  await until(cache.isKeeping);
  await until(isWell);
}, 60_000);

test('what nobody waits for has its own deadline, and does not wait for a Redis that has been silent as long', async () => {
  await until(isWell);
  proxy.set({ mode: 'hang' });
  try {
    const write = () => connection.within(300, (client) => client.set('a', 'a'));
    expect(await timed(expect(write()).rejects.toThrow('Redis did not answer within 300 ms'))).toBeGreaterThan(200);
    await until(async () => (await timed(write().catch(() => {}))) < 100, 1500);
  } finally {
    proxy.set({ mode: 'pass' });
  }
});

test('what many ask of a hanging Redis is not kept for it', async () => {
  await until(isWell);
  proxy.set({ mode: 'hang' });
  try {
    await until(async () => !(await isWell()) && !connection.isUsable());
    const asked = await Promise.allSettled(
      Array.from({ length: 20_000 }, () => connection.ask((client) => client.get('a'))),
    );
    expect(new Set(asked.map((one) => one.status === 'rejected' && String(one.reason)))).toEqual(
      new Set(['Error: Redis is away']),
    );
  } finally {
    proxy.set({ mode: 'pass' });
  }
  await until(isWell);
});
