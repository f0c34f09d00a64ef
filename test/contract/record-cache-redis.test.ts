import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { createClient } from 'redis';
import { recordTag } from '../../subgraphs/shared/record-cache.ts';
import { startRedis, type TestRedis } from '../setup/redis.ts';
import { until } from '../setup/until.ts';
import { callContext, createVendor, failure, order, orderKey, startReplica } from './record-cache-fixture.ts';

let redis: TestRedis;
beforeAll(async () => {
  redis = await startRedis();
}, 60_000);
afterAll(async () => redis[Symbol.asyncDispose]());

/** Of one test alone. */
let used = 0;
function freshKey() {
  used += 1;
  return orderKey(`id-${used}`);
}

async function startPair(...options: Parameters<typeof startReplica> extends [string, ...infer R] ? R : never) {
  const [one, other] = await Promise.all([startReplica(redis.url, ...options), startReplica(redis.url, ...options)]);
  return {
    one,
    other,
    [Symbol.asyncDispose]: async () => {
      await Promise.all([one.close(), other.close()]);
    },
  };
}

async function openByHand() {
  const client = await createClient({ url: redis.url }).connect();
  return {
    client,
    /** Writes over everything that a record of the test could be read from. */
    spoil: async (write: (key: string) => Promise<unknown>) => {
      for (const name of await client.keys('jeden:cache3:{woo}:r:*')) await write(name);
    },
    [Symbol.asyncDispose]: async () => client.destroy(),
  };
}

test('what one replica read the other has, and warm reads need no round trip', async () => {
  await using pair = await startPair();
  const keys = [freshKey(), freshKey()];
  const vendor = createVendor(({ id }) => (id === keys[1]!.id ? null : order(id)));
  const answers = await pair.one.getMany(keys, vendor.load);
  expect(await pair.other.getMany(keys, vendor.load)).toEqual(answers);
  await pair.other.getMany(keys, vendor.load);
  expect(vendor.calls).toEqual([keys.map(({ id }) => id)]);
  const layers = pair.other.events.map((event) => (event.event === 'hit' ? event.layer : event.event));
  expect(layers).toEqual(['redis', 'redis', 'client-side', 'client-side']);
});

test('an invalidation in one replica reaches the other within 100 ms, by any tag', async () => {
  await using pair = await startPair();
  const key = freshKey();
  const list = { source: 'identity', type: 'list', id: key.id };
  const vendor = createVendor(() => order('1'));
  const read = () => pair.other.getMany([key, list], vendor.load, { tags: () => [recordTag(key)] });
  await read();
  await read();
  expect(vendor.calls).toHaveLength(1);
  expect(await pair.one.invalidate([recordTag(key)])).toBe(2);
  await until(async () => (await pair.other.peekMany([key, list])).every((value) => value === null), 100);
  expect(await pair.one.peekMany([key, list])).toEqual([null, null]);
});

test('1,000 reads of one cold key over two replicas make one call', async () => {
  await using pair = await startPair();
  const key = freshKey();
  const { promise: answered, resolve: answer } = Promise.withResolvers<void>();
  const vendor = createVendor(async ({ id }) => {
    await answered;
    return order(id);
  });
  const reads = Array.from({ length: 1000 }, (_, index) =>
    (index % 2 ? pair.one : pair.other).getMany([key], vendor.load),
  );
  await until(() => vendor.calls.length > 0);
  answer();
  const values = (await Promise.all(reads)).flat();
  expect(values).toEqual(values.map(() => order(key.id)));
  expect(vendor.calls).toHaveLength(1);
});

test('a replica that waited loads itself when the other one failed', async () => {
  await using pair = await startPair();
  const key = freshKey();
  const { promise: failed, resolve: fail } = Promise.withResolvers<void>();
  const begun = Promise.withResolvers<void>();
  const failing = pair.one.get(key, async () => {
    begun.resolve();
    await failed;
    throw failure('UPSTREAM_UNAVAILABLE');
  });
  await begun.promise;
  const waiting = pair.other.get(key, async () => order(key.id));
  expect(await Promise.race([waiting, pause(100, 'waits')])).toBe('waits');
  fail();
  await expect(failing).rejects.toMatchObject({ code: 'UPSTREAM_UNAVAILABLE' });
  expect(await waiting).toEqual(order(key.id));
});

test.each(['load', 'prime'])('a %s that began before another replica invalidated keeps nothing', async (way) => {
  await using pair = await startPair();
  const key = freshKey();
  const other = freshKey();
  const begun = Promise.withResolvers<void>();
  const { promise: answered, resolve: answer } = Promise.withResolvers<void>();
  const early = pair.one.get(way === 'load' ? key : other, async () => {
    const since = pair.one.startFill();
    begun.resolve();
    await answered;
    if (way === 'prime') pair.one.prime(key, order(key.id, 1), { since });
    return order(key.id, 1);
  });
  await begun.promise;
  await pair.other.invalidate([recordTag(key)]);
  answer();
  await early;
  const kept = [way === 'load' ? null : expect.objectContaining({ id: key.id })];
  expect(await pair.other.peekMany([other])).toEqual(kept);
  expect(await pair.other.peekMany([key])).toEqual([null]);
  expect(await pair.other.get(key, async () => order(key.id, 2))).toMatchObject({ version: 2 });
  expect(await pair.one.get(key, async () => order(key.id, 3))).toMatchObject({ version: 2 });
});

test('what is never loaded, only kept when it has come another way, is kept and invalidated as well', async () => {
  await using pair = await startPair();
  const key = { source: 'only-kept', type: 'customer', id: '1' };
  expect(await pair.one.peekMany([key])).toEqual([null]);
  pair.one.prime(key, { name: 'known' }, { since: pair.one.startFill() });
  await until(async () => (await pair.other.peekMany([key]))[0] !== null);
  expect(await pair.other.peekMany([key])).toEqual([{ name: 'known' }]);
  const since = pair.one.startFill();
  await pair.other.invalidate([recordTag(key)]);
  pair.one.prime(key, { name: 'from before' }, { since });
  pair.one.prime({ ...key, id: '2' }, { name: 'another' }, { since });
  await until(async () => (await pair.one.peekMany([{ ...key, id: '2' }]))[0] !== null);
  expect(await pair.one.peekMany([key])).toEqual([null]);
});

test('who asks after an invalidation elsewhere does not join a load from before', async () => {
  await using pair = await startPair();
  const key = freshKey();
  const begun = Promise.withResolvers<void>();
  const { promise: answered, resolve: answer } = Promise.withResolvers<void>();
  const early = pair.one.get(key, async () => {
    begun.resolve();
    await answered;
    return order(key.id, 1);
  });
  await begun.promise;
  await pair.other.invalidate([recordTag(key)]);
  await until(async () => (await pair.one.peekMany([key]))[0] === null);
  const late = pair.one.get(key, async () => order(key.id, 2));
  answer();
  expect(await early).toMatchObject({ version: 1 });
  expect(await late).toMatchObject({ version: 2 });
});

test('records that came along are kept in one round trip', async () => {
  await using pair = await startPair();
  await using hand = await openByHand();
  const keys = Array.from({ length: 100 }, freshKey);
  await pair.one.get(freshKey(), async () => {
    const since = pair.one.startFill();
    const before = await scriptCalls(hand.client);
    for (const key of keys) pair.one.prime(key, order(key.id), { since });
    await until(async () => (await pair.other.peekMany(keys)).every((value) => value !== null));
    expect((await scriptCalls(hand.client)) - before).toBe(1);
    return order('list');
  });
});

async function scriptCalls(client: { info(section: string): Promise<string> }): Promise<number> {
  const [, calls] = /cmdstat_evalsha:calls=(\d+)/.exec(await client.info('commandstats')) ?? [];
  return Number(calls);
}

test('keys that look alike are different records, and a record under another name is a miss', async () => {
  await using pair = await startPair();
  const keys = [
    { source: 'woo', type: 'a', id: '1b:2' },
    { source: 'woo', type: 'a1', id: 'b:2' },
    { source: 'woo', type: 'a|1:1', id: '2' },
    { source: 'woo', type: 'a', id: '1:1|2' },
  ];
  const vendor = createVendor(({ type, id }) => `${type} ${id}`);
  await pair.one.getMany(keys, vendor.load);
  expect(await pair.other.getMany(keys, vendor.load)).toEqual(keys.map(({ type, id }) => `${type} ${id}`));
  await using hand = await openByHand();
  const text = await hand.client.get((await hand.client.keys('jeden:cache3:{woo}:r:*'))[0]!);
  await hand.spoil((name) => hand.client.set(name, text!));
  const left = (await pair.other.peekMany(keys)).filter((value) => value !== null);
  expect(left.length).toBeLessThanOrEqual(1);
});

test.each(['', 'j', 'j[', 'zzzz', 'j[1,2]', '\u0000ÿ', 'list', 'HEADj[', 'HEADzzzz', 'HEADj[1,2]'])(
  'garbage in Redis is a miss: %j',
  async (garbage) => {
    await using pair = await startPair();
    await using hand = await openByHand();
    const key = freshKey();
    await pair.one.get(key, async () => order(key.id));
    await hand.spoil(async (name) => {
      // What scripts read of a record: then it looks like a good one.
      const [head = ''] = /^\d+:\d+:/.exec((await hand.client.get(name).catch(() => null)) ?? '') ?? [];
      await hand.client.del(name);
      const text = garbage.replace('HEAD', head);
      await (garbage === 'list' ? hand.client.rPush(name, 'x') : hand.client.set(name, text));
    });
    expect(await pair.other.get(key, async () => order(key.id, 2))).toMatchObject({ version: 2 });
    expect(await pair.one.get(key, async () => order(key.id, 3))).toMatchObject({ version: 2 });
  },
);

test('garbage where the state and the index stand costs records, never truth', async () => {
  await using pair = await startPair();
  await using hand = await openByHand();
  const key = freshKey();
  const read = (version: number) => pair.one.get(key, async () => order(key.id, version), { tags: () => ['woo:tag'] });
  await read(1);
  for (const name of await hand.client.keys('jeden:cache3:{woo}:t:*')) await hand.client.set(name, 'garbage');
  await pair.other.invalidate(['woo:tag']);
  await until(async () => (await pair.one.peekMany([key]))[0] === null, 100);
  await hand.client.set('jeden:cache3:{woo}:state', 'garbage');
  await read(2);
  expect(await pair.other.peekMany([key])).toMatchObject([{ version: 2 }]);
});

test('a stale copy is read anew behind by one replica alone', async () => {
  let nowMs = Date.now();
  await using pair = await startPair({
    now: () => nowMs,
    lifetimes: { rules: [{ ...rule(30_000), source: '*', lifetime: REVALIDATED }] },
  });
  const key = freshKey();
  let version = 1;
  const vendor = createVendor(({ id }) => order(id, version));
  await pair.one.getMany([key], vendor.load);
  version = 2;
  nowMs += 31_000;
  const reads = [pair.one, pair.other].map((one) => one.getMany([key], vendor.load, { context: callContext() }));
  const stale = [{ version: 1, source: { stale: true } }];
  expect(await Promise.all(reads)).toMatchObject([stale, stale]);
  await until(async () => (await pair.one.peekMany([key]))[0] !== null);
  await until(async () => (await pair.other.peekMany([key]))[0] !== null);
  expect(vendor.calls).toHaveLength(2);
});

test('what is erased is not kept by any replica, nor by one that knows the source later', async () => {
  await using pair = await startPair();
  const key = freshKey();
  const person = `woo:customer:${key.id}`;
  const read = (replica: Pick<typeof pair.one, 'get'>, of = key) =>
    replica.get(of, async () => order(of.id), { tags: () => [person] });
  await read(pair.one);
  expect(await pair.other.erase([person], Date.now() + 60_000)).toBe(1);
  const elsewhere = { ...key, source: `late${used}` };
  await read(pair.one);
  await read(pair.one, elsewhere);
  expect(await pair.other.peekMany([key, elsewhere])).toEqual([null, null]);
});

test('Redis tells nobody by its names whom it knows, and forgets indexes with their records', async () => {
  await using pair = await startPair({ lifetimes: { rules: [rule(200)] } });
  await using hand = await openByHand();
  const mail = 'jan.kowalski@example.com';
  await pair.one.get({ source: 'short', type: 'customer-email', id: mail }, async () => [mail], {
    tags: () => ['short:tag', mail],
  });
  const names = await hand.client.keys('*');
  expect(names.filter((name) => name.startsWith('jeden:cache3:{short}:t:'))).toHaveLength(4);
  expect(names.join()).not.toContain('kowalski');
  await until(async () => (await hand.client.keys('jeden:cache3:{short}:[rct]:*')).length === 0);
});

const REVALIDATED = { freshMs: 30_000, revalidateMs: 30_000, onErrorMs: 0 };

function rule(ms: number) {
  return { source: 'short', type: '*', lifetime: { freshMs: ms, revalidateMs: 0, onErrorMs: 0 } };
}
