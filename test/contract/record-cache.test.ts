import { expect, test } from '@jest/globals';
import { createLifetimes } from '../../common/cache/lifetimes.ts';
import { createRecordCache } from '../../subgraphs/shared/record-cache.ts';
import { until } from '../setup/until.ts';
import { callContext, createVendor, failure, order, orderKey } from './record-cache-fixture.ts';

/** Served for half a minute more while a newer one is read. */
const RULE = {
  source: '*',
  type: '*',
  lifetime: { freshMs: 30_000, revalidateMs: 30_000, onErrorMs: 600_000 },
};

function underClock() {
  let nowMs = 1_000_000;
  const now = () => nowMs;
  const events: string[] = [];
  const cache = createRecordCache({
    now,
    lifetimes: createLifetimes({ rules: [RULE], random: () => 0 }),
    onEvent: ({ event }) => events.push(event),
  });
  const pass = (ms: number) => {
    nowMs += ms;
  };
  return { cache, events, now, pass };
}

test('a stale record is served at once, marked, and read anew behind, once', async () => {
  const { cache, pass } = underClock();
  let version = 1;
  const vendor = createVendor(({ id }) => order(id, version));
  await cache.getMany([orderKey('1')], vendor.load, { context: callContext() });
  version = 2;
  pass(31_000);
  const context = callContext();
  const served = await Promise.all([1, 2].map(() => cache.getMany([orderKey('1')], vendor.load, { context })));
  const stale = { version: 1, source: { stale: true, fetchedAt: '2026-01-01T00:00:00Z' } };
  expect(served).toMatchObject([[stale], [stale]]);
  expect(context.ages[0]).toMatchObject({ ageMs: 31_000, freshMs: 0, stale: { source: 'woo' } });
  await until(async () => (await cache.peekMany([orderKey('1')]))[0] !== null);
  expect(await cache.getMany([orderKey('1')], vendor.load)).toMatchObject([{ version: 2, source: { stale: false } }]);
  expect(vendor.calls).toEqual([['1'], ['1']]);
});

test('a re-read behind goes on when the request that caused it is over', async () => {
  const { cache, pass } = underClock();
  const signals: AbortSignal[] = [];
  const { promise: answered, resolve: answer } = Promise.withResolvers<void>();
  await cache.get(orderKey('1'), async () => order('1'), { context: callContext() });
  pass(31_000);
  const request = new AbortController();
  const reRead = async ({ signal }: { signal: AbortSignal }) => {
    signals.push(signal);
    await answered;
    return order('1', 2);
  };
  await cache.get(orderKey('1'), reRead, { context: callContext(request.signal) });
  await until(() => signals.length === 1);
  request.abort();
  answer();
  await until(async () => (await cache.peekMany([orderKey('1')]))[0] !== null);
  expect(signals[0]!.aborted).toBe(false);
});

test('a system that fails is stood in for by the last copy, for ten minutes', async () => {
  const { cache, pass, events } = underClock();
  await cache.get(orderKey('1'), async () => order('1'));
  const fail = async () => {
    throw failure('UPSTREAM_UNAVAILABLE');
  };
  pass(9 * 60_000);
  expect(await cache.get(orderKey('1'), fail)).toMatchObject({ source: { stale: true } });
  expect(events).toEqual(['miss', 'miss', 'stale']);
  pass(61_000);
  await expect(cache.get(orderKey('1'), fail)).rejects.toMatchObject({ code: 'UPSTREAM_UNAVAILABLE' });
});

test('wrong credentials are told, and what was invalidated never stands in', async () => {
  const { cache, pass } = underClock();
  await cache.get(orderKey('1'), async () => order('1'));
  pass(60_000);
  await expect(cache.get(orderKey('1'), () => Promise.reject(failure('UPSTREAM_AUTH')))).rejects.toMatchObject({
    code: 'UPSTREAM_AUTH',
  });
  const failing = cache.get(orderKey('1'), async () => {
    await cache.invalidate(['woo:order:1']);
    throw failure('UPSTREAM_UNAVAILABLE');
  });
  await expect(failing).rejects.toMatchObject({ code: 'UPSTREAM_UNAVAILABLE' });
});

test('what does not exist is kept for a shorter time', async () => {
  const { cache, pass } = underClock();
  const vendor = createVendor(() => null);
  const read = () => cache.getMany([orderKey('1')], vendor.load, { context: callContext() });
  expect(await read()).toEqual([null]);
  pass(9_999);
  await read();
  expect(vendor.calls).toHaveLength(1);
  pass(2);
  await read();
  expect(vendor.calls).toHaveLength(2);
});

test('a fill that began before an invalidation keeps nothing, and nobody who asks later joins it', async () => {
  const { cache } = underClock();
  const begun = Promise.withResolvers<void>();
  const { promise: answered, resolve: answer } = Promise.withResolvers<void>();
  const early = cache.get(orderKey('1'), async () => {
    begun.resolve();
    await answered;
    return order('1', 1);
  });
  await begun.promise;
  expect(await cache.invalidate(['woo:order:1'])).toBe(0);
  expect(await cache.get(orderKey('1'), async () => order('1', 2))).toMatchObject({ version: 2 });
  answer();
  expect(await early).toMatchObject({ version: 1 });
  expect(await cache.peekMany([orderKey('1')])).toMatchObject([{ version: 2 }]);
});

test('an invalidation removes by any tag, and by type, and answers how many went', async () => {
  const { cache } = underClock();
  const list = { source: 'woo', type: 'order-list', id: 'all' };
  await cache.get(list, async () => [order('1')], { tags: () => ['woo:order:1'] });
  await cache.getMany([orderKey('1'), orderKey('2')], async (keys) => keys.map(({ id }) => order(id)));
  expect(await cache.invalidate(['woo:order:1'])).toBe(2);
  expect(await cache.peekMany([list, orderKey('1'), orderKey('2')])).toMatchObject([null, null, { id: '2' }]);
  expect(await cache.invalidate(['woo:order:*'])).toBe(1);
});

test('what is erased is not kept again before its time', async () => {
  const { cache, now, pass } = underClock();
  await cache.get(orderKey('1'), async () => order('1'), { tags: () => ['woo:customer:7'] });
  expect(await cache.erase(['woo:customer:7'], now() + 60_000)).toBe(1);
  const read = () => cache.get(orderKey('1'), async () => order('1'), { tags: () => ['woo:customer:7'] });
  expect(await read()).toMatchObject({ id: '1' });
  expect(await cache.peekMany([orderKey('1')])).toEqual([null]);
  pass(60_001);
  await read();
  expect(await cache.peekMany([orderKey('1')])).toMatchObject([{ id: '1' }]);
});

test('no configuration keeps a person longer than the ceiling, stale copies included', async () => {
  const lifetime = { freshMs: 90_000, revalidateMs: 90_000, onErrorMs: 900_000 };
  const lifetimes = createLifetimes({
    rules: [{ source: '*', type: '*', lifetime }],
    personalMaxMs: 60_000,
    random: () => 0,
  });
  const instants = (type: string) => lifetimes.instants({ source: 'woo', type, id: '1' }, true, 0, { ttlMs: 1 });
  expect(instants('customer')).toEqual({
    fetchedAtMs: 0,
    freshUntilMs: 60_000,
    revalidateUntilMs: 60_000,
    staleUntilMs: 60_000,
  });
  expect(instants('product')).toMatchObject({ freshUntilMs: 90_000, staleUntilMs: 900_000 });
});

test('a rule for any source is for the systems: who was who is kept for the time that one of them is down', () => {
  const lifetime = { freshMs: 1_000, revalidateMs: 0, onErrorMs: 0 };
  const { instants } = createLifetimes({ rules: [{ source: '*', type: '*', lifetime }], random: () => 0 });
  const until = (source: string) =>
    instants({ source, type: 'customer', id: '1' }, true, 0, { ttlMs: 60_000 }).freshUntilMs;
  expect([until('woo'), until('identity')]).toEqual([1_000, 60_000]);
});
