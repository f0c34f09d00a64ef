import { request as httpRequest, type IncomingHttpHeaders } from 'node:http';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { serverAudits } from 'graphql-http';
import type { GatewayOptions } from '../../gateway/gateway.ts';
import { post, startGraph } from './gateway-fixture.ts';
import type { SubgraphParts } from './gateway-subgraph.ts';

const RESPONSE_JSON = 'application/graphql-response+json';

const greetings: readonly SubgraphParts[] = [
  {
    name: 'greetings',
    typeDefs: 'type Query { hello(name: String): String } type Mutation { greet: String }',
    resolvers: {
      Query: { hello: (_: unknown, { name = 'you' }: { name?: string }) => `Hello ${name}` },
      Mutation: { greet: () => 'greeted' },
    },
  },
];

const start = (options: Partial<GatewayOptions> = {}) => startGraph(greetings, options);

/** One for all tests that need no options: what it answers does not depend on what it was asked before. */
let graph: Awaited<ReturnType<typeof start>>;
beforeAll(async () => {
  graph = await start();
});
beforeEach(() => {
  graph.subgraph('greetings').received.length = 0;
});
afterAll(() => graph[Symbol.asyncDispose]());

test("passes graphql-http's audits without an error, a warning or a notice", async () => {
  const results = [];
  for (const audit of serverAudits({ url: graph.endpoint })) results.push(await audit.fn());
  const failed = results.filter(({ status }) => status !== 'ok');
  expect(failed.map((result) => `${result.status} ${result.id} ${result.name}`)).toEqual([]);
  expect(results.length).toBeGreaterThan(50);
});

test.each([
  [RESPONSE_JSON, RESPONSE_JSON],
  ['application/json', 'application/json'],
  [`application/json;q=0.5, ${RESPONSE_JSON}`, RESPONSE_JSON],
  [`${RESPONSE_JSON};q=0.5, application/json`, 'application/json'],
  [`${RESPONSE_JSON}; charset=utf-8, application/json; charset=utf-8`, RESPONSE_JSON],
  ['APPLICATION/JSON', 'application/json'],
  [`${RESPONSE_JSON}; charset=latin1, */*;q=0.1`, 'application/json'],
  [`application/json;q=0, */*`, RESPONSE_JSON],
  ['application/*', 'application/json'],
  ['*/*', 'application/json'],
  ['text/html, */*;q=0.8', 'application/json'],
])('answers a POST that accepts %s in %s', async (accept, type) => {
  const response = await post(graph.endpoint, { query: '{ hello }' }, { accept });
  expect(response.status).toBe(200);
  expect(response.headers.get('content-type')).toBe(`${type}; charset=utf-8`);
});

test('answers in the newer type when nothing is said of types', async () => {
  const { status, headers } = await send(graph.endpoint, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{"query":"{ hello }"}',
  });
  expect({ status, type: headers['content-type'] }).toEqual({ status: 200, type: `${RESPONSE_JSON}; charset=utf-8` });
});

test.each(['text/plain', 'image/*', 'application/xml', `${RESPONSE_JSON}; charset=latin1`, 'nonsense'])(
  'has nothing for who accepts only %s',
  async (accept) => {
    expect((await post(graph.endpoint, { query: '{ hello }' }, { accept })).status).toBe(406);
  },
);

test.each([
  ['{', 400, 200],
  ['{ nope }', 400, 200],
  ['query($n: Int!) { hello }', 400, 200],
  ['query a { hello } query b { hello }', 400, 200],
  ['fragment f on Query { hello }', 400, 200],
  ['{ hello }', 200, 200],
])('tells by status that %s is wrong only in the newer type', async (query, newer, older) => {
  for (const [accept, status] of [
    [RESPONSE_JSON, newer],
    ['application/json', older],
  ] as const) {
    const response = await post(graph.endpoint, { query }, { accept });
    expect(response.status).toBe(status);
    if (status !== 200) expect(await response.json()).not.toHaveProperty('data');
  }
});

test.each([
  ['no JSON', '{"query":', 400],
  ['nothing', '', 400],
  ['a batch', '[{"query":"{ hello }"}]', 400],
  ['a batch of none', '[]', 400],
  ['a string', '"{ hello }"', 400],
  ['a query that is no text', '{"query":7}', 400],
  ['no query', '{"variables":{}}', 400],
  ['variables in a list', '{"query":"{ hello }","variables":[]}', 400],
  ['variables in a string', '{"query":"{ hello }","variables":"{}"}', 400],
  ['a key that leads astray', '{"query":"{ hello }","variables":{"__proto__":{"a":1}}}', 400],
  ['more than it may', JSON.stringify({ query: '{ hello }', pad: 'x'.repeat(3000) }), 413],
])('refuses a body with %s, in either type', async (_what, body, status) => {
  await using graph = await start({ limits: { maxBodyBytes: 2000 } });
  for (const accept of [RESPONSE_JSON, 'application/json']) {
    const response = await post(graph.endpoint, body, { accept });
    expect(response.status).toBe(status);
    expect(response.headers.get('content-type')).toBe(`${accept}; charset=utf-8`);
    expect(await response.json()).toMatchObject({ errors: [{ extensions: { code: 'BAD_REQUEST' } }] });
  }
  expect(graph.subgraph('greetings').received).toEqual([]);
});

test.each([
  'text/plain',
  'application/graphql',
  'application/x-www-form-urlencoded',
  'multipart/form-data; boundary=x',
  'application/json; charset=utf-16',
  'text/plain; application/json',
  'application/jsonx',
])('refuses a body of %s', async (contentType) => {
  const response = await post(graph.endpoint, '{"query":"{ hello }"}', { 'content-type': contentType });
  expect(response.status).toBe(415);
});

test.each(['application/json', 'application/json; charset=utf-8', 'APPLICATION/JSON;charset="UTF-8"'])(
  'takes a body of %s',
  async (contentType) => {
    const response = await post(graph.endpoint, '{"query":"{ hello(name: \\"Łódź\\") }"}', {
      'content-type': contentType,
    });
    expect(await response.json()).toEqual({ data: { hello: 'Hello Łódź' } });
  },
);

test('answers a query over GET with its variables and operation name', async () => {
  const query = 'query a { __typename } query b($n: String) { hello(name: $n) }';
  const url = urlOf(graph.endpoint, { query, operationName: 'b', variables: '{"n":"GET"}' });
  const response = await fetch(url, { headers: { accept: 'application/json' } });
  expect(await response.json()).toEqual({ data: { hello: 'Hello GET' } });
  expect(response.headers.get('cache-control')).toBe('no-store');
});

test.each([
  [{}, 400],
  [{ query: '{ hello }', variables: '{' }, 400],
  [{ query: '{ hello }', variables: '[]' }, 400],
  [{ query: '{ hello }', variables: '{"__proto__":{}}' }, 400],
  [{ query: '{ hello }', operationName: '' }, 200],
])('a GET with %j has status %i', async (params, status) => {
  expect((await fetch(urlOf(graph.endpoint, params), { headers: { accept: RESPONSE_JSON } })).status).toBe(status);
});

test('never carries out a mutation over GET', async () => {
  for (const query of ['mutation { greet }', 'query a { hello } mutation b { greet }']) {
    const response = await fetch(
      urlOf(graph.endpoint, { query, ...(query.includes('b') ? { operationName: 'b' } : {}) }),
      {
        headers: { accept: 'application/json' },
      },
    );
    expect({ status: response.status, allow: response.headers.get('allow') }).toEqual({ status: 405, allow: 'POST' });
  }
  expect(graph.subgraph('greetings').received).toEqual([]);
});

test.each<[string, Record<string, string>, number]>([
  ["a page's own script", { 'sec-fetch-site': 'same-origin', 'sec-fetch-mode': 'cors', accept: '*/*' }, 200],
  ['the address bar', { 'sec-fetch-site': 'none', 'sec-fetch-mode': 'navigate', accept: 'text/html,*/*;q=0.8' }, 200],
  ['a program that names JSON', { accept: 'application/json' }, 200],
  [
    'a page of another site',
    { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors', accept: 'application/json' },
    400,
  ],
  [
    'a page of a sister site',
    { 'sec-fetch-site': 'same-site', 'sec-fetch-mode': 'no-cors', accept: 'application/json' },
    400,
  ],
  ['another site that was asked for', { 'sec-fetch-site': 'cross-site', 'apollo-require-preflight': '1' }, 200],
  ['another site with a named operation', { 'sec-fetch-site': 'cross-site', 'x-apollo-operation-name': 'a' }, 200],
  ["an old browser's image", { accept: 'image/webp,*/*' }, 400],
  ["an old browser's script", { accept: '*/*' }, 400],
])('a GET from %s has its status', async (_what, headers, status) => {
  await using graph = await start({ graphiql: false });
  const answer = await send(urlOf(graph.endpoint, { query: '{ hello }' }), { method: 'GET', headers });
  expect(answer.status).toBe(status);
  expect(graph.subgraph('greetings').received.length).toBe(status === 200 ? 1 : 0);
});

test('HEAD answers like GET without a body, OPTIONS names the methods, others are not allowed', async () => {
  const url = urlOf(graph.endpoint, { query: '{ hello }' });
  const head = await send(url, { method: 'HEAD', headers: { accept: 'application/json' } });
  expect({ status: head.status, body: head.body }).toEqual({ status: 200, body: '' });
  const options = await send(graph.endpoint, { method: 'OPTIONS', headers: {} });
  expect({ status: options.status, allow: options.headers.allow }).toEqual({
    status: 204,
    allow: 'GET, HEAD, POST, OPTIONS',
  });
  for (const method of ['PUT', 'PATCH', 'DELETE']) {
    const response = await send(graph.endpoint, { method, headers: { 'content-type': 'text/plain' }, body: 'x' });
    expect({ status: response.status, allow: response.headers.allow }).toEqual({
      status: 405,
      allow: 'GET, HEAD, POST, OPTIONS',
    });
  }
});

test('allows no other origin by itself, and only those that are configured', async () => {
  await using closed = await start();
  await using open = await start({ corsOrigins: ['https://app.example'] });
  const preflight = (endpoint: string, origin: string) =>
    send(endpoint, {
      method: 'OPTIONS',
      headers: { origin, 'access-control-request-method': 'POST', 'access-control-request-headers': 'content-type' },
    });
  expect((await preflight(closed.endpoint, 'https://app.example')).headers).not.toHaveProperty(
    'access-control-allow-origin',
  );
  expect((await preflight(open.endpoint, 'https://evil.example')).headers).not.toHaveProperty(
    'access-control-allow-origin',
  );
  expect((await preflight(open.endpoint, 'https://app.example')).headers).toMatchObject({
    'access-control-allow-origin': 'https://app.example',
    'access-control-allow-methods': 'GET, POST',
    'access-control-allow-headers': 'content-type',
    vary: 'Origin',
  });
  const answer = await post(open.endpoint, { query: '{ hello }' }, { origin: 'https://app.example' });
  expect(answer.headers.get('access-control-allow-origin')).toBe('https://app.example');
  expect(answer.headers.get('access-control-allow-credentials')).toBeNull();
});

test('sends browsers GraphiQL with the given tabs, under a policy that lets it ask nobody else', async () => {
  await using graph = await start({ graphiql: { tabs: [{ title: 'Say hello', query: 'query Hello { hello }' }] } });
  const response = await fetch(graph.endpoint, { headers: { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' } });
  const html = await response.text();
  expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
  expect(html).toContain('# Say hello\\nquery Hello { hello }');
  expect(html).not.toMatch(/<(script|link|img|iframe)[^>]+(src|href)="(https?:)?\/\//);
  expect(response.headers.get('content-security-policy')).toMatch(
    /^default-src 'none'; script-src 'sha256-[\w+/=]+';.*connect-src 'self'/,
  );
});

test('sends no GraphiQL when it is switched off', async () => {
  await using graph = await start({ graphiql: false });
  const response = await fetch(graph.endpoint, { headers: { accept: 'text/html,*/*;q=0.8' } });
  expect({ status: response.status, type: response.headers.get('content-type') }).toEqual({
    status: 400,
    type: 'application/json; charset=utf-8',
  });
});

test('tells health, and other routes that the caller added', async () => {
  await using graph = await start({
    addRoutes: (server) => void server.get('/documents/:sealed', async () => 'document'),
  });
  const statusOf = async (path: string) => (await fetch(`${graph.url}${path}`)).status;
  expect(await statusOf('/health/live')).toBe(200);
  expect(await statusOf('/health/ready')).toBe(200);
  expect(await statusOf('/documents/x')).toBe(200);
  expect(await statusOf('/nowhere')).toBe(404);
});

function urlOf(endpoint: string, params: Record<string, string>): string {
  return `${endpoint}?${new URLSearchParams(params)}`;
}

interface Sent {
  method: string;
  headers: Record<string, string>;
  body?: string;
}

/** Without the headers that fetch adds by itself. */
async function send(url: string, { method, headers, body }: Sent) {
  const length = body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) };
  const sent = httpRequest(url, { method, headers: { ...headers, ...length }, agent: false });
  sent.end(body);
  const response = await new Promise<{
    status: number | undefined;
    headers: IncomingHttpHeaders;
    body: Promise<string>;
  }>((resolve, reject) => {
    sent.once('error', reject);
    sent.once('response', (message) =>
      resolve({ status: message.statusCode, headers: message.headers, body: text(message) }),
    );
  });
  return { ...response, body: await response.body };
}
