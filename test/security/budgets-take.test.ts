import { expect, test } from '@jest/globals';
import { createLogger } from '../../common/log.ts';
import { connectRedis } from '../../common/redis.ts';
import { createBudgets, type Payer } from '../../gateway/budgets/budgets.ts';
import { openPurse } from '../../gateway/budgets/purse.ts';
import { startRedis, type TestRedis } from '../setup/redis.ts';

const PARTNER: Payer = {
  issuer: 'https://issuer.test',
  clientId: 'partner',
  subject: 'p',
  budget: null,
  address: '::1',
};
const ANONYMOUS: Payer = { issuer: null, clientId: null, subject: null, budget: null, address: '192.0.2.7' };

function collectLog() {
  const lines: string[] = [];
  const destination = { write: (line: string) => void lines.push(line) };
  return { log: createLogger({ level: 'trace', name: 'test', destination }), logged: () => lines.join('') };
}

const inMemory = () => createBudgets({ perMinute: 100, anonymousPerMinute: 10, redis: null, ...collectLog() });

async function replicaOn(redis: TestRedis) {
  const { log, logged } = collectLog();
  const connection = connectRedis({ url: redis.url, name: 'test', log });
  await connection.untilReady(5000);
  const budgets = createBudgets({ perMinute: 100, anonymousPerMinute: 10, redis: connection, log });
  return { ...budgets, connection, logged, [Symbol.asyncDispose]: connection.close };
}

test('each request takes its points until the budget is used up', async () => {
  const { take } = inMemory();
  expect(await take(PARTNER, 60)).toMatchObject({ allowed: true, limit: 100, remaining: 40 });
  expect(await take(PARTNER, 40)).toMatchObject({ allowed: true, limit: 100, remaining: 0 });
  const refused = await take(PARTNER, 1);
  expect(refused).toMatchObject({ allowed: false, limit: 100, remaining: 0 });
  expect(refused.resetMs).toBeGreaterThan(50_000);
  expect(refused.resetMs).toBeLessThanOrEqual(60_000);
});

test('what is refused costs nothing, so that a smaller request still fits', async () => {
  const { take } = inMemory();
  await take(PARTNER, 60);
  expect(await take(PARTNER, 50)).toMatchObject({ allowed: false, remaining: 40 });
  expect(await take(PARTNER, 40)).toMatchObject({ allowed: true, remaining: 0 });
});

test("a client's own budget counts before the gateway's", async () => {
  const { take } = inMemory();
  expect(await take({ ...PARTNER, budget: 500 }, 300)).toMatchObject({ allowed: true, limit: 500, remaining: 200 });
});

test('clients, issuers, subjects and addresses have budgets apart', async () => {
  const { take } = inMemory();
  const payers: Payer[] = [
    PARTNER,
    { ...PARTNER, clientId: 'other' },
    { ...PARTNER, issuer: 'https://other.test' },
    { ...PARTNER, clientId: null },
    { ...PARTNER, clientId: null, subject: 'partner' },
    { ...ANONYMOUS, budget: 100 },
    { ...ANONYMOUS, budget: 100, address: 'partner' },
  ];
  for (const payer of payers) expect(await take(payer, 100)).toMatchObject({ allowed: true, remaining: 0 });
});

test.each([
  ['the same client from another address', PARTNER, { ...PARTNER, address: '192.0.2.1' }, 0],
  ['the same client for another person', PARTNER, { ...PARTNER, subject: 'q' }, 0],
  ['another address', ANONYMOUS, { ...ANONYMOUS, address: '192.0.2.8' }, 9],
  ['the same address as IPv6 writes it', ANONYMOUS, { ...ANONYMOUS, address: '::ffff:192.0.2.7' }, 0],
  ['an address of the same IPv6 network', ...networks('2001:db8:1:2::1', '2001:0db8:0001:0002:ffff::9'), 0],
  ['an address of the next IPv6 network', ...networks('2001:db8:1:2::1', '2001:db8:1:3::1'), 9],
  ['a link-local address on another interface', ...networks('fe80::1%eth0', 'fe80::1%eth1'), 0],
  ['the loopback and its neighbour', ...networks('::1', '::2'), 0],
] as const)('%s', async (_what, first: Payer, second: Payer, remaining: number) => {
  const { take } = inMemory();
  const { limit } = await take(first, 1);
  await take(first, limit - 1);
  expect((await take(second, 1)).remaining).toBe(remaining);
});

function networks(...addresses: [string, string]): [Payer, Payer] {
  return [
    { ...ANONYMOUS, address: addresses[0] },
    { ...ANONYMOUS, address: addresses[1] },
  ];
}

test('requests at once never spend more than there is', async () => {
  const { take } = inMemory();
  const states = await Promise.all(Array.from({ length: 200 }, () => take(PARTNER, 1)));
  expect(states.filter(({ allowed }) => allowed)).toHaveLength(100);
});

test('replicas on one Redis share a budget, and Redis holds neither names nor addresses', async () => {
  await using redis = await startRedis();
  await using one = await replicaOn(redis);
  await using other = await replicaOn(redis);
  await one.take(PARTNER, 60);
  await one.take(ANONYMOUS, 1);
  expect(await other.take(PARTNER, 50)).toMatchObject({ allowed: false, remaining: 40 });
  expect(await other.take(PARTNER, 40)).toMatchObject({ allowed: true, remaining: 0 });
  expect(await one.take(PARTNER, 1)).toMatchObject({ allowed: false });
  const keys = await one.connection.client.keys('*');
  expect(keys).toHaveLength(2);
  expect(keys.join()).not.toMatch(/partner|issuer|192/);
  expect(await one.connection.client.ttl(keys[0]!)).toBeGreaterThan(50);
});

test('replicas at once never spend more than there is', async () => {
  await using redis = await startRedis();
  await using one = await replicaOn(redis);
  await using other = await replicaOn(redis);
  const takes = Array.from({ length: 150 }, (_, index) => (index % 2 ? one : other).take(PARTNER, 1));
  expect((await Promise.all(takes)).filter(({ allowed }) => allowed).length).toBeLessThanOrEqual(100);
});

test('while Redis is away each replica counts for itself', async () => {
  await using redis = await startRedis();
  await using one = await replicaOn(redis);
  await one.take(PARTNER, 90);
  await redis.stop();
  expect(await one.take(PARTNER, 60)).toMatchObject({ allowed: true, remaining: 40 });
  expect(await one.take(PARTNER, 60)).toMatchObject({ allowed: false, remaining: 40 });
});

test('a Redis that hangs holds one request for a moment, and the next ones not at all', async () => {
  await using redis = await startRedis();
  await using one = await replicaOn(redis);
  await one.take(PARTNER, 1);
  redis.pause();
  const states = [await one.take(PARTNER, 30), await one.take(PARTNER, 30), await one.take(PARTNER, 50)];
  expect(states.map(({ allowed, remaining }) => ({ allowed, remaining }))).toEqual([
    { allowed: true, remaining: 70 },
    { allowed: true, remaining: 40 },
    { allowed: false, remaining: 40 },
  ]);
  expect(one.logged().match(/budgets are counted in this process/g)).toHaveLength(1);
  redis.resume();
});

test('a purse that cannot pay says what is left and when it is full again, in error and headers', async () => {
  const budgets = inMemory();
  await openPurse(budgets, PARTNER).pay(60);
  const purse = openPurse(budgets, PARTNER);
  await expect(purse.pay(50)).rejects.toMatchObject({
    code: 'BUDGET_EXCEEDED',
    message: expect.stringMatching(
      /^The request costs 50 points; 40 of 100 points a minute are left for the next \d\d s$/,
    ),
    details: { points: 50, limit: 100, remaining: 40, retryAfterMs: expect.any(Number) },
  });
  expect(await purse.headers()).toEqual({
    'ratelimit-limit': '100',
    'ratelimit-remaining': '40',
    'ratelimit-reset': expect.stringMatching(/^\d\d$/),
    'retry-after': expect.stringMatching(/^\d\d$/),
  });
});

test('a request that never fits is told so', async () => {
  const purse = openPurse(inMemory(), PARTNER);
  await expect(purse.pay(101)).rejects.toMatchObject({ message: expect.stringContaining('it never fits') });
});

test('a request that was refused before it paid costs a point', async () => {
  const budgets = inMemory();
  const purse = openPurse(budgets, PARTNER);
  expect(await purse.headers()).toMatchObject({ 'ratelimit-remaining': '99' });
  expect(await purse.headers()).toMatchObject({ 'ratelimit-remaining': '99' });
});
