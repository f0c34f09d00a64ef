import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from '@jest/globals';
import { Agent, fetch as undiciFetch } from 'undici';
import { createCertificate, createExpiredCertificate } from '../setup/faults/certificate.ts';
import { type HttpProxyOptions, startHttpProxy } from '../setup/faults/http-proxy.ts';

const BODY = JSON.stringify({ orders: [1, 2, 3] });

test('passes requests on as they came, and counts them', async () => {
  await using line = await startLine();
  const response = await fetch(`${line.url}/orders?page=2`, { method: 'POST', body: 'asked' });
  expect(await response.text()).toBe(BODY);
  expect(line.asked()).toEqual(['POST /orders?page=2 asked']);
  expect(line.proxy.counts()).toEqual({ connections: 1, arrived: 1, passed: 1 });
  line.proxy.resetCounts();
  expect(line.proxy.counts()).toEqual({ connections: 0, arrived: 0, passed: 0 });
});

test('dead: nothing is answered, on open connections either, until it is well again', async () => {
  await using line = await startLine();
  await line.read();
  line.proxy.set({ mode: 'dead' });
  await expect(line.read()).rejects.toThrow('fetch failed');
  expect(line.asked()).toHaveLength(1);
  line.proxy.set({ mode: 'pass' });
  expect(await line.read()).toBe(BODY);
});

test('hang: a request is taken and never answered', async () => {
  await using line = await startLine();
  line.proxy.set({ mode: 'hang' });
  await expect(line.read({ signal: AbortSignal.timeout(100) })).rejects.toMatchObject({ name: 'TimeoutError' });
  expect(line.proxy.counts()).toMatchObject({ arrived: 1, passed: 0 });
});

test('delay: every answer comes later', async () => {
  await using line = await startLine();
  line.proxy.set({ mode: 'delay', ms: 120 });
  expect(await took(() => line.read())).toBeGreaterThanOrEqual(118);
});

test("slower: an answer takes a multiple of the target's own time", async () => {
  await using line = await startLine({ ms: 40 });
  line.proxy.set({ mode: 'slower', times: 5 });
  expect(await took(() => line.read())).toBeGreaterThanOrEqual(190);
});

test('drip: the answer arrives byte by byte', async () => {
  await using line = await startLine();
  line.proxy.set({ mode: 'drip', bytesPerSecond: 200 });
  const response = await fetch(line.url);
  const { value } = await response.body!.getReader().read();
  expect(value).toHaveLength(1);
  expect(await took(() => line.read())).toBeGreaterThan(90);
});

test('flap: a share of the requests, spread evenly', async () => {
  await using line = await startLine();
  line.proxy.set({ mode: 'flap', share: 0.5, fault: { mode: 'too-many', retryAfterS: null } });
  const statuses: number[] = [];
  for (let asked = 0; asked < 6; asked += 1) statuses.push((await fetch(line.url)).status);
  expect(statuses).toEqual([200, 429, 200, 429, 200, 429]);
  expect(line.proxy.counts()).toMatchObject({ arrived: 6, passed: 3 });
});

test('garbage: what comes is no HTTP', async () => {
  await using line = await startLine();
  line.proxy.set({ mode: 'garbage' });
  const error: unknown = await line.read().catch(({ cause }: Error) => cause);
  expect(error).toMatchObject({ name: 'HTTPParserError' });
});

test('html: a page in place of JSON', async () => {
  await using line = await startLine();
  line.proxy.set({ mode: 'html' });
  const response = await fetch(line.url);
  expect([response.status, response.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
  expect(await response.text()).toContain('<html>');
});

test('truncated: half of the answer, as if it were all', async () => {
  await using line = await startLine();
  line.proxy.set({ mode: 'truncated' });
  expect(await line.read()).toBe(BODY.slice(0, BODY.length / 2));
});

test('huge: a body of that size, whose end is not told before', async () => {
  await using line = await startLine();
  line.proxy.set({ mode: 'huge', bytes: 5_000_000 });
  const response = await fetch(line.url);
  expect(response.headers.get('content-length')).toBeNull();
  expect((await response.arrayBuffer()).byteLength).toBeGreaterThanOrEqual(5_000_000);
});

test('gzip-bomb: small on the way, large when it is read', async () => {
  await using line = await startLine();
  line.proxy.set({ mode: 'gzip-bomb', bytes: 5_000_000 });
  const response = await fetch(line.url);
  expect(Number(response.headers.get('content-length'))).toBeLessThan(10_000);
  expect((await response.arrayBuffer()).byteLength).toBeGreaterThanOrEqual(5_000_000);
});

test('too-many: 429 with the time to wait', async () => {
  await using line = await startLine();
  line.proxy.set({ mode: 'too-many', retryAfterS: 3 });
  const response = await fetch(line.url);
  expect([response.status, response.headers.get('retry-after')]).toEqual([429, '3']);
});

test('a certificate that is out of date is the only thing wrong with it', async () => {
  const day = 24 * 3600 * 1000;
  const current = createCertificate({ from: new Date(Date.now() - day), until: new Date(Date.now() + day) });
  for (const [certificate, code] of [
    [current, null],
    [createExpiredCertificate(), 'CERT_HAS_EXPIRED'],
  ] as const) {
    await using line = await startLine({ certificate });
    const dispatcher = new Agent({ connect: { ca: certificate.cert } });
    const answer = await undiciFetch(line.url, { dispatcher }).then(
      (response) => response.text(),
      (error: Error) => (error.cause as { code: string }).code,
    );
    expect(answer).toBe(code ?? BODY);
    await dispatcher.close();
  }
});

async function took(act: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await act();
  return performance.now() - began;
}

/** A server that answers after `ms`, and the proxy before it. */
async function startLine({ ms = 0, ...options }: { ms?: number } & HttpProxyOptions = {}) {
  const asked: string[] = [];
  const server = createServer(async (request, response) => {
    const body = await request.toArray();
    asked.push(`${request.method} ${request.url} ${body.join('')}`);
    setTimeout(() => response.writeHead(200, { 'content-type': 'application/json' }).end(BODY), ms);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const proxy = await startHttpProxy(`http://127.0.0.1:${(server.address() as AddressInfo).port}`, options);
  return {
    proxy,
    url: proxy.url,
    asked: () => asked,
    read: async (init: RequestInit = {}) => (await fetch(proxy.url, init)).text(),
    [Symbol.asyncDispose]: async () => {
      await proxy[Symbol.asyncDispose]();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
