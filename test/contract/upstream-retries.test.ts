import { expect, test } from '@jest/globals';
import { connect, sendJson, startFakeUpstream, times } from './upstream-fixture.ts';

/** Fails each first attempt of a call; `x-call` tells calls apart. */
function startFlaky(status: number) {
  let asked = 0;
  return startFakeUpstream((_request, response) => {
    asked += 1;
    sendJson(response, asked % 2 === 1 ? status : 200, {});
  });
}

test.each([502, 503, 504])('a read that fails with %i is repeated', async (status) => {
  await using upstream = await startFlaky(status);
  await using source = connect(upstream.url, {}, { random: () => 0 });
  await source.ask();
  expect(upstream.arrived).toHaveLength(2);
});

test.each([
  ['a write', { method: 'POST' } as const, 1],
  ['a read that the vendor wants as POST', { method: 'POST', idempotent: true } as const, 3],
])('%s is sent this often when all fails', async (_what, how, sent) => {
  await using upstream = await startFakeUpstream((_request, response) => response.writeHead(503).end());
  await using source = connect(upstream.url, {}, { random: () => 0 });
  expect(await source.askInVain(how)).toMatchObject({ code: 'UPSTREAM_UNAVAILABLE' });
  expect(upstream.arrived).toHaveLength(sent);
});

test('a write whose connection breaks is not sent again', async () => {
  await using upstream = await startFakeUpstream((request) => request.socket.destroy());
  await using source = connect(upstream.url);
  await source.askInVain({ method: 'POST' });
  expect(upstream.arrived).toHaveLength(1);
});

test('of many calls to a source that fails often, few are repeated: a fifth, and what was saved', async () => {
  let asked = 0;
  // Four of ten fail, in turn with the others, which opens no circuit.
  await using upstream = await startFakeUpstream((request, response) => {
    asked += 1;
    sendJson(response, request.url?.includes('bad') ? 503 : 200, { asked });
  });
  await using source = connect(upstream.url, { concurrency: 50 }, { random: () => 0 });
  for (let round = 0; round < 20; round += 1) {
    await Promise.all(times(10, (index) => (index < 4 ? source.askInVain({ operation: 'bad' }) : source.ask())));
  }
  // Of 160 that each call on its own would make.
  const repeats = upstream.arrived.length - 200;
  expect(repeats).toBeGreaterThan(20);
  expect(repeats).toBeLessThanOrEqual(20 + 0.2 * 200 + 5);
});

test('Retry-After that would end after the deadline ends the call at once', async () => {
  await using upstream = await startFakeUpstream((_request, response) =>
    sendJson(response, 503, {}, { 'retry-after': '120' }),
  );
  await using source = connect(upstream.url);
  expect(await source.askInVain()).toMatchObject({ code: 'UPSTREAM_UNAVAILABLE', retryAfterMs: 120_000 });
  expect(upstream.arrived).toHaveLength(1);
});
