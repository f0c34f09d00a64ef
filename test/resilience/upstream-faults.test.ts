import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { VENDORS, type Vendor } from '../../sandbox/server/vendors.ts';
import { type Answer, type Product, startProduct } from '../e2e/product.ts';
import { createExpiredCertificate } from '../setup/faults/certificate.ts';
import type { Flap } from '../setup/faults/fault.ts';
import { type HttpFault, type HttpProxyOptions, startHttpProxy } from '../setup/faults/http-proxy.ts';

const QUERY = `
  query ($id: ID!) {
    customer(id: $id) {
      deals { nodes { id } }
      tickets { nodes { id } }
      orders { nodes { id number } }
      returns { nodes { id } }
      invoices { nodes { id number } }
      payments { nodes { id } }
      receivables { total { amount currency } }
    }
  }
`;

type Fields = Record<string, unknown>;
type Asked = Answer<{ customer: Fields | null }>;

/** What each system alone knows. */
const FIELDS: Record<Vendor, readonly string[]> = {
  hubspot: ['deals', 'tickets'],
  woo: ['orders', 'returns'],
  fakturownia: ['invoices', 'payments', 'receivables'],
};

const MB = 1_000_000;

/** What a line does to a vendor's answers, and the codes that say so; null: the answer is whole. */
const FAULTS: readonly (readonly [string, HttpFault | Flap<HttpFault>, RegExp | null])[] = [
  ['is dead', { mode: 'dead' }, /^UPSTREAM_UNAVAILABLE$/],
  ['hangs', { mode: 'hang' }, /^UPSTREAM_TIMEOUT$/],
  ['is ten times slower', { mode: 'slower', times: 10 }, null],
  ['answers one byte a second', { mode: 'drip', bytesPerSecond: 1 }, /^UPSTREAM_TIMEOUT$/],
  ['storms 429', { mode: 'too-many', retryAfterS: null }, /^UPSTREAM_RATE_LIMITED$/],
  ['answers HTML', { mode: 'html' }, /^UPSTREAM_(BAD_RESPONSE|UNAVAILABLE)$/],
  ['answers truncated JSON', { mode: 'truncated' }, /^UPSTREAM_BAD_RESPONSE$/],
  ['answers bytes that are no HTTP', { mode: 'garbage' }, /^UPSTREAM_(BAD_RESPONSE|UNAVAILABLE)$/],
  ['answers 200 MB', { mode: 'huge', bytes: 200 * MB }, /^UPSTREAM_BAD_RESPONSE$/],
  ['answers a gzip bomb', { mode: 'gzip-bomb', bytes: 200 * MB }, /^UPSTREAM_BAD_RESPONSE$/],
];

let healthy: Product;

beforeAll(async () => {
  healthy = await startProduct({ sandbox: { customers: 60 } });
});

afterAll(async () => {
  await healthy[Symbol.asyncDispose]();
});

for (const vendor of VENDORS) {
  test.each(FAULTS)(`${vendor} %s: precise errors, and the others' answers unchanged`, async (_how, fault, code) => {
    const { id, expected } = await askHealthy();
    await using line = await startBehind(vendor);
    // So that it is known who the customer is.
    await line.product.data('query ($id: ID!) { customer(id: $id) { id } }', { id });
    line.proxy.set(fault);
    const answer = await line.product.ask<{ customer: Fields | null }>(QUERY, { id });
    if (code === null) expect(answer).toEqual({ ...answer, data: { customer: expected }, errors: undefined });
    else expectOnlyItsOwn(answer, expected, { vendor, code });
    // Reading ends at a bound far below what was sent.
    expect(line.proxy.largestAnswerBytes()).toBeLessThan(64 * MB);
  });

  test(`${vendor} fails every other time: answers are right or say why not, and it is still asked`, async () => {
    const ids = customersOfAll().slice(0, 6);
    await using line = await startBehind(vendor);
    for (const id of ids) await line.product.data('query ($id: ID!) { customer(id: $id) { id } }', { id });
    line.proxy.set({ mode: 'flap', share: 0.5, fault: { mode: 'dead' } });
    let whole = 0;
    for (const id of ids) {
      const expected = (await healthy.data<{ customer: Fields }>(QUERY, { id })).customer;
      const answer = await line.product.ask<{ customer: Fields | null }>(QUERY, { id });
      if (answer.errors) expectOnlyItsOwn(answer, expected, { vendor, code: /^UPSTREAM_UNAVAILABLE$/ });
      else expect(answer.data!.customer).toEqual(expected);
      whole += answer.errors ? 0 : 1;
    }
    // As many as the budget of repeats bears.
    expect(whole).toBeGreaterThan(0);
    expect(await line.state(vendor)).toMatchObject({ status: 'DEGRADED', circuit: 'CLOSED' });
  });

  test(`${vendor} has a certificate that is out of date: an error, and no call gets through`, async () => {
    const { id } = await askHealthy();
    await using line = await startBehind(vendor, { certificate: createExpiredCertificate() });
    const { errors = [] } = await line.product.ask(QUERY, { id });
    const own = errors.filter(({ extensions }) => extensions.source === vendor);
    expect(own.length).toBeGreaterThan(0);
    for (const { extensions } of own) expect(extensions.code).toBe('UPSTREAM_UNAVAILABLE');
    expect(line.proxy.counts()).toMatchObject({ arrived: 0, passed: 0 });
  });

  test(`${vendor} is dead: after a few failures nobody asks it any more`, async () => {
    await using line = await startBehind(vendor);
    line.proxy.set({ mode: 'dead' });
    const ids = healthy.dataset.truth().customers.map(({ references }) => references[0]!);
    let calls = -1;
    for (let next = 0; calls < line.proxy.counts().connections && next < 25; next += 1) {
      calls = line.proxy.counts().connections;
      await line.product.ask(QUERY, { id: ids[next] });
    }
    const { status, circuit } = await line.state(vendor);
    expect({ status, circuit }).toEqual({ status: 'DOWN', circuit: 'OPEN' });
    expect(line.proxy.counts().arrived).toBeLessThanOrEqual(20);
  });
}

async function askHealthy(): Promise<{ id: string; expected: Fields }> {
  const id = customersOfAll()[0]!;
  return { id, expected: (await healthy.data<{ customer: Fields }>(QUERY, { id })).customer };
}

/** Whom all three systems know, by a reference each. */
function customersOfAll(): string[] {
  const known = healthy.dataset
    .truth()
    .customers.filter(
      ({ references: all, orderNumbers, invoiceNumbers }) =>
        ['hubspot:', 'woo:customer:', 'fakturownia:'].every((prefix) => all.some((one) => one.startsWith(prefix))) &&
        orderNumbers.length > 0 &&
        invoiceNumbers.length > 0 &&
        invoiceNumbers.length < 8,
    );
  return known.map(({ references }) => references[0]!);
}

function expectOnlyItsOwn(
  { data, errors = [] }: Asked,
  expected: Fields,
  { vendor, code }: { vendor: Vendor; code: RegExp },
): void {
  expect(errors.length).toBeGreaterThan(0);
  for (const { extensions } of errors) {
    expect(extensions).toMatchObject({ source: vendor, code: expect.stringMatching(code) });
  }
  for (const other of VENDORS.filter((one) => one !== vendor)) {
    for (const field of FIELDS[other]) expect([field, data!.customer![field]]).toEqual([field, expected[field]]);
  }
}

/** The product with one vendor behind a line that can be disturbed. */
async function startBehind(vendor: Vendor, options: HttpProxyOptions = {}) {
  await using started = new AsyncDisposableStack();
  let proxy!: Awaited<ReturnType<typeof startHttpProxy>>;
  const product = await startProduct({
    sandbox: { dataset: healthy.dataset },
    env: { [`${vendor.toUpperCase()}_TIMEOUT_MS`]: vendor === 'fakturownia' ? '3000' : '1500' },
    envOf: async ({ urls }) => {
      proxy = started.use(await startHttpProxy(urls[vendor], options));
      return { [`${vendor.toUpperCase()}_URL`]: proxy.url };
    },
  });
  started.use(product);
  const running = started.move();
  return {
    product,
    proxy,
    state: async (name: string) => {
      const { sources } = await product.data<{ sources: { name: string; status: string; circuit: string }[] }>(
        '{ sources { name status circuit } }',
      );
      return sources.find((source) => source.name === name)!;
    },
    [Symbol.asyncDispose]: () => running.disposeAsync(),
  };
}
