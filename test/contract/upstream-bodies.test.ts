import { Readable } from 'node:stream';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { afterEach, beforeAll, expect, jest, test } from '@jest/globals';
import { Agent } from 'undici';
import { parseDecimal } from '../../subgraphs/shared/money.ts';
import { createExpiredCertificate } from '../setup/faults/certificate.ts';
import type { HttpFault } from '../setup/faults/http-proxy.ts';
import { startHttpProxy } from '../setup/faults/http-proxy.ts';
import { packed } from '../setup/faults/wrong-answers.ts';
import { until } from '../setup/until.ts';
import { connect, startFakeUpstream, timed, times } from './upstream-fixture.ts';

const MB = 1024 * 1024;
const BOMB_BYTES = 1000 * MB;

// It takes longer than a call may on a busy machine.
beforeAll(() => packed(BOMB_BYTES), 120_000);

afterEach(() => void jest.restoreAllMocks());

test.each<[string, HttpFault, string, RegExp]>([
  ['a web page', { mode: 'html' }, 'UPSTREAM_BAD_RESPONSE', /a web page instead of data/],
  ['half an answer', { mode: 'truncated' }, 'UPSTREAM_BAD_RESPONSE', /expected JSON/],
  ['bytes that are no HTTP', { mode: 'garbage' }, 'UPSTREAM_UNAVAILABLE', /could not be reached/],
  ['200 MB', { mode: 'huge', bytes: 200 * MB }, 'UPSTREAM_BAD_RESPONSE', /exceeds the size limit/],
  ['a gzip bomb', { mode: 'gzip-bomb', bytes: BOMB_BYTES }, 'UPSTREAM_BAD_RESPONSE', /exceeds the size limit/],
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
  ['a bomb of 1,000 MB', { mode: 'gzip-bomb', bytes: BOMB_BYTES }],
])(
  '%s, eight times at once, cost little more memory than the limit of an answer each',
  async (_what, fault) => {
    await using upstream = await startFakeUpstream();
    await using proxy = await startHttpProxy(upstream.url);
    await using source = connect(proxy.url, { retries: 0, maxBytes: 4 * MB });
    proxy.set(fault);
    // What the first one needs for itself is not to be measured.
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

test('after an answer that was too large, long ones are given up early until a whole one has come or ten seconds have gone by', async () => {
  let answerBytes = 200 * MB;
  const sent: number[] = [];
  await using upstream = await startFakeUpstream(({ socket }, response) => {
    const before = socket.bytesWritten;
    response.once('close', () => sent.push((socket.bytesWritten - before) / MB));
    response.writeHead(200, { 'content-type': 'application/json' });
    Readable.from(parts({ ok: true }, answerBytes)).pipe(response);
  });
  await using source = connect(upstream.url, { retries: 0 });
  const refused = async (reason: RegExp) => {
    const ended = sent.length + 1;
    const message = expect.stringMatching(reason);
    expect(await source.askInVain()).toMatchObject({ code: 'UPSTREAM_BAD_RESPONSE', message });
    await until(() => sent.length === ended);
    return sent.at(-1);
  };
  expect(await refused(/exceeds the size limit$/)).toBeGreaterThan(20);
  // With what the sockets hold.
  expect(await refused(/is long, and one before it exceeded the size limit/)).toBeLessThan(15);
  answerBytes = 5 * MB;
  await refused(/is long, and one before it exceeded the size limit/);
  answerBytes = 100;
  await source.ask();
  answerBytes = 5 * MB;
  await source.ask();
  answerBytes = 200 * MB;
  await refused(/exceeds the size limit$/);
  answerBytes = 5 * MB;
  await refused(/is long, and one before it exceeded the size limit/);
  const now = performance.now.bind(performance);
  jest.spyOn(performance, 'now').mockImplementation(() => now() + 10_000);
  await source.ask();
});

test.each([
  ['[0.1, 16.99, -0.5, 1.00, 0.0000001]', ['0.1', '16.99', '-0.5', '1', '0.0000001']],
  ['[0, 7, -7, 123456789012345, 9007199254740991]', ['0', '7', '-7', '123456789012345', '9007199254740991']],
  ['[9007199254740993, 0.1]', ['9007199254740993', '0.1']],
  [
    '[0.30000000000000004, 1234567890123.45, 12345678901234567.89]',
    ['0.30000000000000004', '1234567890123.45', '12345678901234567.89'],
  ],
  ['[1e3, 2.5E-7, 7]', ['1000', '0.00000025', '7']],
  ['[{"at": 0.1, "note": "id:1234567890123456,"}, 19.99]', ['0.1', '19.99']],
])('%s keeps all digits where a double would not', async (body, expected) => {
  await using upstream = await startFakeUpstream((_request, response) => {
    response.writeHead(200, { 'content-type': 'application/json' }).end(body);
  });
  await using source = connect(upstream.url, { losslessNumbers: true });
  const values = (await source.ask()) as (string | number | { at: string })[];
  const read = values.map((value) => parseDecimal(typeof value === 'object' ? value.at : value));
  expect(read).toEqual(expected);
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
  expect(ms).toBeLessThan(4000);
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

/** JSON of at least so many bytes. */
function* parts(data: Record<string, unknown>, bytes: number): Generator<string> {
  const blank = ' '.repeat(64 * 1024);
  for (let sent = 0; sent < bytes; sent += blank.length) yield blank;
  yield JSON.stringify(data);
}

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
