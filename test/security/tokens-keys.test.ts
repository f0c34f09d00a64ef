import { expect, test } from '@jest/globals';
import { authenticateWith, createTestClock, issuerConfig, newIssuerKey, startIssuer } from './tokens-fixture.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

test('finds the keys by the discovery document, once', async () => {
  await using issuer = await startIssuer();
  const { bearer } = authenticateWith([issuerConfig(issuer.url)]);
  await bearer(await issuer.sign({ jti: '1' }));
  await bearer(await issuer.sign({ jti: '2' }));
  expect({ discoveries: issuer.discoveries, keyFetches: issuer.keyFetches }).toEqual({ discoveries: 1, keyFetches: 1 });
});

test('a configured address of the keys needs no discovery', async () => {
  await using issuer = await startIssuer();
  const { bearer } = authenticateWith([issuerConfig(issuer.url, { jwksUri: `${issuer.url}/keys` })]);
  await bearer(await issuer.sign());
  expect({ discoveries: issuer.discoveries, keyFetches: issuer.keyFetches }).toEqual({ discoveries: 0, keyFetches: 1 });
});

test('a flood of unknown key ids costs one fetch in 30 seconds', async () => {
  await using issuer = await startIssuer('EdDSA');
  const clock = createTestClock();
  const { bearer } = authenticateWith([issuerConfig(issuer.url)], { now: clock.now });
  await bearer(await issuer.sign());
  expect(issuer.keyFetches).toBe(1);
  const flood = async () => {
    const tokens = Array.from({ length: 200 }, (_, n) => issuer.sign({}, { header: { kid: `made-up-${n}` } }));
    const answers = await Promise.allSettled((await Promise.all(tokens)).map(bearer));
    return answers.filter(({ status }) => status === 'rejected').length;
  };
  expect(await flood()).toBe(200);
  expect(issuer.keyFetches).toBe(1);
  clock.advance(31_000);
  expect(await flood()).toBe(200);
  expect(await flood()).toBe(200);
  expect(issuer.keyFetches).toBe(2);
  await expect(bearer(await issuer.sign())).resolves.toMatchObject({ isAuthenticated: true });
});

test('a flood while the issuer is down costs no more', async () => {
  await using issuer = await startIssuer('EdDSA');
  const clock = createTestClock();
  const { bearer } = authenticateWith([issuerConfig(issuer.url)], { now: clock.now });
  await bearer(await issuer.sign());
  issuer.isDown = true;
  clock.advance(31_000);
  for (let n = 0; n < 50; n++) await bearer(await issuer.sign({}, { header: { kid: `x-${n}` } })).catch(() => {});
  expect(issuer.keyFetches).toBe(2);
});

test('a new key is found by the first token that names it, while the old one still verifies', async () => {
  await using issuer = await startIssuer();
  const clock = createTestClock();
  const { bearer } = authenticateWith([issuerConfig(issuer.url)], { now: clock.now });
  const old = await issuer.sign();
  await bearer(old);
  const key = await newIssuerKey('second');
  issuer.published = [key.publicJwk, issuer.key.publicJwk];
  clock.advance(31_000);
  await expect(bearer(await issuer.sign({ jti: 'new' }, { key }))).resolves.toMatchObject({ tokenId: 'new' });
  await expect(bearer(old)).resolves.toMatchObject({ tokenId: 'token-1' });
});

test('a withdrawn key takes its tokens with it, also remembered ones', async () => {
  await using issuer = await startIssuer();
  const clock = createTestClock();
  const { bearer } = authenticateWith([issuerConfig(issuer.url)], { now: clock.now });
  const old = await issuer.sign({ exp: Math.floor(Date.now() / 1000) + 7200 });
  await bearer(old);
  const key = await newIssuerKey('second');
  issuer.published = [key.publicJwk];
  clock.advance(11 * MINUTE_MS);
  // The look behind the first request's back finds the new keys.
  await bearer(await issuer.sign({ jti: 'new', exp: Math.floor(Date.now() / 1000) + 7200 }, { key }));
  await expect(bearer(old)).rejects.toThrow('The token is signed by an unknown key');
});

test('known keys count while the issuer is down, for 24 hours and no longer', async () => {
  await using issuer = await startIssuer();
  const clock = createTestClock();
  const { bearer, logged } = authenticateWith([issuerConfig(issuer.url)], { now: clock.now });
  const longLived = (jti: string) => issuer.sign({ jti, exp: Math.floor(Date.now() / 1000) + 3 * 24 * 3600 });
  await bearer(await longLived('before'));
  issuer.isDown = true;
  clock.advance(23 * HOUR_MS);
  await expect(bearer(await longLived('during'))).resolves.toMatchObject({ tokenId: 'during' });
  clock.advance(2 * HOUR_MS);
  await expect(bearer(await longLived('after'))).rejects.toMatchObject({ code: 'AUTHENTICATION_UNAVAILABLE' });
  issuer.isDown = false;
  clock.advance(MINUTE_MS);
  await expect(bearer(await longLived('again'))).resolves.toMatchObject({ tokenId: 'again' });
  expect(logged()).not.toContain('canary-of-the-issuer');
});

test('a token whose key may be a new one that cannot be fetched is not called wrong', async () => {
  await using issuer = await startIssuer();
  const clock = createTestClock();
  const { bearer } = authenticateWith([issuerConfig(issuer.url)], { now: clock.now });
  await bearer(await issuer.sign());
  issuer.isDown = true;
  clock.advance(31_000);
  const key = await newIssuerKey('second');
  await expect(bearer(await issuer.sign({}, { key }))).rejects.toMatchObject({ code: 'AUTHENTICATION_UNAVAILABLE' });
});

test('an issuer that is down at the start is asked again soon', async () => {
  await using issuer = await startIssuer();
  const clock = createTestClock();
  const { bearer } = authenticateWith([issuerConfig(issuer.url)], { now: clock.now });
  issuer.isDown = true;
  await expect(bearer(await issuer.sign())).rejects.toMatchObject({ code: 'AUTHENTICATION_UNAVAILABLE' });
  issuer.isDown = false;
  clock.advance(6000);
  await expect(bearer(await issuer.sign())).resolves.toMatchObject({ isAuthenticated: true });
});

test('100 requests that come before the keys are known cost one fetch', async () => {
  await using issuer = await startIssuer('EdDSA');
  const { bearer } = authenticateWith([issuerConfig(issuer.url)]);
  const tokens = await Promise.all(Array.from({ length: 100 }, (_, n) => issuer.sign({ jti: `t${n}` })));
  await Promise.all(tokens.map(bearer));
  expect(issuer.keyFetches).toBe(1);
});

test.each([
  ['another issuer', { issuer: 'https://evil.test' }, 'names another issuer'],
  ['keys over plain http', { jwks_uri: 'http://192.0.2.1/keys' }, 'are not behind https'],
  ['no keys', { jwks_uri: undefined }, 'jwks_uri'],
])('a discovery document that names %s is not believed', async (_name, discovery, reason) => {
  await using issuer = await startIssuer();
  issuer.discovery = discovery;
  const { bearer, logged } = authenticateWith([issuerConfig(issuer.url)]);
  await expect(bearer(await issuer.sign())).rejects.toMatchObject({ code: 'AUTHENTICATION_UNAVAILABLE' });
  expect(issuer.keyFetches).toBe(0);
  expect(logged()).toContain(reason);
});

test('keys do not come over plain http unless the operator says so', () => {
  expect(() => issuerConfig('http://login.test')).toThrow(/https/);
  expect(() => issuerConfig('https://login.test', { jwksUri: 'http://login.test/keys' })).toThrow(/https/);
  expect(issuerConfig('http://login.test', { allowHttp: true }).issuer).toBe('http://login.test');
});
