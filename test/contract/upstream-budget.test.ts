import { setTimeout as pause } from 'node:timers/promises';
import { expect, test } from '@jest/globals';
import { readHubspotLimits } from '../../subgraphs/crm/connectors/hubspot/rate-limits.ts';
import { createUpstreamBudgets } from '../../subgraphs/shared/upstream/budgets.ts';
import { createSourceHealth } from '../../subgraphs/shared/upstream/health.ts';
import type { LimitedAnswer, UpstreamLimit } from '../../subgraphs/shared/upstream/limits.ts';
import { startHttpProxy } from '../setup/faults/http-proxy.ts';
import { connect, mostWithin, sendJson, startFakeUpstream, timed, times } from './upstream-fixture.ts';

const PER_SECOND: UpstreamLimit = { name: 'calls', points: 5, windowMs: 1000 };
const isSearch = (operation: string) => operation.endsWith('.search');

test('a source never goes above a rolling limit, and uses all of it', async () => {
  await using upstream = await startFakeUpstream();
  await using source = connect(upstream.url, { limits: [PER_SECOND] });
  const { ms } = await timed(() => Promise.all(times(15, () => source.ask())));
  const arrived = upstream.arrived.map(({ at }) => at);
  expect(mostWithin(1000, arrived)).toBe(5);
  expect(ms).toBeLessThan(3500);
});

test('calls that arrive late do not share the vendor’s window with the next ones', async () => {
  await using upstream = await startFakeUpstream();
  await using proxy = await startHttpProxy(upstream.url);
  await using source = connect(proxy.url, { limits: [PER_SECOND] });
  proxy.set({ mode: 'delay', ms: 500 });
  const late = times(5, () => source.ask());
  const next = times(5, () => source.ask());
  await Promise.all(late);
  proxy.set({ mode: 'pass' });
  await Promise.all(next);
  expect(upstream.arrived).toHaveLength(10);
  expect(
    mostWithin(
      1000,
      upstream.arrived.map(({ at }) => at),
    ),
  ).toBe(5);
});

test('two sources of one process with the same credential share its limit', async () => {
  await using upstream = await startFakeUpstream();
  const budgets = createUpstreamBudgets();
  const config = { credential: 'k', limits: [PER_SECOND] };
  await using a = connect(upstream.url, { ...config, source: 'a' }, { budgets });
  await using b = connect(upstream.url, { ...config, source: 'b' }, { budgets });
  await Promise.all(times(10, (index) => (index % 2 ? a : b).ask()));
  expect(
    mostWithin(
      1000,
      upstream.arrived.map(({ at }) => at),
    ),
  ).toBe(5);
});

test('several limits hold at once, each for what it counts: searches wait, other calls do not', async () => {
  await using upstream = await startFakeUpstream();
  const limits: UpstreamLimit[] = [
    { name: 'calls', points: 100, windowMs: 10_000, costOf: (operation) => (isSearch(operation) ? 0 : 1) },
    { name: 'searches', points: 2, windowMs: 1000, costOf: (operation) => (isSearch(operation) ? 1 : 0) },
  ];
  await using source = connect(upstream.url, { limits });
  await Promise.all([
    ...times(4, () => source.ask({ operation: 'things.search' })),
    ...times(20, () => source.ask({ operation: 'things.get' })),
  ]);
  const arrivedAs = (operation: string) =>
    upstream.arrived.filter(({ path }) => path === `/${operation}`).map(({ at }) => at);
  const [searched, others] = [arrivedAs('things.search'), arrivedAs('things.get')];
  expect(searched).toHaveLength(4);
  expect(others).toHaveLength(20);
  expect(Math.max(...others)).toBeLessThan(searched[2]!);
  expect(mostWithin(1000, searched)).toBe(2);
});

test('a call whose turn would come after its deadline is refused at once, with the time, and is not sent', async () => {
  await using upstream = await startFakeUpstream();
  await using source = connect(upstream.url, { limits: [{ ...PER_SECOND, windowMs: 60_000 }] });
  await Promise.all(times(5, () => source.ask()));
  const { ms, value } = await timed(() => source.askInVain({ timeoutMs: 30_000 }));
  expect(value).toMatchObject({ code: 'UPSTREAM_BUDGET_EXHAUSTED' });
  expect(value.message).toMatch(/the limit "calls" is used up/);
  expect(value.retryAfterMs).toBeGreaterThan(55_000);
  expect(value.retryAfterMs).toBeLessThan(65_000);
  expect(ms).toBeLessThan(4000);
  expect(upstream.arrived).toHaveLength(5);
});

test('a call that got its turn too late to be answered says which limit held it', async () => {
  await using upstream = await startFakeUpstream();
  await using proxy = await startHttpProxy(upstream.url);
  await using source = connect(proxy.url, { limits: [{ ...PER_SECOND, points: 1 }], timeoutMs: 2000 });
  await source.ask();
  proxy.set({ mode: 'hang' });
  expect(await source.askInVain()).toMatchObject({
    code: 'UPSTREAM_BUDGET_EXHAUSTED',
    message: expect.stringMatching(/the limit "calls" is used up/),
    retryAfterMs: expect.any(Number),
  });
  expect(proxy.counts().arrived).toBe(2);
});

test('a day’s points are spent by what each call costs, until midnight', async () => {
  await using upstream = await startFakeUpstream();
  const day: UpstreamLimit = {
    name: 'tokens',
    points: 50,
    windowMs: null,
    costOf: (operation) => (isSearch(operation) ? 20 : 1),
  };
  const health = createSourceHealth();
  await using source = connect(upstream.url, { limits: [day] }, { health });
  await source.ask({ operation: 'things.search' });
  await source.ask({ operation: 'things.search' });
  expect(await source.askInVain({ operation: 'things.search' })).toMatchObject({ code: 'UPSTREAM_BUDGET_EXHAUSTED' });
  await Promise.all(times(10, () => source.ask()));
  const { retryAfterMs } = await source.askInVain();
  const toMidnight = 86_400_000 - (Date.now() % 86_400_000);
  expect(Math.abs(retryAfterMs! - toMidnight)).toBeLessThan(5000);
  const midnight = new Date(Date.now() + toMidnight).toISOString().slice(0, 10);
  expect(health.sources()[0]!.budget).toEqual({ limit: 50, remaining: 0, resetsAt: `${midnight}T00:00:00.000Z` });
});

test('a caller who stops waiting gives its turn back', async () => {
  await using upstream = await startFakeUpstream();
  await using source = connect(upstream.url, { limits: [{ ...PER_SECOND, points: 1, windowMs: 500 }] });
  await source.ask();
  const gone = new AbortController();
  const given = times(10, () => source.askInVain({ signal: gone.signal }));
  await pause(20);
  gone.abort();
  await Promise.all(given);
  // Ten turns that nobody gave back would take ten times as long.
  expect((await timed(() => source.ask())).ms).toBeLessThan(4000);
});

/** As HubSpot tells its limits, of which others have used some. */
function tellLimits(limit: { max: number; used: number }) {
  return startFakeUpstream((_request, response) => {
    limit.used += 1;
    sendJson(
      response,
      200,
      {},
      {
        'x-hubspot-ratelimit-max': String(limit.max),
        'x-hubspot-ratelimit-remaining': String(limit.max - limit.used),
        'x-hubspot-ratelimit-interval-milliseconds': '10000',
      },
    );
  });
}

test('what others have used with the same credential counts, as the vendor tells it', async () => {
  await using upstream = await tellLimits({ max: 20, used: 15 });
  const limits: UpstreamLimit[] = [{ name: 'calls', points: 20, windowMs: 10_000, isDefault: true }];
  await using source = connect(upstream.url, { limits, readLimits: readHubspotLimits });
  await source.ask();
  const calls = await Promise.allSettled(times(8, () => source.ask({ timeoutMs: 3000 })));
  expect(calls.filter(({ status }) => status === 'fulfilled')).toHaveLength(4);
  expect(upstream.arrived).toHaveLength(5);
});

test.each([
  ['a documented default gives way to the vendor’s word', true, 30],
  ['the operator’s own word does not', false, 10],
])('%s', async (_what, isDefault, expected) => {
  await using upstream = await tellLimits({ max: 30, used: 0 });
  const limits: UpstreamLimit[] = [{ name: 'calls', points: 10, windowMs: 10_000, isDefault }];
  await using source = connect(upstream.url, { limits, readLimits: readHubspotLimits });
  await source.ask();
  await Promise.allSettled(times(40, () => source.ask({ timeoutMs: 2000 })));
  expect(upstream.arrived).toHaveLength(expected);
});

test('HubSpot’s words are read: limits of the interval and the day, and which policy refuses', () => {
  const headers = {
    'x-hubspot-ratelimit-daily': '250000',
    'x-hubspot-ratelimit-daily-remaining': '0',
    'x-hubspot-ratelimit-interval-milliseconds': '10000',
    'x-hubspot-ratelimit-max': '190',
    'x-hubspot-ratelimit-remaining': '7',
  };
  const refusedBy = (policyName: string): LimitedAnswer => ({ status: 429, headers: {}, body: { policyName } });
  expect(readHubspotLimits({ status: 200, headers, body: null })).toEqual([
    { limit: 'calls', max: 190, remaining: 7 },
    { limit: 'day', max: 250_000, remaining: 1 },
  ]);
  expect(readHubspotLimits(refusedBy('SECONDLY'))).toContainEqual({ limit: 'searches', pauseMs: 1000 });
  expect(readHubspotLimits(refusedBy('TEN_SECONDLY_ROLLING'))).toContainEqual({ limit: 'calls', pauseMs: 1000 });
  expect(readHubspotLimits(refusedBy('DAILY'))).toContainEqual({ limit: 'day', pauseMs: 600_000 });
  expect(readHubspotLimits(refusedBy('constructor'))).toHaveLength(1);
});

test('Retry-After is obeyed by all calls of the source, also those that had their turn', async () => {
  await using upstream = await startFakeUpstream();
  await using proxy = await startHttpProxy(upstream.url);
  await using source = connect(proxy.url);
  proxy.set({ mode: 'too-many', retryAfterS: 1 });
  const refused = source.ask();
  await until(() => proxy.counts().arrived === 1);
  await pause(50);
  proxy.set({ mode: 'pass' });
  const startedAt = performance.now();
  await Promise.all([refused, ...times(4, () => source.ask())]);
  expect(upstream.arrived).toHaveLength(5);
  expect(Math.min(...upstream.arrived.map(({ at }) => at)) - startedAt).toBeGreaterThan(850);
});

test('a pause that is too long to wait for is told at once, with its time, and nothing is sent meanwhile', async () => {
  await using upstream = await startFakeUpstream();
  await using proxy = await startHttpProxy(upstream.url);
  await using source = connect(proxy.url);
  proxy.set({ mode: 'too-many', retryAfterS: 30 });
  const startedAt = performance.now();
  expect(await source.askInVain()).toMatchObject({ code: 'UPSTREAM_RATE_LIMITED', retryAfterMs: 30_000 });
  const { ms, value } = await timed(() => source.askInVain());
  expect(value).toMatchObject({ code: 'UPSTREAM_RATE_LIMITED' });
  expect(value.retryAfterMs).toBeGreaterThanOrEqual(29_990 - (performance.now() - startedAt));
  expect(value.retryAfterMs).toBeLessThanOrEqual(30_000);
  expect(ms).toBeLessThan(4000);
  expect(proxy.counts().arrived).toBe(1);
});

test('a source that asked for a pause is said to have, also when the repeat has no time left to be answered', async () => {
  await using upstream = await startFakeUpstream();
  await using proxy = await startHttpProxy(upstream.url);
  await using source = connect(proxy.url, { timeoutMs: 1500 });
  proxy.set({ mode: 'too-many', retryAfterS: 1 });
  const failed = source.askInVain();
  await until(() => proxy.counts().arrived === 1);
  proxy.set({ mode: 'hang' });
  expect(await failed).toMatchObject({ code: 'UPSTREAM_RATE_LIMITED', retryAfterMs: 1000 });
  expect(proxy.counts().arrived).toBe(2);
});

test('a source that hangs once the pause is over is said to hang', async () => {
  await using upstream = await startFakeUpstream();
  await using proxy = await startHttpProxy(upstream.url);
  await using source = connect(proxy.url, { timeoutMs: 3000 });
  proxy.set({ mode: 'too-many', retryAfterS: 1 });
  const failed = source.askInVain();
  await until(() => proxy.counts().arrived === 1);
  proxy.set({ mode: 'hang' });
  expect(await failed).toMatchObject({ code: 'UPSTREAM_TIMEOUT' });
});

test('a storm of refusals without a time reaches the source a few times, not once a call', async () => {
  await using upstream = await startFakeUpstream();
  await using proxy = await startHttpProxy(upstream.url);
  await using source = connect(proxy.url, { concurrency: 4 });
  proxy.set({ mode: 'too-many', retryAfterS: null });
  const failed = await Promise.all(times(200, () => source.askInVain()));
  expect(new Set(failed.map(({ code }) => code))).toEqual(new Set(['UPSTREAM_RATE_LIMITED']));
  expect(proxy.counts().arrived).toBeLessThan(40);
}, 15_000);

async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await pause(2);
}
