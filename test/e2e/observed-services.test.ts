import { expect, test } from '@jest/globals';
import { perVendor, VENDORS } from '../../sandbox/server/vendors.ts';
import { startSandbox } from '../../sandbox/start.ts';
import { startSpoilingProxy } from '../security/spoiling-proxy.ts';
import { type ReceivedSpan, startTraceCollector } from '../setup/trace-collector.ts';
import { NAMES, startServices } from './services.ts';

const ORDERS = `{ customers(first: 3) { nodes { id orders(first: 1) { nodes { number } } invoices(first: 1) { nodes { number } } } } }`;

const REQUEST_ID = 'asked-4711.of_support';

interface Line {
  msg: string;
  name: string;
  requestId?: string;
  traceId?: string;
}

function linesOf(output: string): Line[] {
  return output
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line) as Line);
}

function waysUp(spans: readonly ReceivedSpan[], { parentSpanId, name, service }: ReceivedSpan): string[] {
  const parent = spans.find(({ spanId }) => spanId === parentSpanId);
  return [`${service}: ${name}`, ...(parent ? waysUp(spans, parent) : [])];
}

test('a request has one id and one trace in all five processes, and no vendor is told of either', async () => {
  await using started = new AsyncDisposableStack();
  const collector = started.use(await startTraceCollector());
  const sandbox = started.use(await startSandbox({ customers: 80 }));
  const proxies = await Promise.all(
    VENDORS.map(async (vendor) => [vendor, started.use(await startSpoilingProxy(sandbox.urls[vendor]))] as const),
  );
  const proxyOf = new Map(proxies);
  const services = started.use(
    await startServices(sandbox, {
      urls: perVendor((vendor) => proxyOf.get(vendor)!.url),
      env: { LOG_LEVEL: 'debug', OTEL_EXPORTER_OTLP_ENDPOINT: collector.url, SHUTDOWN_DELAY_MS: '0' },
    }),
  );
  sandbox.control.set('fakturownia', { errorRate: 1, errorStatus: 400, path: '/invoices' });
  const response = await fetch(`${services.gateway.url}/graphql`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      authorization: `Bearer ${services.token}`,
      'x-request-id': REQUEST_ID,
    },
    body: JSON.stringify({ query: ORDERS }),
  });
  expect(response.headers.get('x-request-id')).toBe(REQUEST_ID);
  const { errors } = (await response.json()) as { errors: unknown[] };
  expect(errors.length).toBeGreaterThan(0);
  for (const name of [...NAMES].reverse()) await services[name].stop();

  for (const name of NAMES) {
    const ofRequest = linesOf(services[name].output()).filter(({ requestId }) => requestId === REQUEST_ID);
    expect({ name, messages: ofRequest.map(({ msg }) => msg) }).toEqual({
      name,
      messages: expect.arrayContaining(['request']),
    });
  }
  const lines = linesOf(services.accounting.output());
  for (const msg of ['upstream call', 'field failed', 'request']) {
    const ofKind = lines.filter((line) => line.msg === msg);
    expect({ msg, without: ofKind.length > 0 && ofKind.filter(({ requestId }) => requestId !== REQUEST_ID) }).toEqual({
      msg,
      without: [],
    });
  }

  const spans = collector.spans.filter(({ traceId }) => traceId === rootOf(collector.spans).traceId);
  const woo = spans.find(({ name }) => name === 'woo orders.of_customer')!;
  expect(waysUp(spans, woo)).toEqual([
    'jeden-shop: woo orders.of_customer',
    'jeden-shop: execute shop',
    'jeden-shop: POST /graphql',
    'jeden-gateway: fetch shop',
    'jeden-gateway: flatten',
    'jeden-gateway: parallel',
    'jeden-gateway: sequence',
    'jeden-gateway: execute',
    'jeden-gateway: POST /graphql',
  ]);
  const parties = spans.find(({ name, service }) => name === 'POST /internal/parties' && service === 'jeden-crm')!;
  expect(waysUp(spans, parties).slice(0, 3)).toEqual([
    'jeden-crm: POST /internal/parties',
    'jeden-identity: crm parties',
    'jeden-identity: execute identity',
  ]);
  const traced = linesOf(services.gateway.output()).filter(
    ({ requestId, name }) => requestId === REQUEST_ID && name === 'gateway',
  );
  expect(new Set(traced.map(({ traceId }) => traceId))).toEqual(new Set([rootOf(spans).traceId]));

  for (const [vendor, proxy] of proxies) {
    expect({ vendor, asked: proxy.headers().length > 0 }).toEqual({ vendor, asked: true });
    const ours = proxy
      .headers()
      .flatMap((headers) =>
        Object.keys(headers).filter((name) => /trace|request-id|x-jeden|baggage|deadline/.test(name)),
      );
    expect({ vendor, ours }).toEqual({ vendor, ours: [] });
  }
}, 60_000);

/** The gateway's own, of the operation. */
function rootOf(spans: readonly ReceivedSpan[]): ReceivedSpan {
  return spans.find(({ service, name }) => service === 'jeden-gateway' && name === 'POST /graphql')!;
}
