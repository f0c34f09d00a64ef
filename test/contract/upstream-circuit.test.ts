import { setTimeout as pause } from 'node:timers/promises';
import { expect, test } from '@jest/globals';
import { createSourceHealth } from '../../subgraphs/shared/upstream/health.ts';
import { startHttpProxy } from '../setup/faults/http-proxy.ts';
import { connect, type Failed, sendJson, startFakeUpstream, timed, times } from './upstream-fixture.ts';

/** Without repeats each call is one exchange. */
const ONCE = { retries: 0, timeoutMs: 2000 } as const;

async function failUntilOpen(ask: () => Promise<Failed>): Promise<Failed> {
  for (let asked = 0; asked < 100; asked += 1) {
    const failed = await ask();
    if (failed.message.includes('the circuit is open')) return failed;
  }
  throw new Error('the circuit never opened');
}

test('a dead source is asked at most twenty times, one call or many at once; then calls fail in under 5 ms', async () => {
  for (const width of [1, 8]) {
    await using upstream = await startFakeUpstream((_request, response) => response.writeHead(503).end());
    await using source = connect(upstream.url, ONCE);
    for (let round = 0; round < 60 / width; round += 1) await Promise.all(times(width, () => source.askInVain()));
    expect(upstream.arrived.length).toBeLessThanOrEqual(20);
    const refused = await timed(() => source.askInVain());
    expect(refused.value).toMatchObject({ code: 'UPSTREAM_UNAVAILABLE' });
    expect(refused.value.message).toMatch(/the circuit is open/);
    expect(refused.value.retryAfterMs).toBeGreaterThan(0);
    expect(refused.value.retryAfterMs).toBeLessThanOrEqual(1000);
    const more = [];
    for (let asked = 0; asked < 20; asked += 1) more.push((await timed(() => source.askInVain())).ms);
    // The median: the machine may be busy with something else for a moment.
    expect(more.sort((a, b) => a - b)[10]).toBeLessThan(5);
    expect(upstream.arrived.length).toBeLessThanOrEqual(20);
  }
});

test('it opens after many good calls too, and a source that hangs counts as failing', async () => {
  await using upstream = await startFakeUpstream();
  await using proxy = await startHttpProxy(upstream.url);
  await using source = connect(proxy.url, { retries: 0, timeoutMs: 1000 });
  for (let asked = 0; asked < 40; asked += 1) await source.ask();
  proxy.set({ mode: 'hang' });
  proxy.resetCounts();
  await failUntilOpen(() => Promise.all(times(8, () => source.askInVain())).then((all) => all[7]!));
  expect(proxy.counts().arrived).toBeLessThanOrEqual(24);
});

test.each([
  ['a source that hangs is not asked any more, also when all calls have waited for a place', 'hang', true],
  ['a source that answers one call after the other is, also when most have waited too long', 'delay', false],
] as const)('%s', async (_what, mode, opens) => {
  await using upstream = await startFakeUpstream();
  await using proxy = await startHttpProxy(upstream.url);
  await using source = connect(proxy.url, { retries: 0, timeoutMs: 1000, concurrency: 4 });
  await source.ask();
  proxy.set(mode === 'hang' ? { mode } : { mode, ms: 300 });
  const asked: Promise<Failed | null>[] = [];
  for (let call = 0; call < 80; call += 1) {
    asked.push(
      source.ask().then(
        () => null,
        (error: Failed) => error,
      ),
    );
    await pause(40);
  }
  const isOpen = (failed: Failed | null) => failed?.message.includes('the circuit is open') ?? false;
  const ends = await Promise.all(asked);
  expect(ends.some(isOpen)).toBe(opens);
  expect(ends.some((failed) => failed?.code === 'UPSTREAM_TIMEOUT')).toBe(true);
});

test('one call tries a source again, and the others are not kept waiting for it; then all goes on', async () => {
  let isDown = true;
  let slow: (() => void) | null = null;
  await using upstream = await startFakeUpstream((_request, response) => {
    if (isDown) return void response.writeHead(500).end();
    if (slow === null) {
      slow = () => sendJson(response, 200, {});
      return;
    }
    sendJson(response, 200, {});
  });
  const health = createSourceHealth();
  await using source = connect(upstream.url, ONCE, { health });
  const circuit = () => health.sources()[0]!.circuit;
  const { retryAfterMs } = await failUntilOpen(() => source.askInVain());
  expect(circuit()).toBe('OPEN');
  isDown = false;
  await new Promise((resolve) => setTimeout(resolve, retryAfterMs! + 20));
  const asked = upstream.arrived.length;
  const trial = source.ask();
  await until(() => slow !== null);
  expect(circuit()).toBe('HALF_OPEN');
  const refused = await Promise.all(times(20, () => source.askInVain()));
  for (const { message } of refused) expect(message).toMatch(/the circuit is open/);
  expect(upstream.arrived.length).toBe(asked + 1);
  slow!();
  await trial;
  expect(circuit()).toBe('CLOSED');
  await Promise.all(times(20, () => source.ask()));
});

test('a trial that its caller gives up proves nothing: the circuit stays open', async () => {
  let isDown = true;
  await using upstream = await startFakeUpstream((_request, response) => {
    if (isDown) response.writeHead(500).end();
  });
  const health = createSourceHealth();
  await using source = connect(upstream.url, ONCE, { health });
  const { retryAfterMs } = await failUntilOpen(() => source.askInVain());
  isDown = false;
  await new Promise((resolve) => setTimeout(resolve, retryAfterMs! + 20));
  const caller = new AbortController();
  const asked = upstream.arrived.length;
  const trial = source.askInVain({ signal: caller.signal });
  await until(() => upstream.arrived.length > asked);
  caller.abort();
  expect(await trial).toMatchObject({ code: 'REQUEST_CANCELLED' });
  expect(health.sources()[0]!.circuit).toBe('OPEN');
});

test.each([
  ['refusals of single calls', (status: number) => status, 404],
  ['credentials that are refused', (status: number) => status, 401],
])('%s do not open it', async (_what, statusOf, status) => {
  await using upstream = await startFakeUpstream((_request, response) => sendJson(response, statusOf(status), {}));
  await using source = connect(upstream.url, ONCE);
  for (let asked = 0; asked < 40; asked += 1) await source.askInVain();
  expect(upstream.arrived).toHaveLength(40);
});

test('those who waited for a place when it opened are told one after the other, and others run in between', async () => {
  await using upstream = await startFakeUpstream((_request, response) => response.writeHead(503).end());
  await using source = connect(upstream.url, { ...ONCE, concurrency: 1 });
  let turn = 0;
  let isOn = true;
  const count = () => {
    turn += 1;
    if (isOn) setImmediate(count);
  };
  count();
  const told = await Promise.all(
    times(100, async () => {
      const { message } = await source.askInVain();
      return message.includes('the circuit is open') ? turn : null;
    }),
  );
  isOn = false;
  const turns = told.filter((at) => at !== null);
  expect(turns.length).toBeGreaterThanOrEqual(80);
  expect(new Set(turns).size).toBe(turns.length);
});

test('callers that go away do not open it', async () => {
  await using upstream = await startFakeUpstream((request, response) => {
    if (request.url !== '/slow') sendJson(response, 200, {});
  });
  await using source = connect(upstream.url, { ...ONCE, concurrency: 50 });
  const gone = new AbortController();
  const calls = times(40, () => source.askInVain({ operation: 'slow', signal: gone.signal }));
  await until(() => upstream.arrived.length === 40);
  gone.abort();
  expect(new Set((await Promise.all(calls)).map(({ code }) => code))).toEqual(new Set(['REQUEST_CANCELLED']));
  await source.ask();
});

test('a source that fails every other time is still asked, and repeats make its answers', async () => {
  await using upstream = await startFakeUpstream();
  await using proxy = await startHttpProxy(upstream.url);
  proxy.set({ mode: 'flap', share: 0.5, fault: { mode: 'dead' } });
  await using source = connect(proxy.url, { retries: 2 }, { random: () => 0 });
  for (let asked = 0; asked < 16; asked += 1) await source.ask();
  expect(proxy.counts().arrived).toBeGreaterThan(30);
});

test('one source’s trouble does not slow another’s', async () => {
  await using upstream = await startFakeUpstream();
  await using proxy = await startHttpProxy(upstream.url);
  await using well = connect(upstream.url, { source: 'well' });
  await using ill = connect(proxy.url, { source: 'ill', timeoutMs: 500, retries: 0 });
  const slowest = async () => {
    const calls = await Promise.all(times(30, () => timed(() => well.ask())));
    return Math.max(...calls.map(({ ms }) => ms));
  };
  await slowest();
  proxy.set({ mode: 'hang' });
  const hanging = Promise.all(times(200, () => ill.askInVain()));
  // What hangs takes 500 ms, and many times that in turn.
  expect(await slowest()).toBeLessThan(450);
  await hanging;
});

/** Waits for what the test itself has set off. */
async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await new Promise((resolve) => setTimeout(resolve, 2));
}

test('calls whose time went by while they waited for a place say nothing of the source', async () => {
  await using upstream = await startFakeUpstream((_request, response) => {
    setTimeout(() => sendJson(response, 200, {}), 300);
  });
  const health = createSourceHealth();
  await using source = connect(upstream.url, { concurrency: 1, retries: 0, timeoutMs: 1000 }, { health });
  const calls: Promise<unknown>[] = [];
  // Six times what the place bears, so that each call gets it shortly before its own end.
  for (let asked = 0; asked < 70; asked += 1) {
    calls.push(source.ask());
    await pause(50);
    expect(health.sources()[0]).toMatchObject({ circuit: 'CLOSED' });
  }
  const outcomes = await Promise.allSettled(calls);
  expect(outcomes.filter(({ status }) => status === 'rejected').length).toBeGreaterThan(40);
});
