import { request } from 'node:http';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { text } from 'node:stream/consumers';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createHttpServer, listen } from '../../common/http.ts';
import { createLogger } from '../../common/log.ts';
import { createCostModel } from '../../gateway/cost/cost-model.ts';
import { limitOperation } from '../../gateway/execution/limit-operation.ts';
import { acceptOnlyJson } from '../../gateway/http/json.ts';
import { DEFAULT_LIMITS } from '../../gateway/limits.ts';
import { post } from '../contract/gateway-fixture.ts';
import { startShop } from './limits-graph.ts';

const repeat = (count: number, make: (index: number) => string) =>
  Array.from({ length: count }, (_, n) => make(n)).join(' ');

/** Each fragment spreads the next one twice. */
const fanOut = (levels: number, leaf = 'count') =>
  `{ ...f0 } ${repeat(levels, (n) => `fragment f${n} on Query { ...f${n + 1} ...f${n + 1} }`)} fragment f${levels} on Query { ${leaf} }`;

const DIRECTIVES = `{ order(id: 1) { ...f0 } } ${repeat(10, (n) => `fragment f${n} on Order { ...f${n + 1} ...f${n + 1} }`)} fragment f10 on Order { id @include(if: true) }`;

const BOMBS: readonly [what: string, query: string, limit: string, allowed: number][] = [
  ['fragments that fan out 2^14', fanOut(14), 'fields', 5000],
  ['fragments that fan out 2^700', fanOut(700), 'fields', 5000],
  ['directives that fan out', DIRECTIVES, 'directives', 500],
  ['5,000 aliases of a shareable field', `{ ${repeat(3000, (n) => `a${n}: count`)} }`, 'aliases', 500],
  ['root fields', `{ ${repeat(101, () => 'count')} }`, 'rootFields', 100],
  ['root fields in fragments', fanOut(7), 'rootFields', 100],
  ['mutations', `mutation { ${repeat(101, () => 'cancel(id: 1) { id }')} }`, 'rootFields', 100],
  ['directives', `{ count ${repeat(501, () => '@a')} }`, 'directives', 500],
  ['directives of the operation', `query ${repeat(501, () => '@a')} { count }`, 'directives', 500],
  ['directives of variables', `query($v: Int ${repeat(501, () => '@a')}) { count }`, 'directives', 500],
  ['tokens', `{ ${repeat(10_000, () => 'count')} }`, 'tokens', 10_000],
  ['commas that are no tokens, and tokens', `{ ${repeat(10_000, () => ',,,count')} }`, 'tokens', 10_000],
  ['depth', `${'{ order(id: 1) '.repeat(31)} { id } ${'}'.repeat(31)}`, 'depth', 30],
  [
    'depth in fragments',
    `{ order(id: 1) { ...f0 } } ${repeat(40, (n) => `fragment f${n} on Order { self { ...f${n + 1} } }`)} fragment f40 on Order { id }`,
    'depth',
    30,
  ],
  ['depth that overflows the stack', `${'{ a '.repeat(4900)}${'}'.repeat(4900)}`, 'depth', 30],
  [
    'a list as a variable that is a list',
    `{ orders(first: ${'['.repeat(4900)}${']'.repeat(4900)}) { nodes { id } } }`,
    'depth',
    30,
  ],
  ['a list of a million', '{ orders(first: 1000000) { nodes { id } } }', 'listSize', 1000],
  ['the larger of an argument given twice', '{ orders(first: 1, first: 1000000) { nodes { id } } }', 'listSize', 1000],
  [
    'lists in lists',
    `{ orders(first: 1000) { nodes { ${repeat(6, (n) => `a${n}: lines { sku }`)} } } }`,
    'cost',
    50_000,
  ],
  ['another operation of the document', `query Small { count } query Large ${fanOut(14)}`, 'fields', 5000],
];

describe('an operation too large is refused, and nothing is asked:', () => {
  let shop: Awaited<ReturnType<typeof startShop>>;
  beforeAll(async () => {
    shop = await startShop();
  });
  afterAll(() => shop[Symbol.asyncDispose]());

  test.each(BOMBS)('%s', async (_what, query, limit, allowed) => {
    const { errors } = await shop.ask(query);
    expect(errors).toEqual([
      {
        message: expect.stringMatching(/^The operation /),
        extensions: { code: 'OPERATION_TOO_LARGE', limit, allowed },
      },
    ]);
    expect(errors?.[0]?.message).toContain(String(allowed));
    expect(shop.asked()).toBe(0);
  });
});

test('each of them is refused in less than 50 ms of work, parsing included', async () => {
  await using shop = await startShop();
  const bounds = { limits: DEFAULT_LIMITS, costs: createCostModel(shop.supergraphSdl) };
  const workOf = (query: string) => {
    const before = process.threadCpuUsage();
    expect(() => limitOperation(query, null, bounds)).toThrow();
    const { user, system } = process.threadCpuUsage(before);
    return (user + system) / 1000;
  };
  const slow = BOMBS.map(([what, query]) => ({ what, ms: Math.min(workOf(query), workOf(query)) })).filter(
    ({ ms }) => ms >= 50,
  );
  expect(slow).toEqual([]);
});

test('a bomb does not hold up the event loop', async () => {
  await using shop = await startShop();
  await shop.ask('{ count }');
  const delay = monitorEventLoopDelay({ resolution: 5 });
  delay.enable();
  for (const [, query] of BOMBS) await shop.ask(query);
  delay.disable();
  expect(delay.percentile(99) / 1e6).toBeLessThan(100);
});

const PAGE = 'query($n: Int) { orders(first: $n) { nodes { id } } }';

test.each<[string, number | null, string | null]>([
  ['a million', 1_000_000, 'OPERATION_TOO_LARGE'],
  ['the most an Int can be', 2_147_483_647, 'OPERATION_TOO_LARGE'],
  ['as many as are allowed', 1000, null],
  ['null', null, null],
  ['a negative number', -1, null],
])('%s in a variable is judged for each request', async (_what, n, code) => {
  await using shop = await startShop();
  expect((await shop.ask(PAGE, { n: 2 })).data).toEqual({ orders: { nodes: [{ id: '0' }, { id: '1' }] } });
  expect((await shop.ask(PAGE, { n })).errors?.[0]?.extensions?.code ?? null).toBe(code);
  expect(shop.asked()).toBe(code === null ? 2 : 1);
});

test('an argument twice within the limits is no valid document', async () => {
  await using shop = await startShop();
  const { errors } = await shop.ask('{ orders(first: 1, first: 2) { nodes { id } } }');
  expect(errors?.[0]?.extensions?.code).toBe('GRAPHQL_VALIDATION_FAILED');
});

test('fragments that go in circles, and fan out in them, are no valid document', async () => {
  await using shop = await startShop();
  const query = `{ ...f0 } ${repeat(50, (n) => `fragment f${n} on Query { ...f${(n + 1) % 50} ...f${(n + 7) % 50} }`)}`;
  expect((await shop.ask(query)).errors?.[0]?.extensions?.code).toBe('GRAPHQL_VALIDATION_FAILED');
  expect(shop.asked()).toBe(0);
});

test('the limits are settings', async () => {
  await using shop = await startShop({ limits: { maxCost: 5 } });
  expect((await shop.ask(PAGE, { n: 4 })).errors).toBeUndefined();
  expect(await shop.ask(PAGE, { n: 5 })).toMatchObject({
    errors: [
      {
        message: 'The operation costs 6 points, and one may cost 5; ask for less, or for shorter lists',
        extensions: { code: 'OPERATION_TOO_LARGE', limit: 'cost', allowed: 5 },
      },
    ],
  });
});

test('a batch is refused', async () => {
  await using shop = await startShop();
  const response = await post(shop.endpoint, [{ query: '{ count }' }, { query: '{ count }' }]);
  expect({ status: response.status, asked: shop.asked() }).toEqual({ status: 400, asked: 0 });
});

test('a compressed body is refused before it is read, whatever it is compressed with', async () => {
  await using shop = await startShop();
  for (const encoding of ['gzip', 'br', 'deflate', 'gzip, gzip', 'GZIP', 'x-unknown']) {
    const bomb = gzipSync(JSON.stringify({ query: `{ count } ${' '.repeat(10_000_000)}` }));
    expect(bomb.length).toBeLessThan(20_000);
    const headers = { 'content-type': 'application/json', 'content-encoding': encoding };
    const response = await fetch(shop.endpoint, { method: 'POST', headers, body: bomb });
    expect({ status: response.status, takes: response.headers.get('accept-encoding') }).toEqual({
      status: 415,
      takes: 'identity',
    });
    expect(await response.json()).toMatchObject({ errors: [{ message: 'Send the body without Content-Encoding' }] });
    expect(shop.asked()).toBe(0);
  }
});

test('a body without end is cut at the limit', async () => {
  await using shop = await startShop({ limits: { maxBodyBytes: 10_000 } });
  const sent = { bytes: 0 };
  const endless = new ReadableStream<Uint8Array>({
    pull(controller) {
      sent.bytes += 1000;
      controller.enqueue(new TextEncoder().encode('{"query":"'.padEnd(1000)));
    },
  });
  const outcome = await fetch(shop.endpoint, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: endless,
    duplex: 'half',
  } as RequestInit).then(
    ({ status }) => status,
    () => 'connection closed',
  );
  expect([413, 'connection closed']).toContain(outcome);
  expect(sent.bytes).toBeLessThan(10_000_000);
});

test('a body that says it is too long is refused before it is sent', async () => {
  await using shop = await startShop({ limits: { maxBodyBytes: 10_000 } });
  const response = await post(shop.endpoint, { query: `{ count } #${'x'.repeat(10_000)}` });
  expect(response.status).toBe(413);
});

test('a body that never arrives is given up, and others are answered meanwhile', async () => {
  const server = createHttpServer({ log: createLogger({ level: 'fatal', name: 'test' }), arrivalTimeoutMs: 300 });
  await server.register(async (scope) => {
    acceptOnlyJson(scope);
    scope.post('/graphql', async () => ({ data: null }));
  });
  await using running = await listen(server, { port: 0 });
  const { promise: answered, resolve, reject } = Promise.withResolvers<number | undefined>();
  const headers = { 'content-type': 'application/json', 'content-length': '1000' };
  const slow = request(`${running.url}/graphql`, { method: 'POST', headers }, (response) => {
    void text(response).then(() => resolve(response.statusCode));
  });
  slow.on('error', reject);
  slow.write('{"query":');
  expect((await post(`${running.url}/graphql`, {})).status).toBe(200);
  expect(await answered).toBe(408);
  slow.destroy();
});
