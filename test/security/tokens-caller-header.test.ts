import { generateKeyPairSync } from 'node:crypto';
import { expect, test } from '@jest/globals';
import { decodeJwt, SignJWT, UnsecuredJWT } from 'jose';
import type { CallerFacts } from '../../common/caller.ts';
import { CALLER_HEADER, createCallerSigner, createCallerVerifier } from '../../common/caller-header.ts';
import { connectRedis } from '../../common/redis.ts';
import { createMemoryRowRuleStore, createRedisRowRuleStore } from '../../common/row-rule-store.ts';
import { parseRowRules } from '../../common/row-rules.ts';
import { ANONYMOUS } from '../../gateway/tokens/caller.ts';
import { startRedis } from '../setup/redis.ts';
import { createTestClock } from './tokens-fixture.ts';

const REFUSED = { code: 'UNAUTHENTICATED', message: 'Expected the signature of the gateway' };

const caller: CallerFacts = {
  isAuthenticated: true,
  clientId: 'partner',
  subject: 'partner',
  scopes: new Set(['orders:read', 'customers:read']),
  rows: parseRowRules({ customers: ['woo:customer:1', 'woo:customer:2'], own: 'woo:customer:1' }),
  actor: { id: 'anna', name: 'Anna Nowak' },
};

function setUp() {
  const clock = createTestClock();
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const sign = createCallerSigner({ privateKey, rowRules: null, now: clock.now });
  const verifier = createCallerVerifier({ publicKeys: [publicKey], audience: 'shop', rowRules: null, now: clock.now });
  return { clock, privateKey, publicKey, sign, verify: (header: unknown) => verifier({ [CALLER_HEADER]: header }) };
}

test('a subgraph learns who asks as the gateway knows it', async () => {
  const { sign, verify } = setUp();
  expect(await verify(await sign(caller, 'shop'))).toEqual(caller);
  expect(await verify(await sign(ANONYMOUS, 'shop'))).toMatchObject({
    isAuthenticated: false,
    scopes: new Set(),
    rows: { kind: 'none' },
  });
});

test('refuses what is unsigned, forged, of another key, or no text', async () => {
  const { sign, verify, publicKey } = setUp();
  const good = await sign(caller, 'shop');
  const [header, payload, signature] = good.split('.');
  const claims = decodeJwt(good);
  const raised = Buffer.from(JSON.stringify({ ...claims, rows: 'all' })).toString('base64url');
  const other = createCallerSigner({ privateKey: generateKeyPairSync('ed25519').privateKey, rowRules: null });
  const hmac = await new SignJWT(claims)
    .setProtectedHeader({ alg: 'HS256', typ: 'jeden-caller+jwt' })
    .sign(publicKey.export({ type: 'spki', format: 'der' }));
  const wrong = [
    undefined,
    '',
    'nonsense',
    ['a', 'b'],
    new UnsecuredJWT(claims).encode(),
    `${header}.${raised}.${signature}`,
    `${header}.${payload}.`,
    await other(caller, 'shop'),
    hmac,
  ];
  for (const value of wrong) await expect(verify(value)).rejects.toMatchObject(REFUSED);
});

test('a header for one subgraph does not open another', async () => {
  const { sign, verify } = setUp();
  await expect(verify(await sign(caller, 'accounting'))).rejects.toMatchObject(REFUSED);
});

test("another of the gateway's signed things is not a caller", async () => {
  const { verify, privateKey, sign } = setUp();
  const claims = decodeJwt(await sign(caller, 'shop'));
  const token = await new SignJWT(claims).setProtectedHeader({ alg: 'EdDSA', typ: 'at+jwt' }).sign(privateKey);
  await expect(verify(token)).rejects.toMatchObject(REFUSED);
});

test('is at most 60 seconds old, also when it was seen before, and whatever it says of its expiry', async () => {
  const { clock, sign, verify, privateKey } = setUp();
  const header = await sign(caller, 'shop');
  const claims = decodeJwt(header);
  const longLived = await new SignJWT({ ...claims, exp: claims.exp! + 3600 })
    .setProtectedHeader({ alg: 'EdDSA', typ: 'jeden-caller+jwt' })
    .sign(privateKey);
  await verify(header);
  clock.advance(58_000);
  await verify(header);
  clock.advance(9000);
  await expect(verify(header)).rejects.toMatchObject(REFUSED);
  await expect(verify(longLived)).rejects.toMatchObject(REFUSED);
});

test('is signed once for a caller and a subgraph, and anew after half a minute', async () => {
  const { clock, sign } = setUp();
  const first = await sign(caller, 'shop');
  expect(await sign(caller, 'shop')).toBe(first);
  expect(await sign(caller, 'crm')).not.toBe(first);
  clock.advance(31_000);
  expect(await sign(caller, 'shop')).not.toBe(first);
});

test('two public keys verify while the gateway changes its key', async () => {
  const [old, fresh] = [generateKeyPairSync('ed25519'), generateKeyPairSync('ed25519')];
  const publicKeys = [old.publicKey, fresh.publicKey];
  const verifier = createCallerVerifier({ publicKeys, audience: 'shop', rowRules: null });
  for (const { privateKey } of [old, fresh]) {
    const sign = createCallerSigner({ privateKey, rowRules: null });
    expect(await verifier({ [CALLER_HEADER]: await sign(caller, 'shop') })).toEqual(caller);
  }
});

const many = parseRowRules({ customers: Array.from({ length: 3000 }, (_, n) => `woo:customer:${n}`) });

test('long row rules travel by id: the header stays short', async () => {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const rowRules = createMemoryRowRuleStore();
  const header = await createCallerSigner({ privateKey, rowRules })({ ...caller, rows: many }, 'shop');
  expect(header.length).toBeLessThan(1000);
  const verify = createCallerVerifier({ publicKeys: [publicKey], audience: 'shop', rowRules });
  expect((await verify({ [CALLER_HEADER]: header })).rows).toEqual(many);
  const other = createMemoryRowRuleStore();
  const stranger = createCallerVerifier({ publicKeys: [publicKey], audience: 'shop', rowRules: other });
  await expect(stranger({ [CALLER_HEADER]: header })).rejects.toMatchObject({ code: 'AUTHENTICATION_UNAVAILABLE' });
});

test('long row rules with nowhere to put them refuse the caller rather than lose a rule', async () => {
  const { sign } = setUp();
  await expect(sign({ ...caller, rows: many }, 'shop')).rejects.toMatchObject({ code: 'AUTHENTICATION_UNAVAILABLE' });
});

test('between services long row rules go through Redis, and nobody can change them there', async () => {
  await using redis = await startRedis();
  await using gateway = connectRedis({ url: redis.url, name: 'gateway' });
  await using shop = connectRedis({ url: redis.url, name: 'shop' });
  await Promise.all([gateway.untilReady(5000), shop.untilReady(5000)]);
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const sign = createCallerSigner({ privateKey, rowRules: createRedisRowRuleStore(gateway) });
  const header = await sign({ ...caller, rows: many }, 'shop');
  const read = (rowRules = createRedisRowRuleStore(shop)) =>
    createCallerVerifier({ publicKeys: [publicKey], audience: 'shop', rowRules })({ [CALLER_HEADER]: header });
  expect((await read()).rows).toEqual(many);
  const [key = ''] = await shop.client.keys('jeden:rows:*');
  await shop.client.set(key, '"all"');
  await expect(read()).rejects.toMatchObject({ code: 'AUTHENTICATION_UNAVAILABLE' });
  await redis.stop();
  await expect(read()).rejects.toMatchObject({ code: 'AUTHENTICATION_UNAVAILABLE' });
});
