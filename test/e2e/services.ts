import { generateKeyPairSync, type KeyObject, randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sandboxEnvironment } from '../../gateway/all-in-one/sandbox-environment.ts';
import { addClient } from '../../gateway/clients/edits.ts';
import { requestToken } from '../../gateway/issuer/token-command.ts';
import type { Sandbox } from '../../sandbox/start.ts';
import { freePort } from '../live/processes.ts';
import { type ServiceProcess, startService } from './service-process.ts';
import { ALL_SCOPES } from './test-client.ts';

export const NAMES = ['crm', 'shop', 'accounting', 'identity', 'gateway'] as const;

export type Services = Record<(typeof NAMES)[number], ServiceProcess> & { token: string } & AsyncDisposable;

export interface ServicesOptions {
  identityKeys?: string;
  /** Settings of every service, beside those that it needs. */
  env?: Record<string, string>;
  /** Where the systems are; default the sandbox's own addresses. */
  urls?: Sandbox['urls'];
}

/** The five services as a company runs them, each with its own settings alone. */
export async function startServices(sandbox: Sandbox, options: ServicesOptions = {}): Promise<Services> {
  const { identityKeys = newKeys(), env = {}, urls: systemUrls = sandbox.urls } = options;
  await using started = new AsyncDisposableStack();
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const ofGateway = generateKeyPairSync('ed25519');
  const identityPort = await freePort();
  const systems = sandboxEnvironment({ ...sandbox, urls: systemUrls });
  const settingsOf = (...prefixes: string[]) =>
    Object.fromEntries(Object.entries(systems).filter(([name]) => prefixes.some((prefix) => name.startsWith(prefix))));
  const common = {
    IDENTITY_KEYS: identityKeys,
    IDENTITY_PUBLIC_KEY: pem(publicKey, 'spki'),
    GATEWAY_PUBLIC_KEY: pem(ofGateway.publicKey, 'spki'),
    IDENTITY_URL: `http://127.0.0.1:${identityPort}`,
  };
  const start = async (file: string, own: Record<string, string>) =>
    started.use(await startService(file, { ...env, ...own }));
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

export const newKeys = () => `k1:${randomBytes(32).toString('base64')}`;
