import { setTimeout as pause } from 'node:timers/promises';
import { expect, test } from '@jest/globals';
import { VENDORS, type Vendor } from '../../sandbox/server/vendors.ts';
import { type Answer, type Product, startProduct } from '../e2e/product.ts';
import { tokenForEverything } from '../e2e/test-client.ts';
import type { Flap } from '../setup/faults/fault.ts';
import { type HttpFault, startHttpProxy } from '../setup/faults/http-proxy.ts';
import { until } from '../setup/until.ts';

const SOURCE = 'source { fetchedAt stale }';
const QUERY = `
  query ($id: ID!) {
    customer(id: $id) {
      deals { nodes { id ${SOURCE} } }
      tickets { nodes { id ${SOURCE} } }
      orders { nodes { id number ${SOURCE} } }
      invoices { nodes { id number ${SOURCE} } }
      receivables { total { amount currency } overdue { amount currency } fetchedAt stale }
    }
  }
`;

interface Dated {
  fetchedAt: string;
  stale: boolean;
}
type Listed = { nodes: { id: string; source: Dated }[] };
type Customer = Record<'deals' | 'tickets' | 'orders' | 'invoices', Listed> & { receivables: Dated };
type Asked = Answer<{ customer: Customer }> & { maxAge: number; age: number };

/** What each system alone knows. */
const LISTS: Record<Vendor, readonly ('deals' | 'tickets' | 'orders' | 'invoices')[]> = {
  hubspot: ['deals', 'tickets'],
  woo: ['orders'],
  fakturownia: ['invoices'],
};

const MB = 1_000_000;
const FRESH_MS = 200;

/** What a line does to a vendor's answers, and what operators then see. */
const FAULTS: readonly (readonly [string, HttpFault | Flap<HttpFault>, RegExp])[] = [
  ['is dead', { mode: 'dead' }, /^UPSTREAM_UNAVAILABLE$/],
  ['storms 429', { mode: 'too-many', retryAfterS: null }, /^UPSTREAM_RATE_LIMITED$/],
  ['answers HTML', { mode: 'html' }, /^UPSTREAM_BAD_RESPONSE$/],
  ['answers truncated JSON', { mode: 'truncated' }, /^UPSTREAM_BAD_RESPONSE$/],
  ['answers 200 MB', { mode: 'huge', bytes: 200 * MB }, /^UPSTREAM_BAD_RESPONSE$/],
  ['answers a gzip bomb', { mode: 'gzip-bomb', bytes: 200 * MB }, /^UPSTREAM_BAD_RESPONSE$/],
  ['answers one byte a second', { mode: 'drip', bytesPerSecond: 1 }, /^UPSTREAM_TIMEOUT$/],
  ['hangs', { mode: 'hang' }, /^UPSTREAM_TIMEOUT$/],
];

test.each(VENDORS)(
  'what is known of %s stands in while it is in trouble, and says how old it is; then it is fresh again',
  async (vendor) => {
    await using line = await startBehind(vendor);
    const { product, proxy } = line;
    const id = knownToAll(product);
    for (const [how, fault, code] of FAULTS) {
      const fresh = await line.untilFresh(id);
      await pause(FRESH_MS);
      proxy.set(fault);
      const stale = await line.ask(id);
      expect({ how, errors: stale.errors }).toEqual({ how, errors: undefined });
      expect(withoutAges(stale)).toEqual(withoutAges(fresh));
      for (const other of VENDORS) {
        const dates = datesOf(stale, other);
        expect({ how, other, stale: dates.map((date) => date.stale) }).toEqual({
          how,
          other,
          stale: dates.map(() => other === vendor),
        });
      }
      expect(stale.data!.customer.receivables.stale).toBe(vendor === 'fakturownia');
      // Read when all was well.
      const before = datesOf(fresh, vendor).map(({ fetchedAt }) => fetchedAt);
      expect(datesOf(stale, vendor).map(({ fetchedAt }) => fetchedAt)).toEqual(before);
      expect(stale.extensions).toMatchObject({ stale: [{ source: vendor }] });
      expect(stale.maxAge).toBeLessThanOrEqual(stale.age);
      const { status, lastFailure } = await line.state();
      expect({ how, status, code: lastFailure.code }).toEqual({
        how,
        status: expect.stringMatching(/^(DOWN|DEGRADED)$/),
        code: expect.stringMatching(code),
      });
      proxy.set({ mode: 'pass' });
    }
    await line.untilFresh(id);
  },
  120_000,
);

test('that a customer owes nothing is said with its age, also when the list behind it is empty', async () => {
  await using line = await startBehind('fakturownia');
  const { dataset } = line.product;
  const billed = new Set([...dataset.fakturownia.invoices.values()].map(({ clientId }) => clientId));
  const { references } = dataset.truth().customers.find(({ references: all }) => {
    const clients = all.filter((reference) => reference.startsWith('fakturownia:client:'));
    return clients.length > 0 && clients.every((client) => !billed.has(Number(client.split(':')[2])));
  })!;
  const id = references[0]!;
  const fresh = await line.untilFresh(id);
  expect(fresh.data!.customer).toMatchObject({ invoices: { nodes: [] }, receivables: { total: [], stale: false } });
  await pause(FRESH_MS);
  line.proxy.set({ mode: 'dead' });
  const { data, extensions } = await line.ask(id);
  const { fetchedAt } = fresh.data!.customer.receivables;
  expect(data!.customer).toMatchObject({ invoices: { nodes: [] }, receivables: { total: [], stale: true } });
  expect(Date.parse(data!.customer.receivables.fetchedAt) - Date.parse(fetchedAt)).toBeLessThan(FRESH_MS);
  expect(extensions).toMatchObject({ stale: [{ source: 'fakturownia' }] });
});

/** Whom all three systems know, and who has something in each. */
function knownToAll({ dataset }: Product): string {
  const { references } = dataset
    .truth()
    .customers.find(
      ({ references: all, orderNumbers, invoiceNumbers }) =>
        ['hubspot:', 'woo:customer:', 'fakturownia:'].every((prefix) => all.some((one) => one.startsWith(prefix))) &&
        orderNumbers.length > 0 &&
        invoiceNumbers.length > 0 &&
        invoiceNumbers.length < 8,
    )!;
  return references[0]!;
}

function datesOf({ data }: Asked, vendor: Vendor): Dated[] {
  return LISTS[vendor].flatMap((name) => data!.customer[name].nodes.map(({ source }) => source));
}

function withoutAges({ data }: Asked): unknown {
  return JSON.parse(JSON.stringify(data, (name, value) => (['fetchedAt', 'stale'].includes(name) ? undefined : value)));
}

/** The product with one vendor behind a line that can be disturbed, and records that are fresh for a moment alone. */
async function startBehind(vendor: Vendor) {
  await using started = new AsyncDisposableStack();
  let proxy!: Awaited<ReturnType<typeof startHttpProxy>>;
  const product = await startProduct({
    sandbox: { customers: 60 },
    env: {
      CACHE_TTL: `*:*=${FRESH_MS}ms/0s/10m`,
      HUBSPOT_TIMEOUT_MS: '1500',
      WOO_TIMEOUT_MS: '1500',
      FAKTUROWNIA_TIMEOUT_MS: '3000',
    },
    envOf: async ({ urls }) => {
      proxy = started.use(await startHttpProxy(urls[vendor]));
      return { [`${vendor.toUpperCase()}_URL`]: proxy.url };
    },
  });
  started.use(product);
  const token = await tokenForEverything(product.url);
  const running = started.move();
  const ask = async (id: string): Promise<Asked> => {
    const response = await fetch(`${product.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body: JSON.stringify({ query: QUERY, variables: { id } }),
    });
    const [, maxAge = '0'] = /max-age=(\d+)/.exec(response.headers.get('cache-control') ?? '') ?? [];
    const answer = (await response.json()) as Answer<{ customer: Customer }>;
    return { ...answer, maxAge: Number(maxAge), age: Number(response.headers.get('age') ?? 0) };
  };
  return {
    product,
    proxy,
    ask,
    /** Of a system that has been in trouble, as soon as it is asked again. */
    untilFresh: async (id: string): Promise<Asked> => {
      let answer = await ask(id);
      await until(async () => {
        answer = await ask(id);
        const dates = VENDORS.flatMap((one) => datesOf(answer, one));
        return !answer.errors && [...dates, answer.data!.customer.receivables].every(({ stale }) => !stale);
      }, 30_000);
      return answer;
    },
    state: async () => {
      const { sources } = await product.data<{
        sources: { name: string; status: string; lastFailure: { code: string } }[];
      }>('{ sources { name status lastFailure { code } } }');
      return sources.find((source) => source.name === vendor)!;
    },
    [Symbol.asyncDispose]: () => running.disposeAsync(),
  };
}
