import { expect, test } from '@jest/globals';
import type { CallOptions, SubgraphTransport } from '../../common/transport.ts';
import { customerGraph } from './gateway-customers.ts';
import { codesByPath, post, startGraph } from './gateway-fixture.ts';

test('a subgraph gets the request id and the time that is left', async () => {
  await using graph = await startGraph(customerGraph, {
    limits: { subgraphTimeoutMs: 60_000, requestTimeoutMs: 5000 },
  });
  const response = await post(graph.endpoint, { query: '{ customer(id: "1") { debt } }' }, { 'x-request-id': 'req-7' });
  expect(response.headers.get('x-request-id')).toBe('req-7');
  const received = ['identity', 'accounting'].flatMap((name) => graph.subgraph(name).received);
  expect(received).toHaveLength(2);
  for (const { headers } of received) {
    expect(headers).toMatchObject({ 'x-request-id': 'req-7', 'content-type': 'application/json' });
    expect(Number(headers['x-deadline-ms'])).toBeGreaterThan(0);
    expect(Number(headers['x-deadline-ms'])).toBeLessThanOrEqual(5000);
  }
});

test("nothing of the client's own headers reaches a subgraph", async () => {
  await using graph = await startGraph(customerGraph);
  const spoofed = {
    authorization: 'Bearer canary',
    cookie: 'canary',
    'x-deadline-ms': '99999999',
    'x-canary': 'canary',
  };
  await post(graph.endpoint, { query: '{ invoiceCount }' }, spoofed);
  const [received] = graph.subgraph('accounting').received;
  expect(JSON.stringify(received?.headers)).not.toMatch(/canary|99999999/);
});

test("the request's deadline ends all of its calls, and what came before it is kept", async () => {
  await using graph = await startGraph(customerGraph, { limits: { requestTimeoutMs: 2000 } });
  graph.subgraph('accounting').misbehave(() => ({ kind: 'hang' }));
  const answer = await graph.ask('{ customer(id: "1") { name debt } }');
  expect(answer.data).toEqual({ customer: { name: 'Customer 1', debt: null } });
  expect(codesByPath(answer)).toEqual(['customer.debt: SUBGRAPH_TIMEOUT']);
  await graph.subgraph('accounting').received[0]?.aborted;
});

test('a client that goes away takes its calls along', async () => {
  await using graph = await startGraph(customerGraph);
  const arrived = Promise.withResolvers<void>();
  graph.subgraph('accounting').misbehave(() => {
    arrived.resolve();
    return { kind: 'hang' };
  });
  const client = new AbortController();
  const answer = fetch(graph.endpoint, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query: '{ customer(id: "1") { debt } }' }),
    signal: client.signal,
  });
  await arrived.promise;
  client.abort();
  await expect(answer).rejects.toThrow();
  await graph.subgraph('accounting').received[0]?.aborted;
});

test('a client that goes away aborts the calls in this process, also of a subgraph that does not listen', async () => {
  const call = Promise.withResolvers<CallOptions>();
  const deaf: SubgraphTransport = {
    execute: (_body, options) => {
      call.resolve(options);
      return new Promise(() => {});
    },
    close: async () => {},
  };
  await using graph = await startGraph(customerGraph, { transportOf: () => deaf });
  const client = new AbortController();
  const body = JSON.stringify({ query: '{ invoiceCount }' });
  const headers = { 'content-type': 'application/json' };
  const answer = fetch(graph.endpoint, { method: 'POST', headers, body, signal: client.signal });
  const { signal } = await call.promise;
  client.abort();
  await expect(answer).rejects.toThrow();
  if (!signal.aborted) await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }));
  expect(signal.aborted).toBe(true);
});

test('sends a query again, once, over a connection that broke', async () => {
  await using graph = await startGraph(customerGraph);
  const { received, misbehave } = graph.subgraph('accounting');
  misbehave(() => (received.length === 1 ? { kind: 'reset' } : null));
  expect(await graph.ask('{ invoiceCount }')).toEqual({ data: { invoiceCount: 7 } });
  expect(received).toHaveLength(2);
  misbehave(() => ({ kind: 'reset' }));
  expect(codesByPath(await graph.ask('{ invoiceCount }'))).toEqual(['invoiceCount: SUBGRAPH_UNAVAILABLE']);
  expect(received).toHaveLength(4);
});

test('never sends a mutation again', async () => {
  await using graph = await startGraph(customerGraph);
  const { received, misbehave } = graph.subgraph('shop');
  misbehave(() => ({ kind: 'reset' }));
  expect(codesByPath(await graph.ask('mutation { cancel(id: "o-1") { number } }'))).toEqual([
    'cancel: SUBGRAPH_UNAVAILABLE',
  ]);
  expect(received).toHaveLength(1);
});

test('keeps to the number of connections, and answers all the same', async () => {
  await using graph = await startGraph(customerGraph, { limits: { shareCallsMs: 0 } }, { connections: 2 });
  const { received, misbehave } = graph.subgraph('accounting');
  let isOpen = false;
  const held: (() => void)[] = [];
  misbehave(() => (isOpen ? null : { kind: 'wait', until: new Promise((resolve) => held.push(resolve)) }));
  const answers = Array.from({ length: 8 }, () => graph.ask('{ invoiceCount }'));
  await graph.subgraph('accounting').whenReceived(2);
  // Another server's calls go their own way: by the time this one is answered, a third call would have come.
  await graph.ask('{ customer(id: "1") { name } }');
  expect(received).toHaveLength(2);
  isOpen = true;
  for (const release of held) release();
  expect(await Promise.all(answers)).toEqual(Array.from({ length: 8 }, () => ({ data: { invoiceCount: 7 } })));
});

test('reads no more of an answer than it may', async () => {
  await using graph = await startGraph(customerGraph, {}, { maxResponseBytes: 1000 });
  const body = JSON.stringify({ data: { invoiceCount: 1 }, extensions: { pad: 'x'.repeat(2000) } });
  graph.subgraph('accounting').misbehave(() => ({ kind: 'http', status: 200, body }));
  const answer = await graph.ask('{ invoiceCount }');
  expect(codesByPath(answer)).toEqual(['invoiceCount: SUBGRAPH_BAD_RESPONSE']);
});

test('tells how long to wait where a subgraph did', async () => {
  await using graph = await startGraph(customerGraph);
  graph
    .subgraph('accounting')
    .misbehave(() => ({ kind: 'http', status: 429, headers: { 'retry-after': '3' }, body: '' }));
  expect((await graph.ask('{ invoiceCount }')).errors?.[0]?.extensions).toEqual({
    code: 'SUBGRAPH_UNAVAILABLE',
    service: 'accounting',
    status: 429,
    retryAfterMs: 3000,
  });
});

test('passes on what a subgraph says with a 4xx, in GraphQL', async () => {
  await using graph = await startGraph(customerGraph);
  const body = JSON.stringify({ errors: [{ message: 'Not you', extensions: { code: 'UNAUTHENTICATED' } }] });
  graph.subgraph('accounting').misbehave(() => ({ kind: 'http', status: 401, body }));
  expect((await graph.ask('{ invoiceCount }')).errors).toEqual([
    { message: 'Not you', path: ['invoiceCount'], extensions: { code: 'UNAUTHENTICATED', service: 'accounting' } },
  ]);
});

test('finishes requests under way when it closes', async () => {
  await using graph = await startGraph(customerGraph);
  const release = Promise.withResolvers<void>();
  graph.subgraph('accounting').misbehave(() => ({ kind: 'wait', until: release.promise }));
  const answer = graph.ask('{ invoiceCount }');
  await graph.subgraph('accounting').whenReceived(1);
  const closed = graph.gateway.close();
  release.resolve();
  expect(await answer).toEqual({ data: { invoiceCount: 7 } });
  await closed;
  await expect(graph.ask('{ invoiceCount }')).rejects.toThrow();
});
