import { expect, test } from '@jest/globals';
import { callsOf, total } from '../e2e/call-counts.ts';
import { type Product, startProduct } from '../e2e/product.ts';
import { runToEnd } from '../e2e/service-process.ts';
import { type ReceivedSpan, startTraceCollector, type TraceCollector } from '../setup/trace-collector.ts';

const CUSTOMER = `query Secret($email: EmailAddress!) {
  canaryAlias: customerByEmail(email: $email) { id displayName orders(first: 2) { nodes { number } } invoices(first: 2) { nodes { number } } }
}`;

const start = (collector: TraceCollector, env: Record<string, string> = {}) =>
  startProduct({ sandbox: { customers: 80 }, env: { OTEL_EXPORTER_OTLP_ENDPOINT: collector.url, ...env } });

function emailOf({ dataset }: Product): string {
  const { customers } = dataset.truth();
  return customers.find(({ emails, orderNumbers }) => emails.length > 0 && orderNumbers.length > 0)!.emails[0]!;
}

async function post(product: Product, body: unknown, headers: Record<string, string> = {}): Promise<void> {
  const response = await fetch(`${product.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
  await response.text();
}

/** From a span up to the one that nothing stands above. */
function waysUp(spans: readonly ReceivedSpan[], { parentSpanId, name }: ReceivedSpan): string[] {
  const parent = spans.find(({ spanId }) => spanId === parentSpanId);
  return parent ? [name, ...waysUp(spans, parent)] : [name];
}

test('a request is one tree, from the HTTP request through the plan to the calls that reached the systems', async () => {
  await using collector = await startTraceCollector();
  let reached = 0;
  {
    await using product = await start(collector);
    const calls = await callsOf(product, () => product.data(CUSTOMER, { email: emailOf(product) }));
    reached = Object.values(calls).reduce((sum, one) => sum + total(one), 0);
  }
  const root = collector.spans.find(({ name }) => name === 'POST /graphql')!;
  const spans = collector.spans.filter(({ traceId }) => traceId === root.traceId);
  expect(spans.filter(({ parentSpanId }) => parentSpanId === undefined)).toEqual([root]);
  expect(root).toMatchObject({ service: 'jeden', kind: 2, attributes: { 'http.response.status_code': 200 } });
  expect(spans.map(({ name }) => name)).toEqual(
    expect.arrayContaining(['plan', 'execute', 'sequence', 'parallel', 'flatten', 'fetch shop', 'execute shop']),
  );
  const upstream = spans.filter(({ attributes }) => 'jeden.source' in attributes);
  expect(upstream).toHaveLength(reached);
  const orders = upstream.find(({ name }) => name === 'woo orders.of_customer')!;
  expect(orders).toMatchObject({
    kind: 3,
    attributes: { 'jeden.vendor': 'woocommerce', 'http.response.status_code': 200 },
  });
  expect(waysUp(spans, orders)).toEqual([
    orders.name,
    'execute shop',
    'fetch shop',
    'flatten',
    'parallel',
    'sequence',
    'execute',
    'POST /graphql',
  ]);
  const times = new Map(spans.map((one) => [one.spanId, one]));
  for (const { startTimeUnixNano, endTimeUnixNano, parentSpanId } of spans) {
    const parent = times.get(parentSpanId ?? '');
    if (!parent) continue;
    expect(BigInt(startTimeUnixNano)).toBeGreaterThanOrEqual(BigInt(parent.startTimeUnixNano));
    expect(BigInt(endTimeUnixNano)).toBeLessThanOrEqual(BigInt(parent.endTimeUnixNano));
  }
});

test('spans hold no text of a query, no variable, alias, header or anybody’s data', async () => {
  await using collector = await startTraceCollector();
  let email = '';
  {
    await using product = await start(collector, { OTEL_EXPORTER_OTLP_HEADERS: 'x-key=collector%20key' });
    email = emailOf(product);
    await product.data(CUSTOMER, { email });
    product.sandbox.control.set('woo', { errorRate: 1 });
    await product.ask(`{ canaryAlias: customerByEmail(email: "canary-literal@canary.example") { displayName } }`);
    await post(
      product,
      { query: '{ canaryField }', operationName: 'canaryName' },
      { authorization: 'Bearer canary-token' },
    );
    await fetch(`${product.url}/canary-path?canary=query`, {
      headers: { cookie: 'canary=cookie', baggage: 'canary=1' },
    });
  }
  expect(collector.spans.length).toBeGreaterThan(10);
  expect(
    collector.requests.every(({ path, headers }) => path === '/v1/traces' && headers['x-key'] === 'collector key'),
  ).toBe(true);
  expect(collector.text()).not.toMatch(/canary/i);
  expect(collector.text()).not.toContain(email);
  expect(collector.text()).not.toMatch(/displayName|sandbox-hubspot-token|ck_sandbox|api_token|Bearer/);
});

const CALLER = { traceId: 'a'.repeat(32), spanId: 'b'.repeat(16) };

test('a caller’s trace is linked to, or goes on where that is configured, and never decides whether it is sampled', async () => {
  await using linked = await startTraceCollector();
  await using continued = await startTraceCollector();
  await using unsampled = await startTraceCollector();
  const ask = async (product: Product, flags: string) =>
    post(product, { query: '{ __typename }' }, { traceparent: `00-${CALLER.traceId}-${CALLER.spanId}-${flags}` });
  {
    await using product = await start(linked);
    await ask(product, '00');
  }
  {
    await using product = await start(continued, { TRACE_CALLERS: 'continue' });
    await ask(product, '00');
  }
  {
    await using product = await start(unsampled, {
      TRACE_CALLERS: 'continue',
      OTEL_TRACES_SAMPLER: 'parentbased_always_off',
    });
    await ask(product, '01');
  }
  const [own] = linked.spans.filter(({ links }) => links.length > 0);
  expect(own).toMatchObject({ name: 'POST /graphql', links: [CALLER] });
  expect(own?.traceId).not.toBe(CALLER.traceId);
  expect(continued.spans.find(({ parentSpanId }) => parentSpanId === CALLER.spanId)).toMatchObject({
    name: 'POST /graphql',
    traceId: CALLER.traceId,
  });
  expect(unsampled.spans).toEqual([]);
});

/** Which of OpenTelemetry's exporters the process has loaded once it has answered. */
const LOADED = `
  import { createRequire } from 'node:module';
  import { startAllInOne } from './gateway/all-in-one/main.ts';
  const running = await startAllInOne({ ...process.env, PORT: '0', LOG_LEVEL: 'silent' });
  await (await fetch(running.url + '/graphql?query={__typename}')).text();
  const loaded = Object.keys(createRequire(import.meta.url)('node:module')._cache);
  console.log(loaded.filter((file) => file.includes('/exporter-trace-otlp-http/')).length);
  process.exit();
`;

test('without an endpoint nothing of the SDK is loaded', async () => {
  const run = (env: Record<string, string>) => runToEnd('-e', [LOADED], { SANDBOX_CUSTOMERS: '20', ...env });
  expect(await run({})).toMatchObject({ stdout: '0\n', stderr: '' });
  const { stdout } = await run({ OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:9' });
  expect(Number(stdout)).toBeGreaterThan(0);
});

test('where traces are switched off nothing is sent, and a collector that is away costs no request', async () => {
  await using collector = await startTraceCollector();
  {
    await using off = await start(collector, { OTEL_TRACES_EXPORTER: 'none' });
    await off.data('{ __typename }');
  }
  expect(collector.requests).toEqual([]);
  await using away = await startProduct({
    sandbox: { customers: 20 },
    env: { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:9' },
  });
  expect(await away.data('{ __typename }')).toEqual({ __typename: 'Query' });
});
