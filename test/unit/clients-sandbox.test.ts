import { readFile } from 'node:fs/promises';
import { expect, test } from '@jest/globals';
import { decodeJwt } from 'jose';
import { sandboxClients, sandboxSecret } from '../../gateway/clients/sandbox-clients.ts';
import { startTokenGateway } from '../security/issuer-fixture.ts';
import { runCommand, tempFolder } from './clients-fixture.ts';

const PEOPLE = {
  shopper: 'woo:customer:5',
  partnerCustomers: ['hubspot:company:1', 'hubspot:company:2'],
  salesTeam: ['hubspot:owner:1', 'hubspot:owner:2'],
};

async function startSandboxGateway() {
  return startTokenGateway({ sandboxClients: await sandboxClients(PEOPLE) });
}

/** Prints a token as `npm run --silent token` does. */
async function printToken(args: readonly string[], env: Record<string, string>) {
  return runCommand('gateway/issuer/main.ts', args, env);
}

test.each([
  ['shopper', { kind: 'restricted', own: 'woo:customer:5' }],
  ['partner', { kind: 'restricted', customers: ['hubspot:company:1', 'hubspot:company:2'] }],
  ['support', { kind: 'all' }],
  ['sales', { kind: 'restricted', owner: ['hubspot:owner:1', 'hubspot:owner:2'] }],
  ['finance', { kind: 'all' }],
  ['frontend', { kind: 'none' }],
])('the sandbox has a client %s', async (name, rows) => {
  await using gateway = await startSandboxGateway();
  const { caller } = await gateway.whoami(await gateway.tokenOf(name, sandboxSecret(name)!));
  expect(caller).toMatchObject({ isAuthenticated: true, clientId: name, rows });
});

const SCOPES_OF = async () => new Map((await sandboxClients(PEOPLE)).map(({ id, scopes }) => [id, new Set(scopes)]));

test('each audience may what the documentation says', async () => {
  const scopesOf = await SCOPES_OF();
  const whoMay = (scope: string) => [...scopesOf].filter(([, scopes]) => scopes.has(scope)).map(([name]) => name);
  expect(whoMay('customers:read')).toEqual(['frontend', 'shopper', 'partner', 'support', 'sales', 'finance']);
  expect(whoMay('customers:pii')).not.toContain('partner');
  expect(whoMay('customers:tax-id')).toEqual(['frontend', 'shopper', 'sales', 'finance']);
  expect(whoMay('invoices:read')).not.toContain('sales');
  expect(whoMay('invoices:documents')).toEqual(['frontend', 'shopper', 'support', 'finance']);
  expect(whoMay('activities:read')).toEqual(['support', 'sales']);
  expect(whoMay('finance:bank')).toEqual(['finance']);
  expect(whoMay('finance:margin')).toEqual(['finance']);
  expect(whoMay('finance:receivables')).toEqual(['frontend', 'shopper', 'finance']);
});

test('the storefront gets a token for one customer, with fewer scopes when asked', async () => {
  await using gateway = await startSandboxGateway();
  const wish = ['--client', 'frontend', '--own', 'woo:customer:9', '--scope', 'orders:read', '--url', gateway.url];
  const { stdout } = await printToken(wish, { STATE_DIR: '/nowhere' });
  expect((await gateway.whoami(stdout.trim())).caller).toMatchObject({
    scopes: ['orders:read'],
    rows: { kind: 'restricted', own: 'woo:customer:9' },
  });
});

test('a client of the registry needs no secret: the operator signs with the key of the state folder', async () => {
  await using folder = await tempFolder();
  const env = { STATE_DIR: folder.path, PUBLIC_URL: 'https://graph.test' };
  await runCommand('gateway/clients/main.ts', ['add', 'support', '--all-rows', '--scope', 'a:read b:read'], env);
  const state = { path: folder.path, clientsFile: '', [Symbol.asyncDispose]: async () => {} };
  await using gateway = await startTokenGateway({ state });
  const { stdout } = await printToken(['--client', 'support', '--scope', 'a:read'], env);
  expect((await gateway.whoami(stdout.trim())).caller).toMatchObject({ clientId: 'support', scopes: ['a:read'] });
  expect(decodeJwt(stdout.trim()).iss).toBe('https://graph.test');
  const greedy = await printToken(['--client', 'support', '--scope', 'c:read'], env);
  expect(greedy).toMatchObject({ code: 1, stdout: '', stderr: expect.stringContaining('has no scope c:read') });
});

test('with its secret any client is asked for at the running gateway', async () => {
  await using folder = await tempFolder();
  const env = { STATE_DIR: folder.path };
  const added = await runCommand('gateway/clients/main.ts', ['add', 'partner', '--all-rows'], env);
  const state = { path: folder.path, clientsFile: '', [Symbol.asyncDispose]: async () => {} };
  await using gateway = await startTokenGateway({ state });
  const wish = ['--client', 'partner', '--url', gateway.url];
  const { stdout } = await printToken(wish, { STATE_DIR: '/nowhere', CLIENT_SECRET: added.stdout.trim() });
  expect((await gateway.whoami(stdout.trim())).caller).toMatchObject({ clientId: 'partner' });
  const wrong = await printToken(wish, { STATE_DIR: '/nowhere', CLIENT_SECRET: 'canary-secret' });
  expect(wrong).toMatchObject({ code: 1, stdout: '', stderr: expect.stringContaining('client authentication failed') });
  expect(wrong.stderr).not.toContain('canary');
});

test.each([
  ['no client', [], 'npm run --silent token'],
  ['an unknown client', ['--client', 'nobody'], 'There is no client "nobody"'],
  [
    'a client of the sandbox without a gateway',
    ['--client', 'sales', '--url', 'http://127.0.0.1:1'],
    'There is no gateway',
  ],
])('%s is told without a stack', async (_name, args, message) => {
  await using folder = await tempFolder();
  const { code, stdout, stderr } = await printToken(args, { STATE_DIR: folder.path });
  expect({ code, stdout, stderr }).toEqual({ code: 1, stdout: '', stderr: expect.stringContaining(message) });
  expect(stderr).not.toMatch(/ at .*\.ts:/);
});

test('a real installation does not know the secrets of the sandbox', async () => {
  await using folder = await tempFolder();
  const state = { path: folder.path, clientsFile: '', [Symbol.asyncDispose]: async () => {} };
  await using gateway = await startTokenGateway({ state });
  await expect(gateway.tokenOf('support', sandboxSecret('support')!)).rejects.toThrow('401');
  expect(sandboxSecret('constructor')).toBeNull();
});

test('the documentation shows the scopes that the clients have', async () => {
  const readme = await readFile(new URL('../../sandbox/README.md', import.meta.url), 'utf8');
  const rows = [...readme.matchAll(/^\| `([a-z:-]+)` +\|(.+)\|$/gm)].filter(([, name]) => name?.includes(':'));
  const columns = ['shopper', 'partner', 'support', 'sales', 'finance'];
  const documented = columns.map((name, column) => [
    name,
    rows.filter(([, , cells]) => cells?.split('|')[column]?.includes('✓')).map(([, scope]) => scope),
  ]);
  const scopesOf = await SCOPES_OF();
  const sorted = (scopes: Iterable<unknown>) => [...scopes].sort();
  for (const [name, scopes] of documented)
    expect([name, sorted(scopes!)]).toEqual([name, sorted(scopesOf.get(String(name))!)]);
  expect(scopesOf.get('frontend')).toEqual(scopesOf.get('shopper'));
});

test('every scope of the schema is given to one of them', async () => {
  const sdl = await readFile(new URL('../../schema/supergraph.graphql', import.meta.url), 'utf8');
  const used = sdl.matchAll(/@requiresScopes\(scopes: .*?\]\]\)/g);
  const scopes = new Set([...used].flatMap(([text]) => text.match(/[a-z]+:[a-z-]+/g) ?? []));
  expect(scopes.size).toBeGreaterThan(10);
  const given = new Set([...(await SCOPES_OF()).values()].flatMap((list) => [...list]));
  expect([...scopes].filter((scope) => !given.has(scope))).toEqual([]);
});
