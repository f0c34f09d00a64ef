import { createHmac, createPublicKey } from 'node:crypto';
import { expect, test } from '@jest/globals';
import { EncryptJWT, importJWK, type JWTPayload, SignJWT, UnsecuredJWT } from 'jose';
import {
  AUDIENCE,
  authenticateWith,
  createTestClock,
  goodClaims,
  issuerConfig,
  newIssuerKey,
  nowSeconds,
  startIssuer,
} from './tokens-fixture.ts';

const REFUSED = { code: 'UNAUTHENTICATED' };

test('a good token tells who asks and what they may', async () => {
  await using issuer = await startIssuer();
  const { bearer } = authenticateWith([issuerConfig(issuer.url)]);
  expect(await bearer(await issuer.sign())).toMatchObject({
    isAuthenticated: true,
    issuer: issuer.url,
    clientId: 'app-1',
    subject: 'user-1',
    scopes: new Set(['orders:read', 'customers:read']),
    tokenId: 'token-1',
    budget: null,
  });
});

test.each(['RS256', 'ES256', 'EdDSA'] as const)('takes tokens signed by %s', async (algorithm) => {
  await using issuer = await startIssuer(algorithm);
  const { bearer } = authenticateWith([issuerConfig(issuer.url)]);
  await expect(bearer(await issuer.sign())).resolves.toMatchObject({ subject: 'user-1' });
});

test("no token is anonymous: no scope and nobody's rows", async () => {
  const { authenticate } = authenticateWith([]);
  const caller = await authenticate({ 'content-type': 'application/json' });
  expect(caller).toMatchObject({ isAuthenticated: false, clientId: null, subject: null, rows: { kind: 'none' } });
  expect(caller.scopes.size).toBe(0);
});

test.each([
  ['another scheme', 'Basic YTpi'],
  ['no token', 'Bearer'],
  ['an empty header', ''],
  ['two tokens', 'Bearer a.b.c d.e.f'],
  ['no JWT', 'Bearer opaque-token'],
  ['a JWT of nonsense', 'Bearer e30.e30.e30'],
  ['parts that are no JSON', 'Bearer aaaa.bbbb.cccc'],
])('an Authorization header with %s is refused, never anonymous', async (_name, authorization) => {
  await using issuer = await startIssuer();
  const { authenticate } = authenticateWith([issuerConfig(issuer.url)]);
  await expect(authenticate({ authorization })).rejects.toMatchObject(REFUSED);
});

test('refuses the algorithm "none", in every spelling', async () => {
  await using issuer = await startIssuer();
  const { bearer } = authenticateWith([issuerConfig(issuer.url)]);
  const unsecured = new UnsecuredJWT(goodClaims(issuer.url)).encode();
  await expect(bearer(unsecured)).rejects.toMatchObject(REFUSED);
  const payload = unsecured.split('.')[1];
  for (const alg of ['none', 'None', 'NONE', 'nOnE']) {
    const header = Buffer.from(JSON.stringify({ alg, kid: issuer.key.kid, typ: 'at+jwt' })).toString('base64url');
    await expect(bearer(`${header}.${payload}.`)).rejects.toMatchObject(REFUSED);
    await expect(bearer(`${header}.${payload}.AAAA`)).rejects.toMatchObject(REFUSED);
  }
});

test('refuses HS256 signed with the text of the public RSA key', async () => {
  await using issuer = await startIssuer('RS256');
  const { bearer } = authenticateWith([issuerConfig(issuer.url)]);
  const publicKey = createPublicKey({ key: issuer.key.publicJwk, format: 'jwk' });
  const secrets = [
    publicKey.export({ type: 'spki', format: 'pem' }).toString(),
    publicKey.export({ type: 'spki', format: 'der' }),
    JSON.stringify(issuer.key.publicJwk),
  ];
  for (const secret of secrets) {
    const header = { alg: 'HS256', kid: issuer.key.kid, typ: 'at+jwt' };
    const [head, body] = [header, goodClaims(issuer.url)].map((part) =>
      Buffer.from(JSON.stringify(part)).toString('base64url'),
    );
    const signature = createHmac('sha256', secret).update(`${head}.${body}`).digest('base64url');
    await expect(bearer(`${head}.${body}.${signature}`)).rejects.toMatchObject(REFUSED);
  }
});

test('a configuration cannot allow HS256 or "none"', () => {
  for (const algorithm of ['HS256', 'none', 'dir']) {
    expect(() => issuerConfig('https://login.test', { algorithms: [algorithm] })).toThrow();
  }
});

test('refuses an algorithm that this issuer is not configured for', async () => {
  await using issuer = await startIssuer('RS256');
  const { bearer } = authenticateWith([issuerConfig(issuer.url, { algorithms: ['ES256'] })]);
  await expect(bearer(await issuer.sign())).rejects.toThrow('an algorithm that is not allowed');
});

test('a key that the token itself brings or points at is not believed', async () => {
  await using issuer = await startIssuer();
  await using theirs = await startIssuer();
  const { bearer } = authenticateWith([issuerConfig(issuer.url)]);
  const key = await newIssuerKey('first');
  for (const header of [{ jwk: key.publicJwk }, { jku: `${theirs.url}/keys` }, { x5u: `${theirs.url}/keys` }]) {
    await expect(bearer(await issuer.sign({}, { key, header }))).rejects.toThrow('The signature of the token is wrong');
  }
  expect(theirs.keyFetches).toBe(0);
});

test('refuses an encrypted token', async () => {
  await using issuer = await startIssuer();
  const { bearer } = authenticateWith([issuerConfig(issuer.url)]);
  const key = await importJWK({ ...issuer.key.publicJwk, alg: 'RSA-OAEP-256', use: 'enc' });
  const jwe = await new EncryptJWT(goodClaims(issuer.url))
    .setProtectedHeader({ alg: 'RSA-OAEP-256', enc: 'A256GCM', kid: issuer.key.kid })
    .encrypt(key);
  await expect(bearer(jwe)).rejects.toMatchObject(REFUSED);
});

const WRONG_CLAIMS: [string, JWTPayload, string][] = [
  ['another audience', { aud: 'https://other.test/graphql' }, 'The token is not for this service'],
  ['an audience that only begins like ours', { aud: `${AUDIENCE}/more` }, 'The token is not for this service'],
  ['an empty list of audiences', { aud: [] }, 'The token is not for this service'],
  ['an unknown issuer', { iss: 'https://nobody.test' }, 'The token is of an issuer that is not trusted here'],
  ['a name of every object as issuer', { iss: '__proto__' }, 'The token is of an issuer that is not trusted here'],
  ['a time before it is valid', { nbf: nowSeconds() + 120 }, 'The token is not valid yet'],
  ['an expiry that is a text', JSON.parse('{"exp":"9999999999"}'), 'The token does not say when it expires'],
];

test.each(WRONG_CLAIMS)('refuses %s', async (_name, claims, message) => {
  await using issuer = await startIssuer();
  const { bearer } = authenticateWith([issuerConfig(issuer.url)]);
  await expect(bearer(await issuer.sign(claims))).rejects.toMatchObject({ ...REFUSED, message });
});

test('refuses an issuer that only begins like a trusted one', async () => {
  await using issuer = await startIssuer();
  const { bearer } = authenticateWith([issuerConfig(issuer.url)]);
  for (const iss of [`${issuer.url}/`, `${issuer.url}.evil.test`, issuer.url.toUpperCase()]) {
    await expect(bearer(await issuer.sign({ iss }))).rejects.toThrow('not trusted here');
  }
});

test.each(['iss', 'aud', 'exp'])('refuses a token without %s', async (claim) => {
  await using issuer = await startIssuer();
  const { bearer } = authenticateWith([issuerConfig(issuer.url)]);
  await expect(bearer(await issuer.sign({}, { without: [claim] }))).rejects.toMatchObject(REFUSED);
});

test('takes one of several audiences, on either side', async () => {
  await using issuer = await startIssuer();
  const { bearer } = authenticateWith([issuerConfig(issuer.url, { audience: ['other', AUDIENCE] })]);
  await expect(bearer(await issuer.sign({ aud: ['x', AUDIENCE] }))).resolves.toMatchObject({ subject: 'user-1' });
});

test('refuses an ID token where the issuer types its access tokens', async () => {
  await using issuer = await startIssuer();
  const { bearer } = authenticateWith([issuerConfig(issuer.url, { typ: 'at+jwt' })]);
  await expect(bearer(await issuer.sign({}, { header: { typ: 'JWT' } }))).rejects.toMatchObject(REFUSED);
  await expect(bearer(await issuer.sign({}, { header: { typ: undefined } }))).rejects.toMatchObject(REFUSED);
  const spelled = await issuer.sign({}, { header: { typ: 'application/at+jwt' } });
  await expect(bearer(spelled)).resolves.toMatchObject({ subject: 'user-1' });
});

test('a token that expired 29 seconds ago still counts, one that expired 31 seconds ago does not', async () => {
  await using issuer = await startIssuer();
  const clock = createTestClock();
  const { bearer } = authenticateWith([issuerConfig(issuer.url)], { now: clock.now });
  const within = await issuer.sign({ exp: nowSeconds() - 28 });
  const beyond = await issuer.sign({ exp: nowSeconds() - 31 });
  await expect(bearer(within)).resolves.toMatchObject({ subject: 'user-1' });
  await expect(bearer(beyond)).rejects.toThrow('The token has expired');
});

test('a remembered token expires as well', async () => {
  await using issuer = await startIssuer();
  const clock = createTestClock();
  const { bearer } = authenticateWith([issuerConfig(issuer.url)], { now: clock.now });
  const token = await issuer.sign({ exp: nowSeconds() + 60 });
  await bearer(token);
  clock.advance(80_000);
  await expect(bearer(token)).resolves.toMatchObject({ subject: 'user-1' });
  clock.advance(11_000);
  await expect(bearer(token)).rejects.toThrow('The token has expired');
});

test('one flipped character of a signature, a header or a claim is refused', async () => {
  await using issuer = await startIssuer();
  const { bearer } = authenticateWith([issuerConfig(issuer.url)]);
  const token = await issuer.sign();
  await bearer(token);
  const [header = '', payload = '', signature = ''] = token.split('.');
  const claims = JSON.parse(Buffer.from(payload, 'base64url').toString());
  const raised = Buffer.from(JSON.stringify({ ...claims, scope: 'finance:bank' })).toString('base64url');
  const flipped = (signature.startsWith('A') ? 'B' : 'A') + signature.slice(1);
  for (const forged of [
    `${header}.${raised}.${signature}`,
    `${header}.${payload}.${flipped}`,
    `${header}.${payload}.`,
  ]) {
    await expect(bearer(forged)).rejects.toMatchObject(REFUSED);
  }
});

test('a token of one trusted issuer cannot name another one', async () => {
  await using first = await startIssuer();
  await using second = await startIssuer();
  const { bearer } = authenticateWith([issuerConfig(first.url), issuerConfig(second.url)]);
  await expect(bearer(await first.sign())).resolves.toMatchObject({ issuer: first.url });
  await expect(bearer(await second.sign())).resolves.toMatchObject({ issuer: second.url });
  await expect(bearer(await first.sign({ iss: second.url }))).rejects.toMatchObject(REFUSED);
});

test('an extension that must be understood and is not is refused', async () => {
  await using issuer = await startIssuer();
  const { bearer } = authenticateWith([issuerConfig(issuer.url)]);
  const { alg, kid } = { alg: issuer.key.algorithm, kid: issuer.key.kid };
  const token = await new SignJWT(goodClaims(issuer.url))
    .setProtectedHeader({ alg, kid, crit: ['exotic'], exotic: true })
    .sign(issuer.key.privateKey, { crit: { exotic: true } });
  await expect(bearer(token)).rejects.toMatchObject(REFUSED);
});

test('neither error nor log holds anything of a refused token', async () => {
  await using issuer = await startIssuer();
  const { bearer, logged } = authenticateWith([issuerConfig(issuer.url)]);
  const wrong = { sub: 'canary-subject', scope: 'canary:scope', aud: 'canary-audience', iss: issuer.url };
  const token = await issuer.sign(wrong);
  const error = await bearer(token).catch((caught: unknown) => caught);
  const said = `${String(error)} ${JSON.stringify(error)} ${(error as { challenge: string }).challenge} ${logged()}`;
  expect(said).not.toMatch(/canary/);
  expect(said).not.toContain(token.split('.')[2]);
  expect(error).toMatchObject({
    challenge: 'Bearer realm="jeden", error="invalid_token", error_description="The token is not for this service"',
  });
});

test('the same token gives the same object, so that what is made of it can be remembered', async () => {
  await using issuer = await startIssuer();
  const { bearer } = authenticateWith([issuerConfig(issuer.url)]);
  const token = await issuer.sign();
  expect(await bearer(token)).toBe(await bearer(token));
});
