import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { expect, test } from '@jest/globals';
import { Agent } from 'undici';
import { createExpiredCertificate } from '../setup/faults/certificate.ts';
import type { HttpFault } from '../setup/faults/http-proxy.ts';
import { startHttpProxy } from '../setup/faults/http-proxy.ts';
import { until } from '../setup/until.ts';
import { connect, startFakeUpstream, timed, times } from './upstream-fixture.ts';

const MB = 1024 * 1024;

test.each<[string, HttpFault, string, RegExp]>([
  ['a web page', { mode: 'html' }, 'UPSTREAM_BAD_RESPONSE', /a web page instead of data/],
  ['half an answer', { mode: 'truncated' }, 'UPSTREAM_BAD_RESPONSE', /expected JSON/],
  ['bytes that are no HTTP', { mode: 'garbage' }, 'UPSTREAM_UNAVAILABLE', /could not be reached/],
  ['200 MB', { mode: 'huge', bytes: 200 * MB }, 'UPSTREAM_BAD_RESPONSE', /exceeds the size limit/],
  ['a gzip bomb', { mode: 'gzip-bomb', bytes: 1000 * MB }, 'UPSTREAM_BAD_RESPONSE', /exceeds the size limit/],
  ['a reset connection', { mode: 'dead' }, 'UPSTREAM_UNAVAILABLE', /could not be reached/],
])(
  '%s is a precise error',
  async (_what, fault, code, message) => {
    await using upstream = await startFakeUpstream();
    await using proxy = await startHttpProxy(upstream.url);
    await using source = connect(proxy.url, { retries: 0 });
    proxy.set(fault);
    const failed = await source.askInVain();
    expect(failed).toMatchObject({ code, message: expect.stringMatching(message) });
    expect(failed.message).not.toMatch(/127\.0\.0\.1|http:/);
    proxy.set({ mode: 'pass' });
    await source.ask();
  },
  30_000,
);

test.each<[string, HttpFault]>([
  ['200 MB', { mode: 'huge', bytes: 200 * MB }],
  ['a bomb of 1,000 MB', { mode: 'gzip-bomb', bytes: 1000 * MB }],
])(
  '%s, eight times at once, cost little more memory than the limit of an answer each',
  async (_what, fault) => {
    await using upstream = await startFakeUpstream();
    await using proxy = await startHttpProxy(upstream.url);
    await using source = connect(proxy.url, { retries: 0, maxBytes: 4 * MB });
    proxy.set(fault);
    // The bomb is packed once, which is not to be measured.
    await source.askInVain();
    const before = process.memoryUsage().rss;
    let most = before;
    const watch = setInterval(() => {
      most = Math.max(most, process.memoryUsage().rss);
    }, 5);
    await Promise.all(times(8, () => source.askInVain()));
    clearInterval(watch);
    expect((most - before) / MB).toBeLessThan(150);
  },
  30_000,
);

test('what is left of an answer that is too large is not fetched: the connection ends', async () => {
  let sent = 0;
  const { promise: isEnded, resolve: end } = Promise.withResolvers<void>();
  await using upstream = await startFakeUpstream((_request, response) => {
    response.writeHead(200, { 'content-type': 'application/json' });
    const chunk = Buffer.alloc(64 * 1024, ' ');
    const write = () => {
      while (!response.destroyed && sent < 200 * MB) {
        sent += chunk.length;
        if (!response.write(chunk)) return void response.once('drain', write);
      }
    };
    response.once('close', end);
    write();
  });
  await using source = connect(upstream.url, { retries: 0, maxBytes: MB });
  expect(await source.askInVain()).toMatchObject({ code: 'UPSTREAM_BAD_RESPONSE' });
  await isEnded;
  expect(sent / MB).toBeLessThan(20);
});

test('a body of one byte a second ends at the deadline, and its connection with it', async () => {
  const { promise: isEnded, resolve: end } = Promise.withResolvers<void>();
  await using upstream = await startFakeUpstream((_request, response) => {
    response.writeHead(200, { 'content-type': 'application/json' }).flushHeaders();
    const drip = setInterval(() => response.write(' '), 1000);
    response.once('close', () => {
      clearInterval(drip);
      end();
    });
  });
  await using source = connect(upstream.url, { timeoutMs: 1500 });
  const { ms, value } = await timed(() => source.askInVain());
  expect(value).toMatchObject({ code: 'UPSTREAM_TIMEOUT' });
  expect(ms).toBeLessThan(2000);
  await isEnded;
  expect(upstream.arrived).toHaveLength(1);
});

test('an expired certificate says so, in words for whoever runs this, and is not tried again', async () => {
  await using upstream = await startFakeUpstream();
  const certificate = createExpiredCertificate();
  await using proxy = await startHttpProxy(upstream.url, { certificate });
  const dispatcher = new Agent({ connect: { ca: certificate.cert } });
  await using source = connect(proxy.url, {}, { dispatcher });
  const failed = await source.askInVain();
  expect(failed.code).toBe('UPSTREAM_UNAVAILABLE');
  expect(failed.message).toMatch(/its TLS certificate has expired; whoever runs it must renew it$/);
  expect(proxy.counts()).toMatchObject({ arrived: 0, connections: 1 });
  await dispatcher.close();
});

test('a body that says beforehand that it is too large is not read at all', async () => {
  let isGone = false;
  await using upstream = await startFakeUpstream((_request, response) => {
    response.once('close', () => {
      isGone = true;
    });
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': 200 * MB }).write('[');
  });
  await using source = connect(upstream.url, { retries: 0 });
  expect(await source.askInVain()).toMatchObject({
    code: 'UPSTREAM_BAD_RESPONSE',
    message: expect.stringMatching(/exceeds the size limit/),
  });
  await until(() => isGone);
});

test.each([
  ['a gzip bomb is not unpacked up to the limit', 'gzip', gzipSync, { ok: true, blank: ' '.repeat(30 * MB) }, false],
  ['nor is one of Brotli', 'br', brotli, { ok: true, blank: ' '.repeat(30 * MB) }, false],
  ['records that are much alike are no bomb', 'gzip', gzipSync, { ok: true, records: alike(10_000) }, true],
  ['nor are they in Brotli', 'br', brotli, { ok: true, records: alike(10_000) }, true],
])('%s', async (_what, encoding, pack, data, isTaken) => {
  const packed = pack(JSON.stringify(data));
  await using upstream = await startFakeUpstream((_request, response) => {
    response.writeHead(200, { 'content-type': 'application/json', 'content-encoding': encoding }).end(packed);
  });
  await using source = connect(upstream.url, { retries: 0, maxBytes: 64 * MB });
  if (isTaken) return void (await source.ask());
  expect(await source.askInVain()).toMatchObject({
    code: 'UPSTREAM_BAD_RESPONSE',
    message: expect.stringMatching(/exceeds the size limit/),
  });
});

/** Quickly: its best takes seconds. */
function brotli(text: string): Buffer {
  return brotliCompressSync(text, { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } });
}

/** As they compress best: most of what stands in them is empty. */
function alike(count: number): Record<string, unknown>[] {
  const empty = Object.fromEntries(Array.from({ length: 20 }, (_, index) => [`property_${index}`, null]));
  return Array.from({ length: count }, (_, id) => ({
    id: `${id}`,
    changed: new Date(id * 7919).toISOString(),
    ...empty,
  }));
}
