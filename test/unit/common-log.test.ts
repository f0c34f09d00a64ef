import { expect, test } from '@jest/globals';
import { CodedError, ERROR_CODES, UpstreamError } from '../../common/errors.ts';
import { createLogger } from '../../common/log.ts';
import { scrub } from '../../common/scrub.ts';

test('writes errors with code, details and causes, and nothing that a library hung on them', () => {
  const { log, lines } = createMemoryLog();
  const cause = Object.assign(new Error('socket closed'), { request: { headers: { authorization: 'canary-token' } } });
  const error = new CodedError('UPSTREAM_BAD_RESPONSE', 'no JSON', { cause, details: { source: 'woo' } });
  log.error({ err: error }, 'failed');
  expect(lines()[0]).toMatchObject({
    name: 'test',
    err: { code: 'UPSTREAM_BAD_RESPONSE', details: { source: 'woo' }, cause: { message: 'socket closed' } },
  });
  expect(JSON.stringify(lines())).not.toContain('canary');
});

test('cuts secrets out by name, at the first three levels', () => {
  const { log, lines } = createMemoryLog();
  log.info({ token: 'canary', a: { authorization: 'canary', b: { apiToken: 'canary' } } });
  expect(JSON.stringify(lines())).not.toContain('canary');
});

test.each([
  'authorization',
  'cookie',
  'set-cookie',
  'proxy-authorization',
  'x-api-key',
  'x-jeden-caller',
  'client_secret',
  'consumer_secret',
  'access_token',
  'privateKey',
])('cuts out %s, alone and in headers of a request', (name) => {
  const { log, lines } = createMemoryLog();
  log.info({
    [name]: 'canary',
    headers: { [name]: 'canary' },
    request: { headers: { [name]: 'canary', host: 'kept' } },
  });
  expect(JSON.stringify(lines())).not.toContain('canary');
  expect(lines()[0]).toMatchObject({ request: { headers: { host: 'kept' } } });
});

test('a URL loses its query, and an error message its addresses', () => {
  const { log, lines } = createMemoryLog();
  log.info({ req: { method: 'GET', url: '/graphql?variables=canary', id: 'r1' } });
  log.error({ err: new Error('GET https://u:canary@shop.example/wp-json?k=canary for canary@firma.pl failed') });
  expect(lines()[0]).toMatchObject({ req: { method: 'GET', path: '/graphql', id: 'r1' } });
  expect(lines()[1]).toMatchObject({ err: { message: 'GET https://shop.example/… for [email] failed' } });
  expect(JSON.stringify(lines())).not.toContain('canary');
});

test('causes that form a circle end', () => {
  const { log, lines } = createMemoryLog();
  const error = new Error('round');
  error.cause = error;
  log.error({ err: error });
  expect(lines()).toHaveLength(1);
});

test.each([
  ['token=canary-1 rest', 'token=[secret] rest'],
  ['api_token=canary&x=1', 'api_token=[secret]&x=1'],
  ['Authorization: Bearer canary.abc-1', 'Authorization: Bearer [secret]'],
  ['at /node_modules/@apollo/subgraph/dist/index.js:1', 'at /node_modules/@apollo/subgraph/dist/index.js:1'],
  ['id 5252445767 of woo:order:12', 'id 5252445767 of woo:order:12'],
])('scrubs %p', (text, expected) => {
  expect(scrub(text)).toBe(expected);
});

test('scrubs given secrets wherever they stand', () => {
  expect(scrub('the key sk_live_1 is unknown', ['sk_live_1'])).toBe('the key [secret] is unknown');
});

test('every code has a description, and an upstream error carries its place but not its flags', () => {
  for (const { description } of Object.values(ERROR_CODES)) expect(description).toMatch(/^[A-Z].+\.$/);
  const error = new UpstreamError({
    code: 'UPSTREAM_RATE_LIMITED',
    message: 'slow down',
    source: 'woo',
    vendor: 'woocommerce',
    operation: 'orders.list',
    status: 429,
    retryAfterMs: 2000,
  });
  expect(error.details).toEqual({
    source: 'woo',
    vendor: 'woocommerce',
    operation: 'orders.list',
    status: 429,
    retryAfterMs: 2000,
  });
});

function createMemoryLog() {
  const written: string[] = [];
  const destination = { write: (line: string) => void written.push(line) };
  const log = createLogger({ level: 'debug', name: 'test', destination });
  return { log, lines: (): unknown[] => written.map((line) => JSON.parse(line)) };
}
