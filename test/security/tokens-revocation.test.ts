import { generateKeyPairSync } from 'node:crypto';
import { cp, writeFile } from 'node:fs/promises';
import { expect, test } from '@jest/globals';
import { decodeJwt } from 'jose';
import { createLogger } from '../../common/log.ts';
import { connectRedis, type Redis } from '../../common/redis.ts';
import { formatClientFile, parseClientFile } from '../../gateway/clients/client-file.ts';
import { addClient, revokeClient, revokeToken } from '../../gateway/clients/edits.ts';
import { clientKey, EMBEDDED_ISSUER, tokenKey } from '../../gateway/clients/revocation-key.ts';
import { createSharedRevocations, shareRevocation } from '../../gateway/clients/shared-revocations.ts';
import { readStateFile } from '../../gateway/clients/state-file.ts';
import { startRedis } from '../setup/redis.ts';
import {
  basic,
  eventually,
  type StateFolder,
  startTokenGateway,
  type TestGateway,
  tempState,
} from './issuer-fixture.ts';
import { AUDIENCE, createTestClock, startIssuer } from './tokens-fixture.ts';

const log = createLogger({ level: 'silent', name: 'test' });
const HOUR_MS = 3_600_000;

async function addPartner(state: StateFolder): Promise<string> {
  const partner = { id: 'partner', scopes: ['orders:read'], rows: 'all', budget: null, expiresAt: null };
  return addClient(state.clientsFile, partner, new Date());
}

const until = new Date(Date.now() + 30 * 24 * HOUR_MS);

async function statusesSettle(gateways: readonly TestGateway[], token: string, expected: number): Promise<number[]> {
  const ask = async () => (await Promise.all(gateways.map(({ whoami }) => whoami(token)))).map(({ status }) => status);
  return eventually(ask, (statuses) => statuses.every((status) => status === expected));
}

test('a client revoked in the registry gets no token and its tokens are refused, within seconds', async () => {
  await using state = await tempState();
  const secret = await addPartner(state);
  await using first = await startTokenGateway({ state });
  await using second = await startTokenGateway({ state });
  const token = await first.tokenOf('partner', secret);
  expect(await statusesSettle([first, second], token, 200)).toEqual([200, 200]);
  await revokeClient(state.clientsFile, 'partner', new Date());
  expect(await statusesSettle([first, second], token, 401)).toEqual([401, 401]);
  for (const gateway of [first, second]) {
    expect(await gateway.token({}, { authorization: basic('partner', secret) })).toMatchObject({ status: 401 });
  }
});

test('one revoked token is refused, another of the same client is not', async () => {
  await using state = await tempState();
  const secret = await addPartner(state);
  await using gateway = await startTokenGateway({ state });
  const [lost, kept] = [await gateway.tokenOf('partner', secret), await gateway.tokenOf('partner', secret)];
  expect(await gateway.whoami(lost)).toMatchObject({ status: 200 });
  await revokeToken(state.clientsFile, { issuer: EMBEDDED_ISSUER, id: decodeJwt(lost).jti!, until }, new Date());
  expect(await statusesSettle([gateway], lost, 401)).toEqual([401]);
  expect(await gateway.whoami(kept)).toMatchObject({ status: 200 });
});

test('a scope or a row that is taken away is gone from tokens that were issued before', async () => {
  await using state = await tempState();
  const secret = await addPartner(state);
  await using gateway = await startTokenGateway({ state });
  const token = await gateway.tokenOf('partner', secret);
  expect((await gateway.whoami(token)).caller).toMatchObject({ scopes: ['orders:read'], rows: { kind: 'all' } });
  const file = parseClientFile(state.clientsFile, (await readStateFile(state.clientsFile)) ?? '');
  const changed = file.clients.map((client) => ({ ...client, scopes: [], rows: { channels: ['web'] } }));
  await writeFile(state.clientsFile, formatClientFile(state.clientsFile, { ...file, clients: changed }));
  const { caller } = await eventually(
    () => gateway.whoami(token),
    (answer) => JSON.stringify(answer.caller?.scopes) === '[]',
  );
  expect(caller).toMatchObject({ scopes: [], rows: { kind: 'restricted', channels: ['web'] } });
});

/** Two replicas with registries of their own, which only Redis connects. */
async function startReplicas(url: string) {
  const states = [await tempState(), await tempState()] as const;
  const secret = await addPartner(states[0]);
  await cp(states[0].path, states[1].path, { recursive: true });
  const connections = states.map(() => connectRedis({ url, name: 'replica' }));
  const { privateKey } = generateKeyPairSync('ed25519');
  const ISSUER_KEYS = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  const gateways = await Promise.all(
    states.map((state, n) => startTokenGateway({ state, redis: connections[n], env: { ISSUER_KEYS } })),
  );
  return {
    secret,
    gateways,
    redis: connections[0]!,
    [Symbol.asyncDispose]: async () => {
      await Promise.all([...gateways, ...connections, ...states].map((one) => one[Symbol.asyncDispose]()));
    },
  };
}

const share = (redis: Redis, key: string) => shareRevocation(redis, key, until.getTime());

test('a token revoked over Redis is refused by every replica within seconds', async () => {
  await using redis = await startRedis();
  await using replicas = await startReplicas(redis.url);
  const token = await replicas.gateways[0]!.tokenOf('partner', replicas.secret);
  expect(await statusesSettle(replicas.gateways, token, 200)).toEqual([200, 200]);
  await share(replicas.redis, tokenKey(EMBEDDED_ISSUER, decodeJwt(token).jti!));
  expect(await statusesSettle(replicas.gateways, token, 401)).toEqual([401, 401]);
});

test('a client revoked over Redis is refused, and gets no token, also where the registry still has it', async () => {
  await using redis = await startRedis();
  await using replicas = await startReplicas(redis.url);
  const [first, second] = replicas.gateways as [TestGateway, TestGateway];
  const token = await first.tokenOf('partner', replicas.secret);
  await shareRevocation(replicas.redis, clientKey('partner'), null);
  expect(await statusesSettle([first, second], token, 401)).toEqual([401, 401]);
  expect(await second.token({}, { authorization: basic('partner', replicas.secret) })).toMatchObject({ status: 401 });
});

test('while Redis is away tokens still count, what is known to be revoked stays revoked, and it comes back by itself', async () => {
  await using redis = await startRedis();
  await using replicas = await startReplicas(redis.url);
  const [first] = replicas.gateways as [TestGateway];
  const [lost, kept, later] = await Promise.all(['a', 'b', 'c'].map(() => first.tokenOf('partner', replicas.secret)));
  await share(replicas.redis, tokenKey(EMBEDDED_ISSUER, decodeJwt(lost!).jti!));
  expect(await statusesSettle([first], lost!, 401)).toEqual([401]);
  await redis.stop();
  expect(await first.whoami(kept!)).toMatchObject({ status: 200 });
  expect(await first.whoami(lost!)).toMatchObject({ status: 401 });
  await redis.start();
  // Redis has lost its memory; the replicas have not.
  expect(await replicas.redis.untilReady(5000)).toBe(true);
  await share(replicas.redis, tokenKey(EMBEDDED_ISSUER, decodeJwt(later!).jti!));
  expect(await statusesSettle([first], later!, 401)).toEqual([401]);
  expect(await first.whoami(lost!)).toMatchObject({ status: 401 });
});

test('no request waits for a Redis that hangs', async () => {
  await using redis = await startRedis();
  await using replicas = await startReplicas(redis.url);
  const [first] = replicas.gateways as [TestGateway];
  const token = await first.tokenOf('partner', replicas.secret);
  redis.pause();
  const answers = await Promise.all(Array.from({ length: 20 }, () => first.whoami(token)));
  redis.resume();
  expect(answers.every(({ status }) => status === 200)).toBe(true);
});

test('a replica that has never seen the list refuses tokens rather than take no list for an empty one', async () => {
  await using redis = await startRedis();
  await redis.stop();
  await using state = await tempState();
  const secret = await addPartner(state);
  await using connection = connectRedis({ url: redis.url, name: 'replica' });
  await using gateway = await startTokenGateway({ state, redis: connection });
  const refused = await gateway.token({}, { authorization: basic('partner', secret) });
  expect(refused).toMatchObject({
    status: 503,
    body: { errors: [{ extensions: { code: 'AUTHENTICATION_UNAVAILABLE' } }] },
  });
  await redis.start();
  const token = await eventually(
    () => gateway.tokenOf('partner', secret).catch(() => ''),
    (answer) => answer !== '',
  );
  expect(await gateway.whoami(token)).toMatchObject({ status: 200 });
});

test('a list that is older than an hour is not believed', async () => {
  await using redis = await startRedis();
  await using connection = connectRedis({ url: redis.url, name: 'replica' });
  await connection.untilReady(5000);
  const clock = createTestClock();
  await using shared = createSharedRevocations({ redis: connection, log, now: clock.now, pollEveryMs: HOUR_MS });
  expect(() => shared.has('key')).toThrow('not known now');
  await shared.refresh();
  expect(shared.has('key')).toBe(false);
  clock.advance(HOUR_MS + 1000);
  expect(() => shared.has('key')).toThrow('not known now');
  await shared.refresh();
  expect(shared.has('key')).toBe(false);
});

test('entries are forgotten when no such token can be alive any more, revoked clients never', async () => {
  await using redis = await startRedis();
  await using connection = connectRedis({ url: redis.url, name: 'replica' });
  await connection.untilReady(5000);
  await shareRevocation(connection, 'long ago', Date.now() - 1000);
  await shareRevocation(connection, 'client', null);
  await shareRevocation(connection, 'alive', Date.now() + HOUR_MS);
  await using shared = createSharedRevocations({ redis: connection, log, pollEveryMs: HOUR_MS });
  await shared.refresh();
  expect(['long ago', 'client', 'alive'].map(shared.has)).toEqual([false, true, true]);
});

test('a token of an issuer outside can be revoked too', async () => {
  await using issuer = await startIssuer('EdDSA');
  await using state = await tempState();
  const TOKEN_ISSUERS = JSON.stringify([{ issuer: issuer.url, audience: AUDIENCE }]);
  await using gateway = await startTokenGateway({ state, env: { TOKEN_ISSUERS } });
  const [lost, kept] = [await issuer.sign({ jti: 'lost' }), await issuer.sign({ jti: 'kept' })];
  expect(await gateway.whoami(lost)).toMatchObject({ status: 200 });
  await revokeToken(state.clientsFile, { issuer: issuer.url, id: 'lost', until }, new Date());
  expect(await statusesSettle([gateway], lost, 401)).toEqual([401]);
  expect(await gateway.whoami(kept)).toMatchObject({ status: 200 });
});
