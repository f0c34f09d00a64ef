import { expect, test } from '@jest/globals';
import { CALLER_HEADER } from '../../common/caller-header.ts';
import { createHttpServer, listen } from '../../common/http.ts';
import { createLogger } from '../../common/log.ts';
import type { Authenticate } from '../../gateway/tokens/authenticate.ts';
import { useCaller } from '../../gateway/tokens/use-caller.ts';
import { authenticateWith, issuerConfig, startIssuer } from './tokens-fixture.ts';

/** A server whose one route says who asks, and what it saw of headers and body. */
async function startServer(authenticate: Authenticate) {
  const lines: string[] = [];
  const destination = { write: (line: string) => void lines.push(line) };
  const server = createHttpServer({ log: createLogger({ level: 'trace', name: 'test', destination }) });
  let bodies = 0;
  await server.register(async (scope) => {
    const callerOf = useCaller(scope, authenticate);
    scope.addHook('preHandler', async () => {
      bodies++;
    });
    scope.post('/graphql', async (request) => {
      const { isAuthenticated, clientId } = callerOf(request);
      return { isAuthenticated, clientId, headers: Object.keys(request.headers) };
    });
  });
  const running = await listen(server, { port: 0 });
  return {
    post: (headers: Record<string, string>, query = '') =>
      fetch(`${running.url}/graphql${query}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: '{}',
      }),
    logged: () => lines.join(''),
    bodies: () => bodies,
    [Symbol.asyncDispose]: running.close,
  };
}

test('a request without a token is answered as anonymous, one with a good token as its client', async () => {
  await using issuer = await startIssuer('EdDSA');
  await using server = await startServer(authenticateWith([issuerConfig(issuer.url)]).authenticate);
  const anonymous = await server.post({});
  const known = await server.post({ authorization: `Bearer ${await issuer.sign()}` });
  expect(await anonymous.json()).toMatchObject({ isAuthenticated: false, clientId: null });
  expect(await known.json()).toMatchObject({ isAuthenticated: true, clientId: 'app-1' });
});

test('a wrong token is 401 with the challenge of RFC 6750, before the body is read, and nothing of it is logged', async () => {
  await using issuer = await startIssuer('EdDSA');
  await using server = await startServer(authenticateWith([issuerConfig(issuer.url)]).authenticate);
  const token = await issuer.sign({ aud: 'canary-audience' });
  const response = await server.post({ authorization: `Bearer ${token}` });
  expect(response.status).toBe(401);
  expect(response.headers.get('www-authenticate')).toBe(
    'Bearer realm="jeden", error="invalid_token", error_description="The token is not for this service"',
  );
  expect(await response.json()).toEqual({
    errors: [{ message: 'The token is not for this service', extensions: { code: 'UNAUTHENTICATED' } }],
  });
  expect(server.bodies()).toBe(0);
  expect(server.logged()).not.toMatch(/canary/);
  expect(server.logged()).not.toContain(token.slice(0, 40));
});

test('a token that cannot be judged now is 503, not 401', async () => {
  await using issuer = await startIssuer('EdDSA');
  issuer.isDown = true;
  await using server = await startServer(authenticateWith([issuerConfig(issuer.url)]).authenticate);
  const response = await server.post({ authorization: `Bearer ${await issuer.sign()}` });
  expect({ status: response.status, challenge: response.headers.get('www-authenticate') }).toEqual({
    status: 503,
    challenge: null,
  });
  expect(await response.json()).toMatchObject({ errors: [{ extensions: { code: 'AUTHENTICATION_UNAVAILABLE' } }] });
});

test('a token elsewhere than in the Authorization header is not looked at', async () => {
  await using issuer = await startIssuer('EdDSA');
  await using server = await startServer(authenticateWith([issuerConfig(issuer.url)]).authenticate);
  const token = await issuer.sign();
  const response = await server.post({ cookie: `access_token=${token}` }, `?access_token=${token}`);
  expect(await response.json()).toMatchObject({ isAuthenticated: false });
});

test('headers of a client that look like ours are dropped', async () => {
  await using server = await startServer(authenticateWith([]).authenticate);
  const response = await server.post({ [CALLER_HEADER]: 'forged', 'X-Jeden-Anything': '1', 'x-other': '2' });
  const { headers } = (await response.json()) as { headers: string[] };
  expect(headers).toContain('x-other');
  expect(headers.filter((name) => name.startsWith('x-jeden-'))).toEqual([]);
});

test('500 requests with 50 tokens at once: each is its own caller', async () => {
  await using issuer = await startIssuer('EdDSA');
  await using server = await startServer(authenticateWith([issuerConfig(issuer.url)]).authenticate);
  const tokens = await Promise.all(
    Array.from({ length: 50 }, (_, n) => issuer.sign({ client_id: `app-${n}`, jti: `token-${n}` })),
  );
  const answers = await Promise.all(
    Array.from({ length: 500 }, async (_, n) => {
      const response = await server.post({ authorization: `Bearer ${tokens[n % 50]}` });
      return ((await response.json()) as { clientId: string }).clientId;
    }),
  );
  expect(answers).toEqual(Array.from({ length: 500 }, (_, n) => `app-${n % 50}`));
});
