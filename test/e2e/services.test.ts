import { generateKeyPairSync, type KeyObject, randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { sandboxEnvironment } from '../../gateway/all-in-one/sandbox-environment.ts';
import { addClient } from '../../gateway/clients/edits.ts';
import { requestToken } from '../../gateway/issuer/token-command.ts';
import type { TruthCustomer } from '../../sandbox/data/truth-types.ts';
import { type Sandbox, startSandbox } from '../../sandbox/start.ts';
import { freePort } from '../live/processes.ts';
import { type Answer, startProduct } from './product.ts';
import { type ServiceProcess, startService } from './service-process.ts';
import { ALL_SCOPES } from './test-client.ts';

/** Without times of fetching, which differ between two runs. */
const CUSTOMER = `
  query ($id: ID!) {
    customer(id: $id) {
      id kind displayName email phone
      identity { incomplete links { rule from to evidence } unavailable { source code } }
      sources { system reference stale }
      lifecycleStage
      deals { nodes { id name } }
      tickets { nodes { id subject } }
      orders { nodes { id number status lines { sku quantity } totals { gross { amount currency } } invoices { id } customer { id } } }
      invoices { nodes { id number kind totals { gross { amount currency } } payments { amount { amount } } orders { id } } }
      receivables { total { amount currency } openInvoiceCount }
    }
  }
`;

const NAMES = ['crm', 'shop', 'accounting', 'identity', 'gateway'] as const;

type Services = Record<(typeof NAMES)[number], ServiceProcess> & { token: string } & AsyncDisposable;

/** The five services as a company runs them, each with its own settings alone. */
async function startServices(sandbox: Sandbox, identityKeys: string): Promise<Services> {
  await using started = new AsyncDisposableStack();
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const ofGateway = generateKeyPairSync('ed25519');
  const identityPort = await freePort();
  const systems = sandboxEnvironment(sandbox);
  const settingsOf = (...prefixes: string[]) =>
    Object.fromEntries(Object.entries(systems).filter(([name]) => prefixes.some((prefix) => name.startsWith(prefix))));
  const common = {
    IDENTITY_KEYS: identityKeys,
    IDENTITY_PUBLIC_KEY: pem(publicKey, 'spki'),
    GATEWAY_PUBLIC_KEY: pem(ofGateway.publicKey, 'spki'),
    IDENTITY_URL: `http://127.0.0.1:${identityPort}`,
  };
  const start = async (file: string, env: Record<string, string>) => started.use(await startService(file, env));
  const [crm, shop, accounting] = await Promise.all([
    start('subgraphs/crm/main.ts', { ...common, ...settingsOf('CRM_', 'HUBSPOT_') }),
    start('subgraphs/shop/main.ts', { ...common, ...settingsOf('SHOP_', 'WOO_') }),
    start('subgraphs/accounting/main.ts', { ...common, ...settingsOf('ACCOUNTING_', 'FAKTUROWNIA_') }),
  ]);
  const identity = await start('subgraphs/identity/main.ts', {
    IDENTITY_KEYS: identityKeys,
    PORT: String(identityPort),
    ADMIN_PORT: '0',
    GATEWAY_PUBLIC_KEY: pem(ofGateway.publicKey, 'spki'),
    IDENTITY_PRIVATE_KEY: pem(privateKey, 'pkcs8'),
    CRM_URL: crm.url,
    SHOP_URL: shop.url,
    ACCOUNTING_URL: accounting.url,
  });
  const urls = Object.entries({ crm, shop, accounting, identity }).map(([name, { url }]) => [
    `SUBGRAPH_${name.toUpperCase()}_URL`,
    `${url}/graphql`,
  ]);
  const folder = await mkdtemp(join(tmpdir(), 'services-'));
  started.defer(() => rm(folder, { recursive: true }));
  const secret = await addSupport(folder);
  const gateway = await start('gateway/main.ts', {
    ...Object.fromEntries(urls),
    GATEWAY_PRIVATE_KEY: pem(ofGateway.privateKey, 'pkcs8'),
    STATE_DIR: folder,
  });
  const token = await requestToken(gateway.url, secret, { clientId: 'support', scope: null, own: null });
  const all = started.move();
  return { crm, shop, accounting, identity, gateway, token, [Symbol.asyncDispose]: () => all.disposeAsync() };
}

/** A client that may see everything, in the registry that the gateway reads. */
function addSupport(folder: string): Promise<string> {
  const client = { id: 'support', scopes: [...ALL_SCOPES], rows: 'all', budget: null, expiresAt: null };
  return addClient(join(folder, 'clients.json'), client, new Date());
}

function pem(key: KeyObject, type: 'spki' | 'pkcs8'): string {
  return key.export({ type, format: 'pem' }).toString();
}

/** A customer that all three systems know. */
function knownToAll({ dataset }: Sandbox): TruthCustomer {
  const knows = ({ references }: TruthCustomer, type: string) => references.some((one) => one.startsWith(type));
  const types = ['hubspot:', 'woo:customer:', 'fakturownia:'];
  return dataset
    .truth()
    .customers.find((one) => types.every((type) => knows(one, type)) && one.orderNumbers.length > 0)!;
}

interface Customer extends Record<string, unknown> {
  orders: { nodes: Record<string, unknown>[] };
}

async function ask({ gateway, token }: Services, id: string): Promise<Answer<{ customer: Customer | null }>> {
  const response = await fetch(`${gateway.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify({ query: CUSTOMER, variables: { id } }),
  });
  return (await response.json()) as Answer<{ customer: Customer | null }>;
}

const newKeys = () => `k1:${randomBytes(32).toString('base64')}`;

test('five processes answer as one process does, and end cleanly when asked to', async () => {
  const keys = newKeys();
  await using product = await startProduct({ sandbox: { customers: 80 }, env: { IDENTITY_KEYS: keys } });
  await using services = await startServices(product.sandbox, keys);
  const { id } = knownToAll(product.sandbox);
  const answer = await ask(services, id);
  expect(answer.errors).toBeUndefined();
  expect(answer.data?.customer).toMatchObject({ orders: expect.anything(), identity: { incomplete: false } });
  expect(answer.data).toEqual(await product.data(CUSTOMER, { id }));
  for (const name of NAMES) expect({ name, code: await services[name].stop() }).toEqual({ name, code: 0 });
}, 60_000);

test('a service that is gone costs its own fields, with an error that names it and where', async () => {
  await using sandbox = await startSandbox({ customers: 80 });
  await using services = await startServices(sandbox, newKeys());
  const { id } = knownToAll(sandbox);
  const whole = (await ask(services, id)).data?.customer;
  await services.accounting.kill();
  const { data, errors = [] } = await ask(services, id);
  const lost = whole && { ...whole, invoices: null, receivables: null, orders: withoutInvoices(whole.orders) };
  expect(data?.customer).toEqual(lost);
  expect(new Set(errors.map(({ extensions }) => `${extensions.code} ${extensions.service}`))).toEqual(
    new Set(['SUBGRAPH_UNAVAILABLE accounting']),
  );
  const places = errors.map(({ path = [] }) => path.filter((part) => typeof part === 'string').join('.'));
  expect(new Set(places)).toEqual(
    new Set(['customer.invoices', 'customer.receivables', 'customer.orders.nodes.invoices']),
  );
}, 60_000);

function withoutInvoices({ nodes }: Customer['orders']): Customer['orders'] {
  return { nodes: nodes.map((order) => ({ ...order, invoices: null })) };
}
