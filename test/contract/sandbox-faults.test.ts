import { expect, test } from '@jest/globals';
import type { Vendor } from '../../sandbox/server/vendors.ts';
import { SANDBOX_CREDENTIALS } from '../../sandbox/server/vendors.ts';
import { type Sandbox, startSandbox } from '../../sandbox/start.ts';
import { addContact, addInvoice, addOrder, emptyDataset } from './sandbox-fixture.ts';

const VENDORS: [Vendor][] = [['hubspot'], ['woo'], ['fakturownia']];

test.each(VENDORS)('%s: an outage closes connections, and its end heals', async (vendor) => {
  await using sandbox = await startSandbox({ dataset: sampleDataset() });
  sandbox.control.set(vendor, { mode: 'outage' });
  await expect(ask(sandbox, vendor)).rejects.toThrow();
  for (const [other] of VENDORS.filter(([each]) => each !== vendor))
    expect((await ask(sandbox, other)).status).toBe(200);
  sandbox.control.reset(vendor);
  expect((await ask(sandbox, vendor)).status).toBe(200);
  expect(sandbox.control.calls()[vendor].total).toBe(2);
});

test.each(VENDORS)('%s: a hung request is never answered, and does not hold up the close', async (vendor) => {
  const sandbox = await startSandbox({ dataset: sampleDataset() });
  sandbox.control.set(vendor, { mode: 'hang' });
  const pending = ask(sandbox, vendor, AbortSignal.timeout(100));
  await expect(pending).rejects.toMatchObject({ name: 'TimeoutError' });
  const left = ask(sandbox, vendor).catch((error: unknown) => error);
  await sandbox.close();
  expect(await left).toMatchObject({ message: 'fetch failed' });
});

test.each(VENDORS)('%s: a firewall page, half an answer, and an answer of another shape', async (vendor) => {
  await using sandbox = await startSandbox({ dataset: sampleDataset() });
  const whole = await (await ask(sandbox, vendor)).text();
  sandbox.control.set(vendor, { mode: 'html' });
  const page = await ask(sandbox, vendor);
  expect([page.status, page.headers.get('content-type')]).toEqual([200, 'text/html; charset=UTF-8']);
  sandbox.control.set(vendor, { mode: 'truncated' });
  const half = await (await ask(sandbox, vendor)).text();
  expect(whole.slice(0, 20)).toBe(half.slice(0, 20));
  expect(() => JSON.parse(half)).toThrow(SyntaxError);
  sandbox.control.set(vendor, { mode: 'wrong-shape' });
  expect(JSON.stringify(await (await ask(sandbox, vendor)).json())).toContain('unexpected');
});

test('latency delays answers', async () => {
  await using sandbox = await startSandbox({ dataset: sampleDataset() });
  sandbox.control.set('woo', { latencyMs: 150 });
  const startedAt = performance.now();
  expect((await ask(sandbox, 'woo')).status).toBe(200);
  expect(performance.now() - startedAt).toBeGreaterThanOrEqual(140);
});

test('the same share of the same requests fails in every run', async () => {
  const run = async () => {
    await using sandbox = await startSandbox({ dataset: sampleDataset() });
    sandbox.control.set('hubspot', { errorRate: 0.5, errorStatus: 502 });
    const statuses: number[] = [];
    for (let request = 0; request < 20; request += 1) statuses.push((await ask(sandbox, 'hubspot')).status);
    return statuses;
  };
  const statuses = await run();
  expect(new Set(statuses)).toEqual(new Set([200, 502]));
  expect(await run()).toEqual(statuses);
});

test('a fault can be held to a path and to a number of requests', async () => {
  await using sandbox = await startSandbox({ dataset: sampleDataset() });
  sandbox.control.set('woo', { errorRate: 1, path: '/orders', times: 2 });
  const statuses = [await ask(sandbox, 'woo'), await ask(sandbox, 'woo'), await ask(sandbox, 'woo')];
  expect(statuses.map(({ status }) => status)).toEqual([503, 503, 200]);
  expect(statuses[0]?.headers.get('content-type')).toContain('text/html');
});

test('HubSpot: more than a hundred requests in ten seconds, or four searches in one, are answered 429', async () => {
  await using sandbox = await startSandbox({ dataset: sampleDataset(), limits: { hubspot: true } });
  const first = await ask(sandbox, 'hubspot');
  expect(first.headers.get('x-hubspot-ratelimit-max')).toBe('100');
  expect(first.headers.get('x-hubspot-ratelimit-remaining')).toBe('99');
  const rest = await Promise.all(Array.from({ length: 100 }, () => ask(sandbox, 'hubspot')));
  const refused = rest.filter(({ status }) => status === 429);
  expect(refused).toHaveLength(1);
  expect(await refused[0]?.json()).toMatchObject({ errorType: 'RATE_LIMIT', policyName: 'TEN_SECONDLY_ROLLING' });

  const searches = await Promise.all(Array.from({ length: 5 }, () => search(sandbox)));
  const refusedSearch = searches.find(({ status }) => status === 429);
  expect(await refusedSearch?.json()).toMatchObject({ message: 'You have reached your secondly limit.' });
});

test.each([
  ['woo', 20, 'text/html'],
  ['fakturownia', 10, 'application/json; charset=utf-8'],
] as const)('%s: more than %i requests a second are answered 429', async (vendor, limit, type) => {
  await using sandbox = await startSandbox({ dataset: sampleDataset(), limits: true });
  const answers = await Promise.all(Array.from({ length: limit + 1 }, () => ask(sandbox, vendor)));
  const refused = answers.filter(({ status }) => status === 429);
  expect(refused).toHaveLength(1);
  expect(refused[0]?.headers.get('content-type')).toBe(type);
});

test('calls are counted by route with the names in their query, never the values', async () => {
  await using sandbox = await startSandbox({ dataset: sampleDataset() });
  await ask(sandbox, 'fakturownia');
  const { fakturownia, woo } = sandbox.control.calls();
  expect(woo.total).toBe(0);
  expect(fakturownia.list).toEqual([
    { vendor: 'fakturownia', route: 'GET /invoices.json', queryKeys: ['api_token', 'period'] },
  ]);
  expect(JSON.stringify(fakturownia)).not.toContain(SANDBOX_CREDENTIALS.fakturownia.apiToken);
  sandbox.control.resetCalls();
  expect(sandbox.control.calls().fakturownia.total).toBe(0);
});

test('all of it is steered over HTTP too', async () => {
  await using sandbox = await startSandbox({ dataset: sampleDataset() });
  const send = (method: string, path: string, body?: object) =>
    fetch(sandbox.controlUrl + path, {
      method,
      ...(body ? { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } } : {}),
    });
  expect(await (await send('PUT', '/sandbox/faults/woo', { errorRate: 1 })).json()).toMatchObject({ errorRate: 1 });
  expect((await ask(sandbox, 'woo')).status).toBe(503);
  await send('DELETE', '/sandbox/faults/woo');
  expect((await ask(sandbox, 'woo')).status).toBe(200);
  expect(await (await send('GET', '/sandbox/calls')).json()).toMatchObject({ woo: { total: 2 } });
  expect((await send('DELETE', '/sandbox/calls')).status).toBe(204);
  expect(sandbox.control.calls().woo.total).toBe(0);
  await send('PUT', '/sandbox/clock', { asOf: '2027-01-01T12:00:00Z' });
  expect(sandbox.clock.today()).toBe('2027-01-01');
  const wrong = await send('PUT', '/sandbox/faults/woo', { latency: 5 });
  expect(wrong.status).toBe(400);
  expect((await send('PUT', '/sandbox/faults/shopify', {})).status).toBe(404);
});

test('a page in a browser cannot steer it by a name that leads to this machine', async () => {
  await using sandbox = await startSandbox({ dataset: emptyDataset() });
  const { port } = new URL(sandbox.controlUrl);
  const status = await statusFor(port, 'sandbox.example.com');
  expect([status, await statusFor(port, `localhost:${port}`)]).toEqual([403, 200]);
});

async function statusFor(port: string, host: string): Promise<number | undefined> {
  const { request } = await import('node:http');
  return new Promise((resolve, reject) => {
    request({ port, host: '127.0.0.1', path: '/sandbox', headers: { host } }, (response) => {
      response.resume();
      resolve(response.statusCode);
    })
      .on('error', reject)
      .end();
  });
}

function sampleDataset() {
  const dataset = emptyDataset();
  for (const id of [1, 2]) {
    addContact(dataset.hubspot, id);
    addOrder(dataset.woo, id);
    addInvoice(dataset.fakturownia, id);
  }
  return dataset;
}

function ask(sandbox: Sandbox, vendor: Vendor, signal?: AbortSignal): Promise<Response> {
  const { woo, fakturownia, hubspot } = SANDBOX_CREDENTIALS;
  const basic = Buffer.from(`${woo.consumerKey}:${woo.consumerSecret}`).toString('base64');
  const requests: Record<Vendor, [path: string, headers: Record<string, string>]> = {
    hubspot: ['/crm/v3/objects/contacts', { authorization: `Bearer ${hubspot.token}` }],
    woo: ['/wp-json/wc/v3/orders', { authorization: `Basic ${basic}` }],
    fakturownia: [`/invoices.json?period=all&api_token=${fakturownia.apiToken}`, {}],
  };
  const [path, headers] = requests[vendor];
  return fetch(sandbox.urls[vendor] + path, { headers, signal: signal ?? null });
}

function search(sandbox: Sandbox): Promise<Response> {
  const authorization = `Bearer ${SANDBOX_CREDENTIALS.hubspot.token}`;
  const headers = { authorization, 'content-type': 'application/json' };
  return fetch(`${sandbox.urls.hubspot}/crm/v3/objects/contacts/search`, { method: 'POST', headers, body: '{}' });
}
