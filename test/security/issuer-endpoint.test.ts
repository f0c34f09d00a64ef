import { expect, test } from '@jest/globals';
import { createRemoteJWKSet, decodeJwt, decodeProtectedHeader, jwtVerify } from 'jose';
import { addClient, rotateSecret } from '../../gateway/clients/edits.ts';
import { basic, PUBLIC_URL, type StateFolder, startTokenGateway, tempState } from './issuer-fixture.ts';

const PARTNER = {
  id: 'partner',
  scopes: ['orders:read', 'customers:read'],
  rows: { customers: ['woo:customer:1'] },
  budget: 6000,
  expiresAt: null,
};

function add(state: StateFolder, more: Partial<Parameters<typeof addClient>[1]> = {}): Promise<string> {
  return addClient(state.clientsFile, { ...PARTNER, ...more }, new Date());
}

test('a partner app gets a token by its credentials, and the gateway knows what it may', async () => {
  await using state = await tempState();
  const secret = await add(state);
  await using gateway = await startTokenGateway({ state });
  const { status, headers, body } = await gateway.token({}, { authorization: basic('partner', secret) });
  expect({ status, cache: headers.get('cache-control'), body }).toMatchObject({
    status: 200,
    cache: 'no-store',
    body: { token_type: 'Bearer', expires_in: 600, scope: 'orders:read customers:read' },
  });
  const { caller } = await gateway.whoami(String(body.access_token));
  expect(caller).toMatchObject({
    isAuthenticated: true,
    issuer: PUBLIC_URL,
    clientId: 'partner',
    scopes: ['orders:read', 'customers:read'],
    rows: { kind: 'restricted', customers: ['woo:customer:1'] },
    budget: 6000,
    actor: null,
  });
});

test('the credentials may stand in the form as well', async () => {
  await using state = await tempState();
  const secret = await add(state);
  await using gateway = await startTokenGateway({ state });
  const answer = await gateway.token({ client_id: 'partner', client_secret: secret, scope: 'orders:read' });
  expect(answer).toMatchObject({ status: 200, body: { scope: 'orders:read' } });
});

test('the token is an access token of RFC 9068 that anybody can verify by the published keys', async () => {
  await using state = await tempState();
  const secret = await add(state);
  await using gateway = await startTokenGateway({ state });
  const token = await gateway.tokenOf('partner', secret);
  const metadata = await (await fetch(`${gateway.url}/.well-known/openid-configuration`)).json();
  expect(metadata).toMatchObject({ issuer: PUBLIC_URL, jwks_uri: `${PUBLIC_URL}/oauth/jwks` });
  const keys = createRemoteJWKSet(new URL('/oauth/jwks', gateway.url));
  const { payload, protectedHeader } = await jwtVerify(token, keys, {
    issuer: metadata.issuer,
    audience: `${PUBLIC_URL}/graphql`,
    typ: 'at+jwt',
    algorithms: ['EdDSA'],
    requiredClaims: ['iss', 'exp', 'aud', 'sub', 'client_id', 'iat', 'jti'],
  });
  expect(payload).toMatchObject({ sub: 'partner', client_id: 'partner', scope: 'orders:read customers:read' });
  expect(protectedHeader.kid).toEqual(expect.any(String));
});

test('the published keys hold nothing private', async () => {
  await using state = await tempState();
  await using gateway = await startTokenGateway({ state });
  const { keys } = await (await fetch(`${gateway.url}/oauth/jwks`)).json();
  expect(keys).toHaveLength(1);
  expect(Object.keys(keys[0]).sort()).toEqual(['alg', 'crv', 'kid', 'kty', 'use', 'x']);
});

test('describes itself truthfully: nothing but client credentials, whatever the Host header says', async () => {
  await using state = await tempState();
  await using gateway = await startTokenGateway({ state });
  for (const path of ['/.well-known/openid-configuration', '/.well-known/oauth-authorization-server']) {
    const response = await fetch(`${gateway.url}${path}`, { headers: { 'x-forwarded-host': 'evil.test' } });
    expect(await response.json()).toEqual({
      issuer: PUBLIC_URL,
      token_endpoint: `${PUBLIC_URL}/oauth/token`,
      jwks_uri: `${PUBLIC_URL}/oauth/jwks`,
      grant_types_supported: ['client_credentials'],
      response_types_supported: [],
      token_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post'],
      authorization_details_types_supported: ['customer'],
    });
  }
});

test.each([
  '/auth',
  '/auth/x',
  '/me',
  '/session/end',
  '/token',
  '/token/introspection',
  '/token/revocation',
  '/reg',
  '/device',
  '/request',
  '/interaction/x',
])("oidc-provider's other endpoint %s is not there", async (path) => {
  await using gateway = await startTokenGateway({ sandboxClients: [] });
  for (const method of ['GET', 'POST']) {
    expect((await fetch(`${gateway.url}${path}`, { method })).status).toBe(404);
  }
});

test.each([
  ['a wrong secret', 'partner', 'wrong'],
  ['an unknown client', 'nobody', 'wrong'],
  ['a name of every object', 'constructor', 'wrong'],
  ['an empty secret', 'partner', ' '],
])('%s is refused in the same words', async (_name, id, secret) => {
  await using state = await tempState();
  await add(state);
  await using gateway = await startTokenGateway({ state });
  const { status, body } = await gateway.token({}, { authorization: basic(id, secret) });
  expect({ status, body }).toEqual({
    status: 401,
    body: { error: 'invalid_client', error_description: 'client authentication failed' },
  });
});

test('a client without any credentials gets none', async () => {
  await using state = await tempState();
  await add(state);
  await using gateway = await startTokenGateway({ state });
  const forms: Record<string, string>[] = [{}, { client_id: 'partner' }, { client_id: 'partner', client_secret: '' }];
  for (const form of forms) {
    const { status, body } = await gateway.token(form);
    expect([400, 401]).toContain(status);
    expect(body).not.toHaveProperty('access_token');
  }
});

test('a scope that the client was not given is refused, not silently left out', async () => {
  await using state = await tempState();
  const secret = await add(state);
  await using gateway = await startTokenGateway({ state });
  const authorization = basic('partner', secret);
  const { status, body } = await gateway.token({ scope: 'orders:read finance:bank' }, { authorization });
  expect({ status, error: body.error }).toEqual({ status: 400, error: 'invalid_scope' });
  const odd = await gateway.token({ scope: 'orders:read  customers:read' }, { authorization });
  expect(odd.body.error).toBe('invalid_scope');
});

test.each([
  ['authorization_code', 'code'],
  ['refresh_token', 'x'],
  ['password', 'x'],
  ['implicit', 'x'],
  ['urn:ietf:params:oauth:grant-type:device_code', 'x'],
  ['__proto__', 'x'],
])('the grant %s is not supported', async (grant, code) => {
  await using state = await tempState();
  const secret = await add(state);
  await using gateway = await startTokenGateway({ state });
  const form = { grant_type: grant, code, refresh_token: code, username: code, password: code };
  const { status, body } = await gateway.token(form, { authorization: basic('partner', secret) });
  expect({ status, error: body.error }).toEqual({ status: 400, error: 'unsupported_grant_type' });
});

test('tokens are for the graph alone', async () => {
  await using state = await tempState();
  const secret = await add(state);
  await using gateway = await startTokenGateway({ state });
  const authorization = basic('partner', secret);
  const other = await gateway.token({ resource: 'https://other.test/api' }, { authorization });
  expect({ status: other.status, error: other.body.error }).toEqual({ status: 400, error: 'invalid_target' });
  const ours = await gateway.token({ resource: `${PUBLIC_URL}/graphql` }, { authorization });
  expect(ours).toMatchObject({ status: 200, body: { scope: 'orders:read customers:read' } });
});

test('a token of a storefront names the one customer it is for', async () => {
  await using state = await tempState();
  const secret = await add(state, { id: 'frontend', rows: 'own' });
  await using gateway = await startTokenGateway({ state });
  const details = JSON.stringify([{ type: 'customer', reference: 'woo:customer:12' }]);
  const named = await gateway.tokenOf('frontend', secret, { authorization_details: details });
  expect((await gateway.whoami(named)).caller).toMatchObject({
    rows: { kind: 'restricted', own: 'woo:customer:12', customers: null },
  });
  const unnamed = await gateway.tokenOf('frontend', secret);
  expect((await gateway.whoami(unnamed)).caller).toMatchObject({ rows: { kind: 'none' } });
});

test.each([
  ['no JSON', '{'],
  [
    'two customers',
    '[{"type":"customer","reference":"woo:customer:1"},{"type":"customer","reference":"woo:customer:2"}]',
  ],
  ['another type', '[{"type":"everything"}]'],
  ['a type of every object', '[{"type":"constructor"}]'],
  ['no reference', '[{"type":"customer"}]'],
  ['an odd reference', '[{"type":"customer","reference":"12"}]'],
  ['more than a reference', '[{"type":"customer","reference":"woo:customer:1","rows":"all"}]'],
])('a token request that names the customer by %s is refused', async (_name, details) => {
  await using state = await tempState();
  const secret = await add(state, { id: 'frontend', rows: 'own' });
  await using gateway = await startTokenGateway({ state });
  const authorization = basic('frontend', secret);
  const { status, body } = await gateway.token({ authorization_details: details }, { authorization });
  expect({ status, error: body.error }).toEqual({ status: 400, error: 'invalid_authorization_details' });
});

test('a client whose tokens name no customer cannot name one', async () => {
  await using state = await tempState();
  const secret = await add(state);
  await using gateway = await startTokenGateway({ state });
  const details = JSON.stringify([{ type: 'customer', reference: 'woo:customer:12' }]);
  const { status } = await gateway.token(
    { authorization_details: details },
    { authorization: basic('partner', secret) },
  );
  expect(status).toBe(400);
});

test('the old secret works beside the new one for a while', async () => {
  await using state = await tempState();
  const old = await add(state);
  const fresh = await rotateSecret(state.clientsFile, 'partner', 3_600_000, new Date());
  await using gateway = await startTokenGateway({ state });
  await expect(gateway.tokenOf('partner', old)).resolves.toEqual(expect.any(String));
  await expect(gateway.tokenOf('partner', fresh)).resolves.toEqual(expect.any(String));
});

test('an ended secret and an expired client get no token', async () => {
  await using state = await tempState();
  const old = await add(state);
  const fresh = await rotateSecret(state.clientsFile, 'partner', 0, new Date());
  const expired = await add(state, { id: 'expired', expiresAt: '2020-01-01T00:00:00Z' });
  await using gateway = await startTokenGateway({ state });
  await expect(gateway.tokenOf('partner', fresh)).resolves.toEqual(expect.any(String));
  await expect(gateway.tokenOf('partner', old)).rejects.toThrow('401');
  await expect(gateway.tokenOf('expired', expired)).rejects.toThrow('401');
});

test('guessing at one client is stopped before hashing, and does not stop the others', async () => {
  await using state = await tempState();
  await add(state);
  const other = await add(state, { id: 'other' });
  await using gateway = await startTokenGateway({ state });
  const guesses = Array.from({ length: 40 }, (_, n) =>
    gateway.token({}, { authorization: basic('partner', `guess-${n}`) }),
  );
  const statuses = (await Promise.all(guesses)).map(({ status }) => status);
  expect({
    wrong: statuses.filter((status) => status === 401).length,
    stopped: statuses.filter((status) => status === 429).length,
  }).toEqual({
    wrong: 30,
    stopped: 10,
  });
  const stopped = await gateway.token({}, { authorization: basic('partner', 'guess') });
  expect(stopped.headers.get('retry-after')).toBe('60');
  await expect(gateway.tokenOf('other', other)).resolves.toEqual(expect.any(String));
});

test('a body that is too large or not a form is refused', async () => {
  await using gateway = await startTokenGateway({ sandboxClients: [] });
  const post = async (body: string, type: string) =>
    (await fetch(`${gateway.url}/oauth/token`, { method: 'POST', headers: { 'content-type': type }, body })).status;
  expect(await post(`scope=${'x'.repeat(100_000)}`, 'application/x-www-form-urlencoded')).toBe(400);
  expect(await post('{"grant_type":"client_credentials"}', 'application/json')).toBe(400);
});

test('no secret and no token appears in the log', async () => {
  await using state = await tempState();
  const secret = await add(state);
  await using gateway = await startTokenGateway({ state });
  const token = await gateway.tokenOf('partner', secret);
  await gateway.token({}, { authorization: basic('partner', 'canary-secret') });
  await gateway.token({ client_id: 'partner', client_secret: 'canary-secret', scope: 'canary:scope' });
  await gateway.whoami(`${token}x`);
  const logged = gateway.logged();
  expect(logged).not.toBe('');
  for (const canary of ['canary', secret, token.slice(-20), decodeJwt(token).jti!])
    expect(logged).not.toContain(canary);
  expect(decodeProtectedHeader(token).alg).toBe('EdDSA');
});
