import { expect, test } from '@jest/globals';
import { createLogger } from '../../common/log.ts';
import { connectRedis } from '../../common/redis.ts';
import { SANDBOX_CREDENTIALS } from '../../sandbox/server/vendors.ts';
import { startSandbox } from '../../sandbox/start.ts';
import { createHubspotApi } from '../../subgraphs/crm/connectors/hubspot/api.ts';
import { hubspotConfigSchema } from '../../subgraphs/crm/connectors/hubspot/config.ts';
import { createUpstreamBudgets } from '../../subgraphs/shared/upstream/budgets.ts';
import type { UpstreamCallEvent } from '../../subgraphs/shared/upstream/client.ts';
import { createBackgroundContext } from '../../subgraphs/shared/upstream/context.ts';
import type { UpstreamLimit } from '../../subgraphs/shared/upstream/limits.ts';
import { startRedis, type TestRedis } from '../setup/redis.ts';
import { emptyDataset } from './sandbox-fixture.ts';
import { connect, mostWithin, startFakeUpstream, timed, times } from './upstream-fixture.ts';

const LIMIT: UpstreamLimit = { name: 'calls', points: 10, windowMs: 1000 };

/** What one process has of the vendors' budgets. */
async function replicaOn(redis: TestRedis, timeoutMs?: number) {
  const lines: string[] = [];
  const log = createLogger({ level: 'warn', name: 'test', destination: { write: (line) => void lines.push(line) } });
  const connection = connectRedis({ url: redis.url, name: 'test', log, timeoutMs });
  await connection.untilReady(5000);
  const budgets = createUpstreamBudgets({ redis: connection, log });
  return { budgets, connection, logged: () => lines.join(''), [Symbol.asyncDispose]: connection.close };
}

function inContext() {
  return createBackgroundContext({ priority: 'interactive', timeoutMs: 40_000 });
}

test('two replicas on one Redis make 150 calls and 10 searches at HubSpot, which enforces its limits, and none is refused', async () => {
  await using sandbox = await startSandbox({ dataset: emptyDataset(), limits: { hubspot: true } });
  await using redis = await startRedis();
  await using one = await replicaOn(redis);
  await using other = await replicaOn(redis);
  const statuses: (number | null)[] = [];
  const onCall = ({ status }: UpstreamCallEvent) => void statuses.push(status);
  const config = hubspotConfigSchema.parse({
    name: 'hubspot',
    url: sandbox.urls.hubspot,
    ...SANDBOX_CREDENTIALS.hubspot,
    timeoutMs: 40_000,
  });
  const apis = [one, other].map(({ budgets }) => createHubspotApi(config, { budgets, onCall }));
  await Promise.all([
    ...times(150, (index) => apis[index % 2]!.account(inContext())),
    ...times(10, (index) => apis[index % 2]!.search('contacts', { query: 'jan', limit: 1 }, inContext())),
  ]);
  await Promise.all(apis.map((api) => api.close()));
  expect(statuses).toEqual(times(160, () => 200));
  expect(sandbox.control.calls().hubspot.total).toBe(160);
}, 60_000);

test('replicas share the limit of a credential, whatever the source is called; another credential has its own', async () => {
  await using upstream = await startFakeUpstream();
  await using redis = await startRedis();
  await using one = await replicaOn(redis);
  await using other = await replicaOn(redis);
  await using a = connect(upstream.url, { source: 'a', credential: 'k', limits: [LIMIT] }, one);
  await using b = connect(upstream.url, { source: 'b', credential: 'k', limits: [LIMIT] }, other);
  await using c = connect(upstream.url, { source: 'c', credential: 'other', limits: [LIMIT] }, other);
  await Promise.all(times(20, (index) => (index % 2 ? a : b).ask()));
  const arrived = upstream.arrived.map(({ at }) => at);
  expect(mostWithin(1000, arrived)).toBeLessThanOrEqual(10);
  await Promise.all([a.ask({ operation: 'after-twenty' }), c.ask({ operation: 'first' })]);
  expect(upstream.arrived.slice(20).map(({ path }) => path)).toEqual(['/first', '/after-twenty']);
  const keys = await one.connection.client.keys('*');
  expect(keys.every((key) => /^jeden:upstream:\{[\w-]{22}\}:\w+$/.test(key))).toBe(true);
  const ttls = await Promise.all(keys.map((key) => one.connection.client.pTTL(key)));
  expect(ttls.every((ttl) => ttl > 0)).toBe(true);
});

test('while Redis is away each replica keeps to its share of what is left, and together again when it is back', async () => {
  await using upstream = await startFakeUpstream();
  await using redis = await startRedis();
  await using one = await replicaOn(redis);
  await using other = await replicaOn(redis);
  await using a = connect(upstream.url, { credential: 'k', limits: [LIMIT] }, one);
  await using b = connect(upstream.url, { credential: 'k', limits: [LIMIT] }, other);
  const askBoth = (count: number) => Promise.all(times(count, (index) => (index % 2 ? a : b).ask()));
  // One of them has used nearly all.
  for (const source of [a, b, a, a, a, a, a, b]) await source.ask();
  await redis.stop();
  await askBoth(20);
  await redis.start();
  await Promise.all([one, other].map(({ connection }) => connection.untilReady(5000)));
  await askBoth(20);
  expect(upstream.arrived).toHaveLength(48);
  expect(
    mostWithin(
      1000,
      upstream.arrived.map(({ at }) => at),
    ),
  ).toBeLessThanOrEqual(10);
}, 20_000);

test('a Redis that hangs holds one call for as long as it may, and the next ones not at all', async () => {
  await using upstream = await startFakeUpstream();
  await using redis = await startRedis();
  // Long enough that a busy machine is not taken for it.
  const timeoutMs = 1500;
  await using one = await replicaOn(redis, timeoutMs);
  await using source = connect(upstream.url, { limits: [{ ...LIMIT, points: 1000 }] }, one);
  await source.ask();
  redis.pause();
  const first = await timed(() => source.ask());
  expect(first.ms).toBeGreaterThan(timeoutMs - 100);
  expect(first.ms).toBeLessThan(2 * timeoutMs);
  const next = await timed(async () => {
    for (let asked = 0; asked < 20; asked += 1) await source.ask();
  });
  expect(next.ms).toBeLessThan(timeoutMs);
  expect(one.logged().match(/counted in this process/g)).toHaveLength(1);
  redis.resume();
});
