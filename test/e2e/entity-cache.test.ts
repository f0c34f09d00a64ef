import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { SANDBOX_CREDENTIALS, SANDBOX_WEBHOOK_SECRET } from '../../sandbox/server/vendors.ts';
import { addOrder, addShopCustomer, emptyDataset } from '../contract/sandbox-fixture.ts';
import { startRedis } from '../setup/redis.ts';
import { type Sample, scrape } from '../setup/scrape.ts';
import { until } from '../setup/until.ts';
import { type Product, startProduct } from './product.ts';

interface Customer {
  orders: { nodes: { statusRaw: string }[] };
}

const KEY = 'the key of operators';
const EMAILS = ['ewa@dom.pl', 'iza@dom.pl'];

describe.each([
  ['in its memory', false],
  ['in Redis', true],
])('a process that keeps what its subgraphs answer %s', (_, isInRedis) => {
  let started: AsyncDisposableStack;
  let product: Product;
  let folder: string;
  beforeAll(async () => {
    started = new AsyncDisposableStack();
    const redis = isInRedis ? started.use(await startRedis()) : null;
    const dataset = emptyDataset();
    for (const [index, email] of EMAILS.entries()) {
      addShopCustomer(dataset.woo, 12 + index, { email, firstName: 'Ewa', lastName: `Lis ${index}` });
      addOrder(dataset.woo, 1001 + index, { customerId: 12 + index });
    }
    folder = await mkdtemp(join(tmpdir(), 'jeden-entity-cache-'));
    product = await startProduct({
      sandbox: { dataset, webhookTimings: { batchMs: 1 } },
      env: {
        ENTITY_CACHE: 'on',
        ...(redis ? { REDIS_URL: redis.url, REDIS_TIMEOUT: '2s' } : {}),
        ENTITY_CACHE_NEGATIVE_TTL: '1h',
        CACHE_INVALIDATION_KEY: KEY,
        AUDIT_FILE: join(folder, 'audit.jsonl'),
      },
    });
    const { control } = product.sandbox;
    control.setWebhookTarget('woo', { url: `${product.url}/webhooks/woo`, secret: SANDBOX_WEBHOOK_SECRET });
    await control.webhooksIdle();
  });
  afterAll(async () => {
    await product[Symbol.asyncDispose]();
    await rm(folder, { recursive: true });
    await started.disposeAsync();
  });

  const BOTH = '{ a: customer(id: "woo:customer:12") { ...C } b: customer(id: "woo:customer:13") { ...C } }';
  const ONE = '{ customer(id: "woo:customer:13") { ...C } }';
  const FIELDS = 'fragment C on Customer { displayName emails orders { nodes { id statusRaw } } }';

  async function calls(): Promise<{ hits: number; fetches: number }> {
    const { samples, sum } = await scrape(product.adminUrl);
    const isHit = ({ name, labels }: Sample) =>
      name === 'jeden_cache_reads_total' && labels.layer?.startsWith('entities-') && labels.result === 'hit';
    return {
      hits: samples.filter(isHit).reduce((count, { value }) => count + value, 0),
      fetches: sum('jeden_subgraph_fetches_total'),
    };
  }

  async function lastTouched(): Promise<unknown> {
    const lines = (await readFile(join(folder, 'audit.jsonl'), 'utf8')).trim().split('\n');
    return (JSON.parse(lines.at(-1)!) as { touched: unknown }).touched;
  }

  /** Redis keeps it behind the answer. */
  async function untilKept(query: string, answer: unknown): Promise<void> {
    await until(async () => {
      const before = await calls();
      expect(await product.data(query)).toEqual(answer);
      const after = await calls();
      return after.fetches === before.fetches && after.hits > before.hits;
    });
  }

  test('what is kept is answered and audited as what is read, each customer for themselves', async () => {
    const cold = await product.data(BOTH + FIELDS);
    const both = await lastTouched();
    expect(JSON.stringify(both)).toContain('woo:order:1001');
    await untilKept(BOTH + FIELDS, cold);
    expect(await lastTouched()).toEqual(both);
    await product.data(ONE + FIELDS);
    const one = JSON.stringify(await lastTouched());
    expect(one).toContain('woo:order:1002');
    expect(one).toContain('woo:customer:13');
    expect(one).not.toMatch(/woo:order:1001|woo:customer:12/);
  });

  async function changeInShop(path: string, body: object): Promise<void> {
    const { consumerKey, consumerSecret } = SANDBOX_CREDENTIALS.woo;
    const credentials = Buffer.from(`${consumerKey}:${consumerSecret}`).toString('base64');
    const response = await fetch(`${product.sandbox.urls.woo}/wp-json/wc/v3/${path}`, {
      method: 'PUT',
      headers: { authorization: `Basic ${credentials}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    expect(response.status).toBe(200);
    await product.sandbox.control.webhooksIdle();
  }

  test('a webhook’s new value is not hidden', async () => {
    const statuses = async () => {
      const { a, b } = await product.data<Record<'a' | 'b', Customer>>(BOTH + FIELDS);
      return [a, b].map(({ orders }) => orders.nodes[0]?.statusRaw);
    };
    const before = await statuses();
    expect(await statuses()).toEqual(before);
    await changeInShop('orders/1001', { status: 'cancelled' });
    expect(await statuses()).toEqual(['cancelled', before[1]]);
    expect(await statuses()).toEqual(['cancelled', before[1]]);
  });

  test('nor where its customer was remembered, and stands beside one who was read', async () => {
    await product.data(`{ customer(id: "woo:customer:13") { displayName } }`);
    const query = `{ customer(id: "woo:customer:13") { displayName } customerByEmail(email: "${EMAILS[0]}") { displayName } }`;
    const nameOf = async () => (await product.data<{ customer: { displayName: string } }>(query)).customer.displayName;
    expect(await nameOf()).toBe('Ewa Lis 1');
    expect(await nameOf()).toBe('Ewa Lis 1');
    await changeInShop('customers/13', { first_name: 'Iza' });
    expect(await nameOf()).toBe('Iza Lis 1');
  });

  test('an operator’s invalidation reaches it', async () => {
    // Whoever is remembered by identity has no age, and is asked for.
    const shopCalls = async () =>
      (await scrape(product.adminUrl)).sum('jeden_subgraph_fetches_total', { subgraph: 'shop' });
    await until(async () => {
      const before = await shopCalls();
      await product.data(ONE + FIELDS);
      return (await shopCalls()) === before;
    });
    const before = await shopCalls();
    const response = await fetch(`${product.adminUrl}/cache/invalidate`, {
      method: 'POST',
      headers: { authorization: KEY, 'content-type': 'application/json' },
      body: JSON.stringify([{ kind: 'subgraph', subgraph: 'shop' }]),
    });
    expect(response.status).toBe(202);
    await product.data(ONE + FIELDS);
    expect(await shopCalls()).toBe(before + 1);
  });

  test('nothing of an erased person is kept', async () => {
    await product.data(ONE + FIELDS);
    const response = await fetch(`${product.adminUrl}/cache/erase`, {
      method: 'POST',
      headers: { authorization: KEY, 'content-type': 'application/json' },
      body: JSON.stringify({ customer: 'woo:customer:13' }),
    });
    expect(response.status).toBe(200);
    const fetches: number[] = [];
    for (let time = 0; time < 3; time += 1) {
      const before = await calls();
      await product.data(ONE + FIELDS);
      fetches.push((await calls()).fetches - before.fetches);
    }
    expect(new Set(fetches).size).toBe(1);
    expect(fetches[0]).toBeGreaterThan(0);
  });
});
