import { expect, test } from '@jest/globals';
import type { UpstreamCallEvent, UpstreamRefusalEvent } from '../../subgraphs/shared/upstream/client.ts';
import { createSourceHealth } from '../../subgraphs/shared/upstream/health.ts';
import { connect, sendJson, startFakeUpstream, times } from './upstream-fixture.ts';

const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

test('a source that nobody has asked yet is listed, as unknown', async () => {
  const health = createSourceHealth();
  await using _source = connect('http://127.0.0.1:1', { source: 'woo', vendor: 'woocommerce' }, { health });
  expect(health.sources()).toEqual([
    {
      source: 'woo',
      vendor: 'woocommerce',
      status: 'UNKNOWN',
      lastSuccessAt: null,
      lastFailure: null,
      circuit: 'CLOSED',
      errorRate: null,
      budget: null,
    },
  ]);
});

test('how a source does is told from its calls: well, with failures, not at all; and what is left of its limit', async () => {
  let status = 200;
  await using upstream = await startFakeUpstream((_request, response) => sendJson(response, status, {}));
  const health = createSourceHealth();
  const limits = [{ name: 'calls', points: 100, windowMs: 10_000 }];
  await using source = connect(upstream.url, { limits, retries: 0 }, { health });
  const state = () => health.sources()[0]!;
  for (let asked = 0; asked < 3; asked += 1) await source.ask();
  expect(state()).toMatchObject({
    status: 'UP',
    lastSuccessAt: expect.stringMatching(INSTANT),
    lastFailure: null,
    errorRate: 0,
    budget: { limit: 100, remaining: 97, resetsAt: expect.stringMatching(INSTANT) },
  });
  status = 404;
  await source.askInVain();
  expect(state()).toMatchObject({ status: 'UP', errorRate: 0 });
  status = 500;
  await source.askInVain();
  expect(state()).toMatchObject({
    status: 'DEGRADED',
    errorRate: 0.2,
    lastFailure: { code: 'UPSTREAM_UNAVAILABLE', at: expect.stringMatching(INSTANT) },
  });
  for (let asked = 0; asked < 20; asked += 1) await source.askInVain();
  expect(state()).toMatchObject({ status: 'DOWN', circuit: 'OPEN' });
});

test('a source that has refused our credentials from the start is down', async () => {
  await using upstream = await startFakeUpstream((_request, response) => sendJson(response, 401, {}));
  const health = createSourceHealth();
  await using source = connect(upstream.url, {}, { health });
  await source.askInVain();
  expect(health.sources()[0]).toMatchObject({ status: 'DOWN', lastFailure: { code: 'UPSTREAM_AUTH' } });
});

test('every exchange is told with its outcome, and every call that was not sent with its reason', async () => {
  let status = 200;
  await using upstream = await startFakeUpstream((_request, response) => sendJson(response, status, {}));
  const calls: UpstreamCallEvent[] = [];
  const refusals: UpstreamRefusalEvent[] = [];
  const hooks = {
    onCall: (event: UpstreamCallEvent) => void calls.push(event),
    onRefusal: refusals.push.bind(refusals),
  };
  const limits = [{ name: 'calls', points: 3, windowMs: 60_000 }];
  await using source = connect(upstream.url, { limits, retries: 0 }, hooks);
  await source.ask({ priority: 'sync' });
  status = 500;
  await source.askInVain();
  status = 401;
  await source.askInVain();
  await Promise.all(times(2, () => source.askInVain()));
  const told = { source: 'shop', vendor: 'acme', operation: 'things.get', priority: 'interactive' };
  expect(calls.map(({ ms: _, ...event }) => event)).toEqual([
    { ...told, priority: 'sync', status: 200, outcome: 'OK' },
    { ...told, status: 500, outcome: 'UPSTREAM_UNAVAILABLE' },
    { ...told, status: 401, outcome: 'UPSTREAM_AUTH' },
  ]);
  expect(refusals).toEqual(times(2, () => ({ ...told, code: 'UPSTREAM_BUDGET_EXHAUSTED' })));
});
