import { setTimeout as pause } from 'node:timers/promises';
import { expect, test } from '@jest/globals';
import { createBackgroundContext } from '../../subgraphs/shared/upstream/context.ts';
import type { UpstreamLimit } from '../../subgraphs/shared/upstream/limits.ts';
import { connect, type FakeUpstream, mostWithin, sendJson, startFakeUpstream, times } from './upstream-fixture.ts';

const LIMIT: UpstreamLimit = { name: 'calls', points: 10, windowMs: 1000 };

test('work in the background uses its share of a limit, and people the rest without waiting', async () => {
  await using upstream = await startFakeUpstream();
  await using source = connect(upstream.url, { limits: [LIMIT], syncShare: 0.3 });
  const sync = Promise.all(times(9, () => source.ask({ operation: 'sync', priority: 'sync' })));
  await Promise.all([sync, ...times(7, () => source.ask())]);
  const arrivedAs = (isSync: boolean) =>
    upstream.arrived.filter(({ path }) => (path === '/sync') === isSync).map(({ at }) => at);
  const [synced, people] = [arrivedAs(true), arrivedAs(false)];
  expect(synced).toHaveLength(9);
  expect(people).toHaveLength(7);
  expect(Math.max(...people)).toBeLessThan(synced[3]!);
  expect(mostWithin(1000, synced)).toBe(3);
});

test('people who wait for their turn go before work in the background', async () => {
  await using upstream = await startFakeUpstream();
  await using source = connect(upstream.url, { limits: [{ ...LIMIT, points: 4 }], syncShare: 0.5 });
  await Promise.all(times(4, () => source.ask()));
  const sync = Promise.all(times(2, () => source.ask({ operation: 'sync', priority: 'sync' })));
  await Promise.all(times(6, () => source.ask()));
  await sync;
  const paths = upstream.arrived.map(({ path }) => path);
  expect(paths.slice(0, 8)).not.toContain('/sync');
  expect(paths.filter((path) => path === '/sync')).toHaveLength(2);
});

test('work in the background takes few of the places, and people do not queue behind it', async () => {
  const held: (() => void)[] = [];
  await using upstream = await startFakeUpstream((request, response) => {
    if (request.url === '/sync') held.push(() => sendJson(response, 200, {}));
    else sendJson(response, 200, {});
  });
  await using source = connect(upstream.url, { concurrency: 4, syncShare: 0.5 });
  const sync = times(10, () => source.ask({ operation: 'sync', priority: 'sync' }));
  await Promise.all(times(30, () => source.ask()));
  expect(upstream.arrived.filter(({ path }) => path === '/sync')).toHaveLength(2);
  const timer = setInterval(() => {
    for (const answer of held.splice(0)) answer();
  }, 1);
  await Promise.all(sync);
  clearInterval(timer);
});

test('background work that finds no free moment before its deadline ends with the time there will be one', async () => {
  await using upstream = await startFakeUpstream();
  await using source = connect(upstream.url, { limits: [{ ...LIMIT, windowMs: 60_000 }] });
  await Promise.all(times(10, () => source.ask()));
  const failed = await source.askInVain({ priority: 'sync', timeoutMs: 1000 });
  expect(failed).toMatchObject({ code: 'UPSTREAM_BUDGET_EXHAUSTED' });
  expect(failed.retryAfterMs).toBeGreaterThan(50_000);
});

test('a call in the background that somebody has come to wait for goes before its like', async () => {
  const held: (() => void)[] = [];
  await using upstream = await startFakeUpstream((_request, response) => {
    held.push(() => sendJson(response, 200, {}));
  });
  await using source = connect(upstream.url, { concurrency: 4, syncShare: 0.25 });
  const begun = source.ask({ operation: 'first', priority: 'sync' });
  const others = times(5, () => source.ask({ operation: 'others', priority: 'sync' }));
  const context = createBackgroundContext({ priority: 'sync', timeoutMs: 10_000 });
  const wanted = source.ask({ operation: 'wanted', context });
  await untilArrived(upstream, 1);
  context.hasten?.();
  await untilArrived(upstream, 2);
  expect(upstream.arrived.map(({ path }) => path)).toEqual(['/first', '/wanted']);
  const timer = setInterval(() => {
    for (const answer of held.splice(0)) answer();
  }, 1);
  await Promise.all([begun, wanted, ...others]);
  clearInterval(timer);
});

async function untilArrived({ arrived }: FakeUpstream, count: number): Promise<void> {
  const end = performance.now() + 5000;
  while (arrived.length < count && performance.now() < end) await pause(5);
  expect(arrived).toHaveLength(count);
}
