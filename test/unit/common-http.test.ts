import { once } from 'node:events';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { expect, test } from '@jest/globals';
import { CodedError } from '../../common/errors.ts';
import { createHttpServer, type HttpServerOptions, listen } from '../../common/http.ts';
import { createLogger } from '../../common/log.ts';

test('tells health, and not to be ready while it is not', async () => {
  let isReady = false;
  await using app = await start({ isReady: () => isReady });
  expect(await app.get('/health/live')).toMatchObject({ status: 200 });
  expect(await app.get('/health/ready')).toMatchObject({ status: 503 });
  isReady = true;
  expect(await app.get('/health/ready')).toMatchObject({ status: 200 });
});

test('answers errors as GraphQL errors without their insides, and logs them', async () => {
  await using app = await start();
  expect(await app.get('/broken')).toEqual({
    status: 500,
    body: { errors: [{ message: 'Internal error', extensions: { code: 'INTERNAL_SERVER_ERROR' } }] },
  });
  expect(await app.get('/coded')).toMatchObject({
    status: 400,
    body: { errors: [{ message: 'Expected a number', extensions: { code: 'BAD_USER_INPUT' } }] },
  });
  expect(await app.get('/nowhere')).toMatchObject({ status: 404, body: { errors: [{ message: 'Not found' }] } });
  expect(app.logged()).toContain('canary');
});

test.each([
  ['a body that is too large', 'application/json', JSON.stringify({ text: 'x'.repeat(200) }), 413],
  ['a body that is no JSON', 'application/json', '{"canary', 400],
  ['a body that sets a prototype', 'application/json', '{"__proto__": {"canary": 1}}', 400],
  ['another content type', 'text/canary', 'x', 415],
])('refuses %s without quoting it', async (_case, contentType, body, status) => {
  await using app = await start({ bodyLimitBytes: 100 });
  const response = await fetch(`${app.url}/echo`, { method: 'POST', headers: { 'content-type': contentType }, body });
  expect(response.status).toBe(status);
  expect(await response.text()).not.toContain('canary');
});

test('takes over a plain request id and replaces any other', async () => {
  await using app = await start();
  const idFor = async (id: string) => (await app.get('/id', { 'x-request-id': id })).body;
  expect(await idFor('req-1.a')).toEqual({ id: 'req-1.a' });
  expect(await idFor('a b"c')).not.toEqual({ id: 'a b"c' });
});

test('no log line holds the query of a URL', async () => {
  await using app = await start();
  await app.get('/id?email=canary@firma.pl');
  expect(app.logged()).toContain('"route":"/id"');
  expect(app.logged()).not.toContain('canary');
});

test('closing lets a request under way finish', async () => {
  const app = await start();
  const answer = app.get('/slow');
  await app.slowBegan;
  const closed = app.close();
  await untilRefused(() => app.get('/id'));
  app.endSlow();
  expect(await answer).toMatchObject({ status: 200 });
  await closed;
});

test('a server that leaves is not ready, answers all the same, and ends the connections', async () => {
  await using app = await start();
  expect((await fetch(`${app.url}/id`)).headers.get('connection')).toBe('keep-alive');
  app.leave();
  expect(await app.get('/health/ready')).toMatchObject({ status: 503 });
  const response = await fetch(`${app.url}/id`);
  expect([response.status, response.headers.get('connection')]).toEqual([200, 'close']);
});

test('a first request that comes on an open connection while the server closes is answered', async () => {
  const app = await start();
  const socket = connect(app.port, '127.0.0.1');
  await once(socket, 'connect');
  await app.get('/id');
  const closed = app.close();
  await untilRefused(() => app.get('/id'));
  socket.write('GET /id HTTP/1.1\r\nHost: x\r\n\r\n');
  expect(await text(socket)).toMatch(/^HTTP\/1.1 200 OK\r\n(.+\r\n)*connection: close\r\n/);
  await closed;
});

test('a connection that never asked anything does not hold the close', async () => {
  const app = await start();
  const socket = connect(app.port, '127.0.0.1');
  await once(socket, 'connect');
  await app.get('/id');
  const began = performance.now();
  await app.close();
  expect(performance.now() - began).toBeLessThan(5000);
});

async function untilRefused(attempt: () => Promise<unknown>): Promise<void> {
  let isRefused = false;
  while (!isRefused)
    await attempt().catch(() => {
      isRefused = true;
    });
}

async function start(options: Omit<HttpServerOptions, 'log'> = {}) {
  const written: string[] = [];
  const log = createLogger({ level: 'debug', name: 'test', destination: { write: (line) => void written.push(line) } });
  const slow = Promise.withResolvers<void>();
  const began = Promise.withResolvers<void>();
  const server = createHttpServer({ log, ...options });
  server.get('/broken', async () => {
    throw new Error('canary in a fault');
  });
  server.get('/coded', async () => {
    throw new CodedError('BAD_USER_INPUT', 'Expected a number');
  });
  server.get('/id', async ({ id }) => ({ id }));
  server.get('/slow', async () => {
    began.resolve();
    await slow.promise;
    return {};
  });
  server.post('/echo', async ({ body }) => body);
  const running = await listen(server, { port: 0 });
  return {
    ...running,
    logged: () => written.join(''),
    endSlow: slow.resolve,
    slowBegan: began.promise,
    get: async (path: string, headers: Record<string, string> = {}): Promise<{ status: number; body: unknown }> => {
      const response = await fetch(`${running.url}${path}`, { headers });
      return { status: response.status, body: await response.json() };
    },
  };
}
