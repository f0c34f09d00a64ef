import { expect, test } from '@jest/globals';
import { createMetrics } from '../../common/metrics/metrics.ts';
import { VENDORS } from '../../sandbox/server/vendors.ts';
import { startProduct } from '../e2e/product.ts';
import { tokenOf } from '../e2e/test-client.ts';
import { scrape } from '../setup/scrape.ts';

const start = () => startProduct({ sandbox: { customers: 80 } });

const CUSTOMERS = '{ customers(first: 10) { nodes { id email orders(first: 2) { nodes { number } } } } }';

test('calls to the sources are counted by name, as many as reached the systems', async () => {
  await using product = await start();
  await product.data(CUSTOMERS);
  await product.data('{ invoices(first: 5) { nodes { number } } }');
  const { sum, samples } = await scrape(product.adminUrl);
  const reached = product.sandbox.control.calls();
  for (const vendor of VENDORS) {
    expect(reached[vendor].total).toBeGreaterThan(0);
    expect({ vendor, counted: sum('jeden_upstream_calls_total', { source: vendor, outcome: 'OK' }) }).toEqual({
      vendor,
      counted: reached[vendor].total,
    });
    expect(sum('jeden_upstream_call_duration_seconds_count', { source: vendor })).toBe(reached[vendor].total);
  }
  const names = samples.filter(({ name }) => name === 'jeden_upstream_calls_total').map((one) => one.labels.operation);
  expect(names.filter((name) => !/^[a-z_-]+(\.[a-z_-]+)*$/i.test(name!))).toEqual([]);
});

test('operations are counted by client and outcome, requests by route and status', async () => {
  await using product = await start();
  const before = await scrape(product.adminUrl);
  const support = await tokenOf(product.url, 'support');
  await product.data('{ __typename }');
  await product.data('{ __typename }', {}, support);
  await product.data('{ __typename }', {}, support);
  await product.ask('{ nothingOfThatName }', {}, support);
  await fetch(`${product.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query: '{ __typename }' }),
  });
  await fetch(`${product.url}/canary/%63anary@example.com?token=canary`);
  const after = await scrape(product.adminUrl);
  const counted = (name: string, labels: Record<string, string>) => after.sum(name, labels) - before.sum(name, labels);
  const operations = (labels: Record<string, string>) => counted('jeden_graphql_operations_total', labels);
  expect(operations({ client: 'everything', outcome: 'ok' })).toBe(1);
  expect(operations({ client: 'support', outcome: 'ok' })).toBe(2);
  expect(operations({ client: 'support', outcome: 'invalid' })).toBe(1);
  expect(operations({ client: 'anonymous', outcome: 'ok' })).toBe(1);
  expect(counted('jeden_graphql_errors_total', { code: 'GRAPHQL_VALIDATION_FAILED' })).toBe(1);
  expect(counted('jeden_graphql_operation_duration_seconds_count', {})).toBe(5);
  expect(counted('jeden_http_requests_total', { route: '/graphql' })).toBe(5);
  expect(counted('jeden_http_requests_total', { route: 'none', status: '4xx' })).toBe(1);
  expect(after.text).not.toMatch(/canary|nothingOfThatName/);
});

test('denied fields are counted by coordinate, subgraph calls by outcome, kept documents and plans as hits', async () => {
  await using product = await start();
  const reporting = await tokenOf(product.url, 'partner');
  const denied = '{ customers(first: 1) { nodes { id secret: email } } }';
  await product.ask(denied, {}, reporting);
  await product.ask(denied, {}, reporting);
  const { sum, samples } = await scrape(product.adminUrl);
  expect(sum('jeden_denied_fields_total', { coordinate: 'Customer.email' })).toBe(2);
  expect(samples.filter(({ name }) => name === 'jeden_denied_fields_total')).toHaveLength(1);
  expect(sum('jeden_subgraph_fetches_total', { subgraph: 'identity', outcome: 'ok' })).toBe(2);
  expect(sum('jeden_subgraph_fetch_duration_seconds_count', { subgraph: 'identity' })).toBe(2);
  for (const layer of ['document', 'decision', 'plan']) {
    expect({ layer, hits: sum('jeden_cache_reads_total', { layer, result: 'hit' }) }).toEqual({ layer, hits: 1 });
    expect({ layer, misses: sum('jeden_cache_reads_total', { layer, result: 'miss' }) }).toEqual({ layer, misses: 1 });
  }
});

test('records that come out of the cache are counted by layer', async () => {
  await using product = await start();
  await product.data(CUSTOMERS);
  const cold = await scrape(product.adminUrl);
  await product.data(CUSTOMERS);
  const warm = await scrape(product.adminUrl);
  const counted = (name: string, labels: Record<string, string>) => warm.sum(name, labels) - cold.sum(name, labels);
  expect(counted('jeden_cache_reads_total', { layer: 'records-memory', result: 'hit' })).toBeGreaterThan(10);
  expect(counted('jeden_cache_reads_total', { layer: 'records', result: 'miss' })).toBe(0);
});

test('a system that fails shows in its calls, in the fetches of its subgraph and in the codes of answers', async () => {
  await using product = await start();
  product.sandbox.control.set('woo', { errorRate: 1, errorStatus: 500 });
  await product.ask('{ orders(first: 1) { nodes { number } } }');
  const { sum } = await scrape(product.adminUrl);
  expect(sum('jeden_upstream_calls_total', { source: 'woo', outcome: 'UPSTREAM_UNAVAILABLE' })).toBe(
    product.sandbox.control.calls().woo.total,
  );
  expect(sum('jeden_subgraph_fetches_total', { subgraph: 'shop', outcome: 'errors' })).toBe(1);
  expect(sum('jeden_graphql_errors_total', { code: 'UPSTREAM_UNAVAILABLE' })).toBe(1);
  expect(sum('jeden_graphql_operations_total', { outcome: 'errors' })).toBe(1);
});

test('webhooks are counted by source and outcome, those for nobody together', async () => {
  await using product = await start();
  const send = (source: string) => fetch(`${product.url}/webhooks/${source}`, { method: 'POST' });
  await send('woo');
  await send('canary-one');
  await send('canary-two');
  const { sum, text } = await scrape(product.adminUrl);
  expect(sum('jeden_webhooks_total', { source: 'woo', outcome: 'unsigned' })).toBe(1);
  expect(sum('jeden_webhooks_total', { source: 'unknown', outcome: 'unknown' })).toBe(2);
  expect(text).not.toContain('canary');
});

test('parts in one process count for themselves', async () => {
  await using busy = await start();
  await using idle = await start();
  await busy.data('{ __typename }');
  expect((await scrape(idle.adminUrl)).sum('jeden_graphql_operations_total')).toBe(0);
});

test('clients beyond the first hundred share a name, and none that looks like an address stands there', async () => {
  const { gateway, scrape: read } = createMetrics();
  const ask = (clientId: string) => gateway.onOperation({ clientId, outcome: 'ok', ms: 1 });
  ask('someone@canary.example');
  for (let index = 0; index < 300; index += 1) ask(`app-${index}`);
  const text = await read();
  expect(text.match(/^jeden_graphql_operations_total\{/gm)).toHaveLength(101);
  expect(text).toContain('jeden_graphql_operations_total{client="other",outcome="ok"} 201');
  expect(text).not.toContain('canary');
});

test('a scrape tells what is left of each budget, which circuits are open, and what is no longer asked', async () => {
  await using product = await start();
  await product.data(CUSTOMERS);
  const before = await scrape(product.adminUrl);
  for (const vendor of VENDORS) {
    expect({ vendor, closed: before.sum('jeden_source_circuit_state', { source: vendor, state: 'CLOSED' }) }).toEqual({
      vendor,
      closed: 1,
    });
  }
  const left = before.sum('jeden_source_budget_remaining', { source: 'hubspot' });
  expect(left).toBeLessThan(before.sum('jeden_source_budget_limit', { source: 'hubspot' }));
  product.sandbox.control.set('woo', { mode: 'outage' });
  const orders = '{ orders(first: 1) { nodes { number } } }';
  for (let asked = 0; asked < 8; asked += 1) await product.ask(orders);
  const after = await scrape(product.adminUrl);
  expect(after.sum('jeden_source_circuit_state', { source: 'woo', state: 'OPEN' })).toBe(1);
  expect(after.sum('jeden_source_circuit_state', { source: 'woo' })).toBe(1);
  expect(after.sum('jeden_upstream_refusals_total', { source: 'woo', code: 'UPSTREAM_UNAVAILABLE' })).toBeGreaterThan(
    0,
  );
});
