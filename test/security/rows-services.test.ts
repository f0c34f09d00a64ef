import { generateKeyPairSync, type KeyObject, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer, request as forward } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from '@jest/globals';
import { CALLER_HEADER, type CallerSigner, createCallerSigner } from '../../common/caller-header.ts';
import { connectRedis } from '../../common/redis.ts';
import { createMemoryRowRuleStore, createRedisRowRuleStore } from '../../common/row-rule-store.ts';
import type { ExecutionResultBody } from '../../common/transport.ts';
import { sandboxEnvironment } from '../../gateway/all-in-one/sandbox-environment.ts';
import { startSandbox } from '../../sandbox/start.ts';
import { startAccounting } from '../../subgraphs/accounting/main.ts';
import { startCrm } from '../../subgraphs/crm/main.ts';
import { startIdentity } from '../../subgraphs/identity/main.ts';
import { startShop } from '../../subgraphs/shop/main.ts';
import { palarniaDataset } from '../contract/identity-company.ts';
import { startRedis } from '../setup/redis.ts';
import { callerFacts, type SubgraphName } from './rows-fixture.ts';

const IDENTITY = generateKeyPairSync('ed25519');
const GATEWAY = generateKeyPairSync('ed25519');

/** An address that is there before the service behind it: identity and the domains have to know each other's. */
async function startForwarder() {
  let target = '';
  const server = createServer((request, response) => {
    const { method, headers } = request;
    const onward = forward(`${target}${request.url}`, { method, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    onward.on('error', () => response.destroy());
    request.pipe(onward);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    leadTo: (url: string) => {
      target = url;
    },
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

function pem(key: KeyObject, type: 'spki' | 'pkcs8'): string {
  return key.export({ type, format: 'pem' }).toString();
}

const CORE = { PORT: '0', LOG_LEVEL: 'silent', IDENTITY_KEYS: `k1:${randomBytes(32).toString('base64')}` };

/** The four subgraphs as services that know the gateway's key. */
async function startServices(env: Record<string, string> = {}) {
  await using started = new AsyncDisposableStack();
  const sandbox = started.use(await startSandbox({ dataset: palarniaDataset() }));
  const common = { ...CORE, GATEWAY_PUBLIC_KEY: pem(GATEWAY.publicKey, 'spki'), ...env };
  const forwarder = started.use(await startForwarder());
  const domain = {
    ...common,
    ...sandboxEnvironment(sandbox),
    IDENTITY_KEYS: common.IDENTITY_KEYS,
    IDENTITY_PUBLIC_KEY: pem(IDENTITY.publicKey, 'spki'),
    IDENTITY_URL: forwarder.url,
  };
  const crm = started.use(await startCrm(domain));
  const shop = started.use(await startShop(domain));
  const accounting = started.use(await startAccounting(domain));
  const identity = started.use(
    await startIdentity({
      ...common,
      IDENTITY_PRIVATE_KEY: pem(IDENTITY.privateKey, 'pkcs8'),
      CRM_URL: crm.url,
      SHOP_URL: shop.url,
      ACCOUNTING_URL: accounting.url,
    }),
  );
  forwarder.leadTo(identity.url);
  const urls: Record<SubgraphName, string> = {
    identity: identity.url,
    crm: crm.url,
    shop: shop.url,
    accounting: accounting.url,
  };
  const all = started.move();
  return { identity, urls, [Symbol.asyncDispose]: () => all.disposeAsync() };
}

async function post(url: string, headers: Record<string, string>, body: unknown) {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
  return { status: response.status, body: (await response.json()) as ExecutionResultBody };
}

const signer = createCallerSigner({ privateKey: GATEWAY.privateKey, rowRules: null });

async function ask(url: string, subgraph: string, rows: unknown, query: string, sign: CallerSigner = signer) {
  return post(`${url}/graphql`, { [CALLER_HEADER]: await sign(callerFacts(rows), subgraph) }, { query });
}

const ORDER = '{ order(id: "woo:order:1") { id number customer { claim } } }';

test('a service answers whom the gateway signed for it, by the caller’s rows, and refuses everybody else', async () => {
  await using services = await startServices();
  const { shop } = services.urls;
  // The company's own account ordered it.
  const seen = await ask(shop, 'shop', { customers: ['hubspot:company:77'] }, ORDER);
  expect(seen).toMatchObject({ status: 200, body: { data: { order: { id: 'woo:order:1' } } } });
  const hidden = await ask(shop, 'shop', { customers: ['woo:customer:999'] }, ORDER);
  expect(hidden).toEqual({ status: 200, body: { data: { order: null } } });
  const stranger = createCallerSigner({ privateKey: generateKeyPairSync('ed25519').privateKey, rowRules: null });
  const refused = { status: 401, body: { errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] } };
  expect(await post(`${shop}/graphql`, {}, { query: ORDER })).toMatchObject(refused);
  expect(await ask(shop, 'shop', 'all', ORDER, stranger)).toMatchObject(refused);
  expect(await ask(shop, 'crm', 'all', ORDER)).toMatchObject(refused);
  for (const [name, url] of Object.entries(services.urls)) {
    expect(await post(`${url}/graphql`, {}, { query: '{ __typename }' })).toMatchObject(refused);
    expect(await ask(url, name, 'none', '{ __typename }')).toMatchObject({ status: 200 });
  }
});

test('identity answers a domain by the gateway’s statement to that domain alone', async () => {
  await using services = await startServices();
  const url = `${services.urls.identity}/internal`;
  const rows = { customers: ['hubspot:contact:501'] };
  const statement = await signer(callerFacts(rows), 'shop');
  const records = await post(`${url}/records-of`, {}, { domain: 'shop', statement });
  expect(records).toMatchObject({
    status: 200,
    body: {
      references: expect.arrayContaining(['hubspot:company:77', 'hubspot:contact:501', 'woo:customer:12']),
      missing: [],
    },
  });
  const references = ['woo:order:1', 'woo:customer:999'];
  const customers = await post(`${url}/customers-of`, {}, { domain: 'shop', statement, references });
  expect(customers).toMatchObject({ status: 200, body: [{ state: 'seen' }, { state: 'none' }] });
  const ofChannels = await signer(callerFacts({ channels: ['web'] }), 'shop');
  const nobody = await post(`${url}/customers-of`, {}, { domain: 'shop', statement: ofChannels, references });
  expect(nobody).toMatchObject({ status: 200, body: [{ state: 'none' }, { state: 'none' }] });
  const refused = { status: 401, body: { errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] } };
  for (const wrong of [
    { domain: 'crm', statement },
    { domain: 'identity', statement },
    { domain: 'shop', statement: `${statement}x` },
    { domain: 'constructor', statement },
  ]) {
    expect(await post(`${url}/records-of`, {}, wrong)).toMatchObject(refused);
  }
  expect(await post(`${url}/records-of`, {}, { domain: 'shop' })).toMatchObject({ status: 400 });
});

test('without identity nobody’s rows can be told: an error where rules are to be applied, there or not', async () => {
  await using services = await startServices();
  await services.identity.close();
  const { shop } = services.urls;
  const query = (id: string) => `{ order(id: "woo:order:${id}") { id } }`;
  for (const id of ['1', '999']) {
    expect(await ask(shop, 'shop', { customers: ['hubspot:company:77'] }, query(id))).toMatchObject({
      body: { data: { order: null }, errors: [{ extensions: { code: 'UPSTREAM_UNAVAILABLE', source: 'identity' } }] },
    });
    expect(await ask(shop, 'shop', 'none', query(id))).toEqual({ status: 200, body: { data: { order: null } } });
  }
  expect(await ask(shop, 'shop', 'all', query('1'))).toMatchObject({
    body: { data: { order: { id: 'woo:order:1' } } },
  });
});

test('long rules travel by Redis; where they can’t be had the caller is answered nothing', async () => {
  await using redis = await startRedis();
  await using services = await startServices({ REDIS_URL: redis.url });
  await using connection = connectRedis({ url: redis.url, name: 'test' });
  await connection.untilReady(5000);
  const sign = createCallerSigner({ privateKey: GATEWAY.privateKey, rowRules: createRedisRowRuleStore(connection) });
  const many = Array.from({ length: 500 }, (_, index) => `woo:customer:${100_000 + index}`);
  const rows = { customers: [...many, 'hubspot:company:77'] };
  const { shop } = services.urls;
  expect(await ask(shop, 'shop', rows, ORDER, sign)).toMatchObject({
    body: { data: { order: { id: 'woo:order:1' } } },
  });
  expect(await ask(shop, 'shop', { customers: many }, ORDER, sign)).toEqual({
    status: 200,
    body: { data: { order: null } },
  });
  const elsewhere = createCallerSigner({ privateKey: GATEWAY.privateKey, rowRules: createMemoryRowRuleStore() });
  expect(await ask(shop, 'shop', { ...rows, own: 'woo:customer:12' }, ORDER, elsewhere)).toMatchObject({
    status: 503,
    body: { errors: [{ extensions: { code: 'AUTHENTICATION_UNAVAILABLE' } }] },
  });
}, 60_000);

test('a service that is told no key of the gateway’s does not start, unless that is meant', async () => {
  const env = { ...CORE, IDENTITY_PRIVATE_KEY: pem(IDENTITY.privateKey, 'pkcs8') };
  for (const start of [startCrm, startShop, startAccounting, startIdentity]) {
    await expect(start(env)).rejects.toThrow(/GATEWAY_PUBLIC_KEY.*is required, or UNSIGNED_CALLERS=allow/);
    const service = await start({ ...env, UNSIGNED_CALLERS: 'allow' });
    expect(await post(`${service.url}/graphql`, {}, { query: '{ __typename }' })).toMatchObject({ status: 200 });
    await service.close();
  }
});
