import { generateKeyPairSync } from 'node:crypto';
import { readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { decodeJwt, decodeProtectedHeader, SignJWT } from 'jose';
import { createLogger } from '../../common/log.ts';
import { parseClientFile } from '../../gateway/clients/client-file.ts';
import { addClient } from '../../gateway/clients/edits.ts';
import { readStateFile } from '../../gateway/clients/state-file.ts';
import { createKeyFileRing, rotateKeys } from '../../gateway/issuer/key-file.ts';
import { signToken } from '../../gateway/issuer/sign-token.ts';
import { createFixedKeyRing, type KeyRing } from '../../gateway/issuer/signing-key.ts';
import { eventually, PUBLIC_URL, type StateFolder, startTokenGateway, tempState } from './issuer-fixture.ts';
import { createTestClock } from './tokens-fixture.ts';

const log = createLogger({ level: 'silent', name: 'test' });
const MINUTE_MS = 60_000;

const idsOf = ({ signing, published }: KeyRing) => ({
  signing: signing.kid,
  published: published.map(({ kid }) => kid).sort(),
});

async function addPartner(state: StateFolder): Promise<string> {
  const partner = { id: 'partner', scopes: ['orders:read'], rows: 'all', budget: null, expiresAt: null };
  return addClient(state.clientsFile, partner, new Date());
}

test('makes a key at the first start, for its owner alone, and keeps it', async () => {
  await using state = await tempState();
  const secret = await addPartner(state);
  const kidOfStart = async () => {
    await using gateway = await startTokenGateway({ state });
    return decodeProtectedHeader(await gateway.tokenOf('partner', secret)).kid;
  };
  expect(await kidOfStart()).toBe(await kidOfStart());
  const { mode } = await stat(join(state.path, 'issuer-keys.json'));
  expect((mode & 0o777).toString(8)).toBe('600');
  expect(((await stat(state.path)).mode & 0o777).toString(8)).toBe('700');
});

test('two replicas that start at once over one folder come to the same key', async () => {
  await using state = await tempState();
  const path = join(state.path, 'issuer-keys.json');
  const rings = await Promise.all(Array.from({ length: 8 }, () => createKeyFileRing({ path, log })));
  const ids = await Promise.all(rings.map(async (ring) => (await ring()).signing.kid));
  expect(new Set(ids).size).toBe(1);
});

test('a rotated key is published first, signs after a quarter of an hour, and outlives the tokens of the old one', async () => {
  await using state = await tempState();
  const path = join(state.path, 'issuer-keys.json');
  const clock = createTestClock();
  const ring = await createKeyFileRing({ path, log, now: clock.now, checkEveryMs: 0 });
  const old = (await ring()).signing.kid;
  const fresh = await rotateKeys(path, new Date(clock.now()), false);
  expect(idsOf(await ring())).toEqual({ signing: old, published: [old, fresh].sort() });
  clock.advance(16 * MINUTE_MS);
  expect(idsOf(await ring())).toEqual({ signing: fresh, published: [old, fresh].sort() });
  clock.advance(100 * MINUTE_MS);
  expect(idsOf(await ring())).toEqual({ signing: fresh, published: [old, fresh].sort() });
  clock.advance(30 * MINUTE_MS);
  expect(idsOf(await ring())).toEqual({ signing: fresh, published: [fresh] });
});

test('a key in wrong hands stops to verify within seconds', async () => {
  await using state = await tempState();
  const secret = await addPartner(state);
  await using gateway = await startTokenGateway({ state });
  const token = await gateway.tokenOf('partner', secret);
  expect(await gateway.whoami(token)).toMatchObject({ status: 200 });
  const kid = await rotateKeys(join(state.path, 'issuer-keys.json'), new Date(), true);
  const refused = await eventually(
    () => gateway.whoami(token),
    ({ status }) => status === 401,
  );
  expect(refused.status).toBe(401);
  const fresh = await gateway.tokenOf('partner', secret);
  expect(decodeProtectedHeader(fresh).kid).toBe(kid);
  expect(await gateway.whoami(fresh)).toMatchObject({ status: 200 });
});

test('keys from the settings: the first signs, all verify, and nothing is written', async () => {
  await using state = await tempState();
  const secret = await addPartner(state);
  const [old, fresh] = [generateKeyPairSync('ed25519').privateKey, generateKeyPairSync('ed25519').privateKey];
  const pem = (key: typeof old) => key.export({ type: 'pkcs8', format: 'pem' }).toString();
  await using before = await startTokenGateway({ state, env: { ISSUER_KEYS: pem(old) } });
  const token = await before.tokenOf('partner', secret);
  await using after = await startTokenGateway({ state, env: { ISSUER_KEYS: `${pem(fresh)}${pem(old)}` } });
  expect(await after.whoami(token)).toMatchObject({ status: 200 });
  expect(decodeProtectedHeader(await after.tokenOf('partner', secret)).kid).not.toBe(decodeProtectedHeader(token).kid);
  await expect(stat(join(state.path, 'issuer-keys.json'))).rejects.toMatchObject({ code: 'ENOENT' });
});

test('a key file that cannot be read leaves the last good one in force, and its content out of the log', async () => {
  await using state = await tempState();
  const secret = await addPartner(state);
  await using gateway = await startTokenGateway({ state });
  const token = await gateway.tokenOf('partner', secret);
  const path = join(state.path, 'issuer-keys.json');
  const { d } = JSON.parse(await readFile(path, 'utf8')).keys[0].privateJwk;
  await writeFile(path, `{"keys": "canary-${d}"`);
  await eventually(
    async () => {
      await gateway.whoami(token);
      return gateway.logged();
    },
    (logged) => logged.includes('cannot be read'),
  );
  expect(await gateway.whoami(token)).toMatchObject({ status: 200 });
  expect(gateway.logged()).toContain('is not a file of signing keys');
  expect(gateway.logged()).not.toContain('canary');
});

test('the same token gives the same caller, wherever the keys come from', async () => {
  await using state = await tempState();
  const secret = await addPartner(state);
  const { privateKey } = generateKeyPairSync('ed25519');
  const ISSUER_KEYS = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  await using fromFile = await startTokenGateway({ state });
  await using fromSettings = await startTokenGateway({ state, env: { ISSUER_KEYS } });
  const { clients } = parseClientFile('', (await readStateFile(state.clientsFile)) ?? '');
  await using sandbox = await startTokenGateway({ sandboxClients: clients });
  for (const gateway of [fromFile, fromSettings, sandbox]) {
    const authorization = `Bearer ${await gateway.tokenOf('partner', secret)}`;
    expect(await gateway.authenticate({ authorization })).toBe(await gateway.authenticate({ authorization }));
  }
});

test('a token signed for trying out says what one from the endpoint says', async () => {
  await using state = await tempState();
  const secret = await addPartner(state);
  await using gateway = await startTokenGateway({ state });
  const ring = await (await createKeyFileRing({ path: join(state.path, 'issuer-keys.json'), log }))();
  const audience = `${PUBLIC_URL}/graphql`;
  const wish = {
    issuer: PUBLIC_URL,
    audience,
    clientId: 'partner',
    scopes: ['orders:read'],
    own: null,
    ttlSeconds: 600,
  };
  const signed = await signToken(ring, wish);
  const issued = await gateway.tokenOf('partner', secret);
  expect(decodeProtectedHeader(signed)).toEqual(decodeProtectedHeader(issued));
  const [first, second] = [signed, issued].map((token) => {
    const { jti, iat, exp, ...rest } = decodeJwt(token);
    return { ...rest, ttl: exp! - iat!, jti: typeof jti };
  });
  expect(first).toEqual(second);
  expect(await gateway.whoami(signed)).toMatchObject({ status: 200 });
});

test("a token that is not of the issuer's own kind is refused, though its key signed it", async () => {
  await using state = await tempState();
  await addPartner(state);
  const { privateKey } = generateKeyPairSync('ed25519');
  const ISSUER_KEYS = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  await using gateway = await startTokenGateway({ state, env: { ISSUER_KEYS } });
  const { signing } = await (await createFixedKeyRing([privateKey]))();
  const sign = (header: object, claims: object) =>
    new SignJWT({ client_id: 'partner', scope: 'orders:read', ...claims })
      .setProtectedHeader({ alg: 'EdDSA', kid: signing.kid, typ: 'at+jwt', ...header })
      .setIssuer(PUBLIC_URL)
      .setAudience(`${PUBLIC_URL}/graphql`)
      .setExpirationTime('5m')
      .sign(privateKey);
  expect(await gateway.whoami(await sign({}, {}))).toMatchObject({ status: 200 });
  expect(await gateway.whoami(await sign({ typ: 'JWT' }, {}))).toMatchObject({ status: 401 });
  expect(await gateway.whoami(await sign({}, { client_id: 'nobody' }))).toMatchObject({ status: 401 });
  expect(await gateway.whoami(await sign({}, { client_id: 7 }))).toMatchObject({ status: 401 });
});
