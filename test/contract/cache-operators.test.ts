import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, test } from '@jest/globals';
import { runCacheCommand } from '../../gateway/cache/command.ts';
import { callsOf, total } from '../e2e/call-counts.ts';
import { type Product, startProduct } from '../e2e/product.ts';
import { processEnv } from '../setup/process-env.ts';
import { startRedis } from '../setup/redis.ts';
import { until } from '../setup/until.ts';

const KEY = 'a-key-of-operators-1234';
const ENV = { CACHE_INVALIDATION_KEY: KEY, CACHE_TTL: '*:*=1h' };

async function post(product: Product, path: string, body: unknown, key: string | null = KEY) {
  const headers: Record<string, string> = { 'content-type': 'application/json' };
  if (key !== null) headers.authorization = key;
  const response = await fetch(`${product.adminUrl}${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

const CUSTOMER = `query ($id: ID!) { customer(id: $id) { id
  orders(first: 5) { nodes { id } } invoices(first: 5) { nodes { id } } } }`;

/** Known to all three systems. */
function someCustomer({ dataset }: Product): string {
  const known = dataset
    .truth()
    .customers.find(({ references }) =>
      ['hubspot:', 'woo:customer:', 'fakturownia:'].every((start) => references.some((one) => one.startsWith(start))),
    );
  return known!.references.find((one) => one.startsWith('woo:customer:'))!;
}

async function callsTo(product: Product, work: () => Promise<unknown>): Promise<number> {
  return Object.values(await callsOf(product, work)).reduce((sum, calls) => sum + total(calls), 0);
}

test('invalidation asks for the key, says what is wrong, and answers 202 with the count', async () => {
  await using product = await startProduct({ sandbox: { customers: 60 }, env: ENV });
  await product.data(CUSTOMER, { id: someCustomer(product) });
  const shop = [{ kind: 'subgraph', subgraph: 'shop' }];
  expect(await post(product, '/cache/invalidate', shop, null)).toMatchObject({ status: 401 });
  expect(await post(product, '/cache/invalidate', shop, 'another-key-of-operators')).toMatchObject({ status: 401 });
  for (const wrong of [
    {},
    [],
    [{ kind: 'all' }],
    [{ kind: 'type', subgraph: 'shop' }],
    [{ kind: 'subgraph', subgraph: 'x' }],
  ])
    expect(await post(product, '/cache/invalidate', wrong)).toMatchObject({ status: 400 });
  expect(await post(product, '/cache/invalidate', [{ kind: 'type', subgraph: 'shop', type: 'Product' }])).toEqual({
    status: 202,
    body: { count: 0 },
  });
  const first = await post(product, '/cache/invalidate', [{ kind: 'type', subgraph: 'shop', type: 'Order' }]);
  expect(first.status).toBe(202);
  expect(first.body.count).toBeGreaterThan(0);
  expect((await post(product, '/cache/invalidate', shop)).body.count).toBeGreaterThan(0);
  expect((await post(product, '/cache/invalidate', shop)).body).toEqual({ count: 0 });
  const tag = { kind: 'cache_tag', subgraphs: ['shop'], cache_tag: someCustomer(product) };
  expect((await post(product, '/cache/invalidate', [tag])).status).toBe(202);
  expect((await fetch(`${product.url}/cache/invalidate`, { method: 'POST' })).status).toBe(404);
});

test.each(['memory', 'redis'])(
  'erasing a customer removes every trace in %s, keeps none again, and prints it',
  async (where) => {
    await using redis = where === 'redis' ? await startRedis() : null;
    const env = { ...ENV, ...(redis ? { REDIS_URL: redis.url, REDIS_TIMEOUT: '1s' } : {}) };
    await using product = await startProduct({ sandbox: { customers: 60 }, env });
    const id = someCustomer(product);
    const read = () => product.data(CUSTOMER, { id });
    const answer = await read();
    // In Redis from when the product has found it, which a busy machine delays.
    if (redis) await until(async () => (await callsTo(product, read)) === 0);
    expect(await callsTo(product, read)).toBe(0);
    const printed = await runCacheCommand(['erase', '--customer', id], { adminUrls: [product.adminUrl], key: KEY });
    expect(printed).toContain(`  ${id}\n`);
    expect(Number(/^Removed (\d+) cached records/.exec(printed)?.[1])).toBeGreaterThan(5);
    expect(await read()).toEqual(answer);
    const again = await callsTo(product, read);
    expect(again).toBeGreaterThan(0);
    const removed = await post(product, '/cache/erase', { customer: id });
    expect(removed.body).toMatchObject({ removed: 0 });
  },
  60_000,
);

test('the command tells what it needs', async () => {
  const run = promisify(execFile)(process.execPath, ['gateway/cache/main.ts', 'erase'], {
    env: processEnv({ CACHE_INVALIDATION_KEY: KEY }),
  });
  await expect(run).rejects.toMatchObject({ code: 1, stderr: expect.stringContaining('erase --customer REFERENCE') });
});
