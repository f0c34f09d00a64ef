import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { SANDBOX_CREDENTIALS } from '../../sandbox/server/vendors.ts';
import { startSandbox } from '../../sandbox/start.ts';
import { startAccounting } from '../../subgraphs/accounting/main.ts';
import { startCrm } from '../../subgraphs/crm/main.ts';
import { startIdentity } from '../../subgraphs/identity/main.ts';
import { startShop } from '../../subgraphs/shop/main.ts';
import { palarniaDataset } from './identity-company.ts';

const keys = generateKeyPairSync('ed25519');
const publicKey = keys.publicKey.export({ type: 'spki', format: 'pem' }).toString();
const privateKey = keys.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
const common = {
  PORT: '0',
  LOG_LEVEL: 'silent',
  IDENTITY_KEYS: `k1:${randomBytes(32).toString('base64')}`,
  UNSIGNED_CALLERS: 'allow',
};

/** The four subgraphs, each its own service over HTTP. */
async function startServices(identityEnv: Record<string, string> = {}) {
  const sandbox = await startSandbox({ dataset: palarniaDataset() });
  const { hubspot, woo, fakturownia } = SANDBOX_CREDENTIALS;
  const domain = { ...common, IDENTITY_PUBLIC_KEY: publicKey };
  const crm = await startCrm({
    ...domain,
    CRM_SOURCES: 'hubspot=hubspot',
    HUBSPOT_URL: sandbox.urls.hubspot,
    HUBSPOT_TOKEN: hubspot.token,
  });
  const shop = await startShop({
    ...domain,
    SHOP_SOURCES: 'woo=woocommerce',
    WOO_URL: sandbox.urls.woo,
    WOO_CONSUMER_KEY: woo.consumerKey,
    WOO_CONSUMER_SECRET: woo.consumerSecret,
  });
  const accounting = await startAccounting({
    ...domain,
    ACCOUNTING_SOURCES: 'fakturownia=fakturownia',
    FAKTUROWNIA_URL: sandbox.urls.fakturownia,
    FAKTUROWNIA_API_TOKEN: fakturownia.apiToken,
  });
  const identity = await startIdentity({
    ...common,
    IDENTITY_PRIVATE_KEY: privateKey,
    CRM_URL: crm.url,
    SHOP_URL: shop.url,
    ACCOUNTING_URL: accounting.url,
    ...identityEnv,
  });
  return {
    shop,
    ask: async (query: string): Promise<unknown> => {
      const response = await fetch(`${identity.url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ query }),
      });
      return response.json();
    },
    [Symbol.asyncDispose]: async () => {
      await identity.close();
      await Promise.all([crm.close(), shop.close(), accounting.close()]);
      await sandbox.close();
    },
  };
}

const CUSTOMER = 'id sources { reference } identity { incomplete unavailable { source code } }';

test('works out a customer over HTTP as in one process', async () => {
  await using services = await startServices();
  const answer = await services.ask(`{ customer(id: "woo:order:1") { ${CUSTOMER} } }`);
  expect(answer).toEqual({
    data: {
      customer: {
        id: 'hubspot:company:77',
        sources: [
          { reference: 'hubspot:company:77' },
          { reference: 'hubspot:contact:501' },
          { reference: 'fakturownia:client:3' },
          { reference: 'woo:customer:12' },
          { reference: expect.stringMatching(/^woo:guest:/) },
        ],
        identity: { incomplete: false, unavailable: [] },
      },
    },
    extensions: { touched: { Customer: expect.arrayContaining(['hubspot:company:77', 'hubspot:contact:490']) } },
  });
});

test('a domain’s service that is gone is named, and the others’ records stand', async () => {
  await using services = await startServices();
  await services.shop.close();
  const answer = await services.ask(`{
    customer(id: "hubspot:contact:501") { ${CUSTOMER} }
    order: customer(id: "woo:order:1") { id }
    customers { nodes { id } } }`);
  expect(answer).toMatchObject({
    data: {
      customer: {
        id: 'hubspot:company:77',
        identity: { incomplete: true, unavailable: [{ source: 'shop', code: 'UPSTREAM_UNAVAILABLE' }] },
      },
      order: null,
      customers: null,
    },
    errors: [
      { extensions: { code: 'UPSTREAM_UNAVAILABLE', source: 'shop' } },
      { extensions: { code: 'UPSTREAM_UNAVAILABLE', source: 'shop' } },
    ],
  });
});

test('a key that the domains do not know opens nothing', async () => {
  const stranger = generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  await using services = await startServices({ IDENTITY_PRIVATE_KEY: stranger });
  const answer = await services.ask('{ customer(id: "hubspot:contact:501") { id } }');
  expect(answer).toMatchObject({ data: { customer: null }, errors: [{ extensions: { code: 'UPSTREAM_AUTH' } }] });
});

test('keys and links come from files; what is wrong with them is told at the start, without a value', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'identity-'));
  const path = (name: string, text: string) => {
    writeFileSync(join(folder, name), text);
    return join(folder, name);
  };
  const links = { forbid: [['hubspot:company:77', 'fakturownia:client:3']] };
  await using services = await startServices({
    IDENTITY_PRIVATE_KEY: '',
    IDENTITY_PRIVATE_KEY_FILE: path('key.pem', privateKey),
    LINKS_FILE: path('links.json', JSON.stringify(links)),
  });
  const answer = await services.ask(
    '{ customer(id: "fakturownia:client:3") { id identity { rejected { to reason } } } }',
  );
  expect(answer).toMatchObject({
    data: {
      customer: {
        id: 'fakturownia:client:3',
        identity: { rejected: expect.arrayContaining([{ to: 'hubspot:company:77', reason: 'OPERATOR_FORBIDS' }]) },
      },
    },
  });
  const wrong = startIdentity({ ...common, CRM_URL: 'crm', LINKS_FILE: path('wrong.json', '{"links":[]}') });
  await expect(wrong).rejects.toThrow(/IDENTITY_PRIVATE_KEY.*CRM_URL.*LINKS_FILE: The links file is not valid/s);
});
