import { expect, test } from '@jest/globals';
import { VENDORS, type Vendor } from '../../sandbox/server/vendors.ts';
import { createRecordCache } from '../../subgraphs/shared/record-cache.ts';
import { type HttpProxy, startHttpProxy } from '../setup/faults/http-proxy.ts';
import { until } from '../setup/until.ts';
import { createIdentity } from '../unit/identity-world.ts';
import { palarniaDataset } from './identity-company.ts';
import { startStack } from './identity-stack.ts';

const CUSTOMER = 'id sources { reference stale } identity { incomplete unavailable { source code } links { rule } }';
const WHOLE = ['hubspot:company:77', 'hubspot:contact:501', 'fakturownia:client:3', 'woo:customer:12'];
const REFUSED = { errorRate: 1, errorStatus: 403 };

test('a shop that is down: what points at each other is linked, and the answer says what is missing', async () => {
  await using stack = await startStack({ dataset: palarniaDataset() });
  stack.sandbox.control.set('woo', REFUSED);
  const { data, errors } = await createIdentity(stack.ports).ask(
    `{ customer(id: "hubspot:contact:501") { ${CUSTOMER} } }`,
  );
  expect(errors).toBeUndefined();
  expect(data!.customer).toEqual({
    id: 'hubspot:company:77',
    sources: WHOLE.slice(0, 3).map((reference) => ({ reference, stale: false })),
    identity: {
      incomplete: true,
      unavailable: [{ source: 'woo', code: expect.stringMatching(/^UPSTREAM_/) }],
      links: [{ rule: 'CRM_ASSOCIATION' }, { rule: 'TAX_ID' }],
    },
  });
});

test('nothing of an incomplete answer is kept: the next one, with the shop back, is whole', async () => {
  await using stack = await startStack({ dataset: palarniaDataset() });
  const { ask } = createIdentity(stack.ports);
  stack.sandbox.control.set('woo', REFUSED);
  await ask(`{ customer(id: "hubspot:contact:501") { ${CUSTOMER} } }`);
  stack.sandbox.control.set('woo', { errorRate: 0 });
  const { data } = await ask(`{ customer(id: "hubspot:contact:501") { ${CUSTOMER} } }`);
  expect(data!.customer).toMatchObject({ identity: { incomplete: false, unavailable: [] } });
  expect(referencesIn(data!.customer)).toEqual([...WHOLE, expect.stringMatching(/^woo:guest:/)]);
});

test('a start that nobody can decide is an error, and takes nothing else of the request along', async () => {
  await using stack = await startStack({ dataset: palarniaDataset() });
  stack.sandbox.control.set('woo', REFUSED);
  const { data, errors } = await createIdentity(stack.ports).ask(`{
    order: customer(id: "woo:order:1") { id }
    unknown: customerByPhone(phone: "699999998") { id }
    shopless: customer(id: "fakturownia:client:4") { id identity { incomplete } }
    nobody: customer(id: "hubspot:contact:999999") { id } }`);
  const code = expect.stringMatching(/^UPSTREAM_/);
  expect(data).toEqual({
    order: null,
    unknown: null,
    shopless: { id: 'fakturownia:client:4', identity: { incomplete: true } },
    nobody: null,
  });
  expect(errors).toHaveLength(2);
  for (const field of ['order', 'unknown']) {
    expect(errors).toContainEqual(expect.objectContaining({ path: [field], extensions: { code, source: 'woo' } }));
  }
});

test('a look-up that finds several is no ambiguity while the source that may join them is away', async () => {
  await using stack = await startStack({ dataset: palarniaDataset() });
  stack.sandbox.control.set('hubspot', REFUSED);
  const { data, errors } = await createIdentity(stack.ports).ask('{ customerByEmail(email: "ewa@dom.pl") { id } }');
  expect(data).toEqual({ customerByEmail: null });
  expect(errors).toMatchObject([{ extensions: { code: expect.stringMatching(/^UPSTREAM_/), source: 'hubspot' } }]);
});

test('with the CRM away a firm still has its invoices and says that records may be missing', async () => {
  await using stack = await startStack({ dataset: palarniaDataset() });
  stack.sandbox.control.set('hubspot', REFUSED);
  const query = `{ customer(id: "fakturownia:client:3") { ${CUSTOMER} } }`;
  const { data, errors } = await createIdentity(stack.ports).ask(query);
  expect(errors).toBeUndefined();
  expect(data!.customer).toMatchObject({
    id: 'fakturownia:client:3',
    sources: [{ reference: 'fakturownia:client:3' }],
    identity: { incomplete: true, unavailable: [{ source: 'hubspot' }] },
  });
});

test.each(['hubspot', 'fakturownia', 'woo'] as const)(
  'a list without %s is an error, not a short list',
  async (vendor) => {
    await using stack = await startStack({ dataset: palarniaDataset() });
    stack.sandbox.control.set(vendor, REFUSED);
    const { data, errors } = await createIdentity(stack.ports).ask('{ customers { nodes { id } } }');
    expect(data).toEqual({ customers: null });
    expect(errors).toMatchObject([{ path: ['customers'], extensions: { code: expect.stringMatching(/^UPSTREAM_/) } }]);
  },
);

const TIMEOUT_MS = 6000;

/** Identity over the stack with one vendor behind a line that can hang, under a clock of the test's. */
async function startBehind(vendor: Vendor, timeoutMs = TIMEOUT_MS) {
  await using started = new AsyncDisposableStack();
  let proxy!: HttpProxy;
  let nowMs = Date.now();
  const now = () => nowMs;
  const stack = await startStack({
    dataset: palarniaDataset(),
    now,
    timeoutMs,
    urlsOf: async (urls) => {
      proxy = started.use(await startHttpProxy(urls[vendor]));
      return { ...urls, [vendor]: proxy.url };
    },
  });
  started.use(stack);
  const identity = createIdentity(stack.ports, { cache: createRecordCache({ now }), now });
  const running = started.move();
  return {
    proxy,
    pass: (ms: number) => {
      nowMs += ms;
    },
    /** With how long the answer took. */
    ask: async (lookup: string) => {
      const askedAt = performance.now();
      const { data, errors } = await identity.ask(`{ customer: ${lookup} { ${CUSTOMER} } }`);
      return { customer: data!.customer, errors, ms: performance.now() - askedAt };
    },
    [Symbol.asyncDispose]: () => running.disposeAsync(),
  };
}

const WHO = 'customer(id: "hubspot:contact:501")';

// These wait most of their time, so they do it together.
test.concurrent.each(VENDORS)(
  'while %s hangs, who is known is told without it; once it answers, completely again',
  async (vendor) => {
    await using line = await startBehind(vendor);
    const whole = await line.ask(WHO);
    expect(whole.customer).toMatchObject({ identity: { incomplete: false } });
    line.pass(31_000);
    line.proxy.set({ mode: 'hang' });
    const first = await line.ask(WHO);
    const standIn = {
      id: 'hubspot:company:77',
      identity: { incomplete: true, unavailable: [{ source: vendor, code: 'UPSTREAM_TIMEOUT' }] },
    };
    expect(first.errors).toBeUndefined();
    expect(first.customer).toMatchObject(standIn);
    expect(referencesIn(first.customer)).toEqual(referencesIn(whole.customer));
    const own = referencesIn(whole.customer).filter((reference) => reference.startsWith(vendor));
    expect(staleIn(first.customer)).toEqual(expect.arrayContaining(own));
    expect(first.ms).toBeLessThan(TIMEOUT_MS);
    // Nobody else waits, and what hangs is not asked again and again.
    const { arrived } = line.proxy.counts();
    const lookups = [WHO, 'customer(id: "woo:customer:12")', 'customerByEmail(email: "anna@palarnia.pl")'];
    for (const lookup of lookups) {
      const next = [await line.ask(lookup), await line.ask(lookup), await line.ask(lookup)];
      for (const { customer } of next) expect(customer).toMatchObject(standIn);
      // The fastest: the machine may be busy with something else for a moment.
      expect(Math.min(...next.map(({ ms }) => ms))).toBeLessThan(first.ms / 2);
    }
    expect(line.proxy.counts().arrived).toBe(arrived);
    line.proxy.set({ mode: 'pass' });
    await until(async () => {
      const { customer } = await line.ask(WHO);
      return JSON.stringify(customer) === JSON.stringify(whole.customer);
    }, 3 * TIMEOUT_MS);
  },
  60_000,
);

test.concurrent.each(VENDORS)(
  'while %s fails every other time, who is known is told without waiting for repeats, and is read anew behind',
  async (vendor) => {
    await using line = await startBehind(vendor);
    const whole = await line.ask(WHO);
    const aged = async () => {
      line.pass(31_000);
      return line.ask(WHO);
    };
    line.proxy.set({ mode: 'flap', share: 0.5, fault: { mode: 'dead' } });
    const standIns: Awaited<ReturnType<typeof aged>>[] = [];
    // Repeats help at first, and nobody knows yet that they are the rule.
    await until(async () => {
      const answer = await aged();
      if (staleIn(answer.customer).length === 0) standIns.length = 0;
      else standIns.push(answer);
      return standIns.length === 10;
    });
    for (const { customer, errors } of standIns) {
      expect(errors).toBeUndefined();
      expect(customer).toMatchObject({
        id: 'hubspot:company:77',
        identity: { incomplete: true, unavailable: [{ source: vendor, code: 'UPSTREAM_UNAVAILABLE' }] },
      });
      expect(referencesIn(customer)).toEqual(referencesIn(whole.customer));
    }
    // The repeats have gone on without anybody waiting.
    await until(async () => JSON.stringify((await line.ask(WHO)).customer) === JSON.stringify(whole.customer), 20_000);
    line.proxy.set({ mode: 'pass' });
    await until(async () => staleIn((await aged()).customer).length === 0, 20_000);
  },
  60_000,
);

test.concurrent('who is met for the first time waits for a system that hangs as long as its calls may take', async () => {
  const timeoutMs = 2500;
  await using line = await startBehind('woo', timeoutMs);
  line.proxy.set({ mode: 'hang' });
  const { customer, ms } = await line.ask(WHO);
  expect(customer).toMatchObject({ identity: { incomplete: true, unavailable: [{ code: 'UPSTREAM_TIMEOUT' }] } });
  expect(ms).toBeGreaterThan(timeoutMs - 100);
}, 20_000);

test.concurrent('a system that is always slow is not taken for one that hangs', async () => {
  await using line = await startBehind('woo');
  await line.ask(WHO);
  line.proxy.set({ mode: 'delay', ms: 2000 });
  // The first time nobody knows.
  line.pass(31_000);
  expect(staleIn((await line.ask(WHO)).customer)).not.toEqual([]);
  await until(async () => {
    line.pass(31_000);
    const { customer } = await line.ask(WHO);
    return staleIn(customer).length === 0;
  }, 30_000);
}, 60_000);

function staleIn(customer: unknown): string[] {
  // Cast: the selection above.
  const { sources } = customer as { sources: { reference: string; stale: boolean }[] };
  return sources.filter(({ stale }) => stale).map(({ reference }) => reference);
}

function referencesIn(customer: unknown): string[] {
  // Cast: the selection above.
  return (customer as { sources: { reference: string }[] }).sources.map(({ reference }) => reference);
}
