import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { toClient } from '../../gateway/clients/client.ts';
import { parseClientFile } from '../../gateway/clients/client-file.ts';
import { runClientCommand } from '../../gateway/clients/command.ts';
import { EditError } from '../../gateway/clients/edits.ts';
import { startRedis } from '../setup/redis.ts';
import { runCommand, tempFolder } from './clients-fixture.ts';

const ADD = ['add', 'partner', '--scope', 'orders:read customers:read', '--customers', 'woo:customer:1,woo:customer:2'];

const client = (folder: string, args: readonly string[], env: Record<string, string> = {}) =>
  runCommand('gateway/clients/main.ts', args, { STATE_DIR: folder, ...env });

async function readClients(folder: string) {
  const path = join(folder, 'clients.json');
  return parseClientFile(path, await readFile(path, 'utf8'));
}

test('add prints the secret once, alone on stdout, and keeps a hash of it in a file of its owner alone', async () => {
  await using folder = await tempFolder();
  const added = await client(folder.path, ADD);
  expect(added).toMatchObject({ code: 0, stdout: expect.stringMatching(/^jeden_[\w-]{43}\n$/) });
  const secret = added.stdout.trim();
  const path = join(folder.path, 'clients.json');
  expect(await readFile(path, 'utf8')).not.toContain(secret);
  expect(((await stat(path)).mode & 0o777).toString(8)).toBe('600');
  const [record] = (await readClients(folder.path)).clients;
  const known = toClient(record!);
  expect(await known.isSecret(secret, Date.now())).toBe(true);
  expect(await known.isSecret(`${secret}x`, Date.now())).toBe(false);
  expect(known).toMatchObject({ id: 'partner', scopes: ['orders:read', 'customers:read'], budget: null });
  expect(known.rowsFor(null)).toMatchObject({ customers: ['woo:customer:1', 'woo:customer:2'] });
  expect(await readdir(folder.path)).toEqual(['clients.json']);
});

test('list shows clients and their state, and nothing of their secrets', async () => {
  await using folder = await tempFolder();
  expect(await client(folder.path, ['list'])).toMatchObject({ code: 0, stdout: '', stderr: 'No clients yet.\n' });
  await client(folder.path, ADD);
  await client(folder.path, [
    'add',
    'shop',
    '--own',
    '--scope',
    'orders:read',
    '--budget',
    '500',
    '--expires',
    '2020-01-31',
  ]);
  const { stdout } = await client(folder.path, ['list']);
  const lines = stdout.trim().split('\n');
  expect(lines).toHaveLength(3);
  expect(lines[1]).toMatch(/^partner +active +default +\{"customers":.*\} +orders:read customers:read$/);
  expect(lines[2]).toMatch(/^shop +expired 2020-01-31 +500 +own +orders:read$/);
  expect(stdout).not.toMatch(/scrypt|jeden_/);
});

test('rotate gives a second secret, and ends the first one after the overlap', async () => {
  await using folder = await tempFolder();
  const first = (await client(folder.path, ADD)).stdout.trim();
  const second = (await client(folder.path, ['rotate', 'partner', '--overlap', '2'])).stdout.trim();
  const [record] = (await readClients(folder.path)).clients;
  const known = toClient(record!);
  const nowMs = Date.now();
  const answers = [first, second].map((secret) => known.isSecret(secret, nowMs));
  expect(await Promise.all(answers)).toEqual([true, true]);
  const later = [first, second].map((secret) => known.isSecret(secret, nowMs + 3 * 3_600_000));
  expect(await Promise.all(later)).toEqual([false, true]);
  expect((await client(folder.path, ['list'])).stdout).toContain('active, 2 secrets');
});

test('revoke ends a client for good: its name is not given again', async () => {
  await using folder = await tempFolder();
  await client(folder.path, ADD);
  expect(await client(folder.path, ['revoke', 'partner'])).toMatchObject({ code: 0, stdout: '' });
  expect((await client(folder.path, ['list'])).stdout).toMatch(/partner +revoked 20/);
  expect(await client(folder.path, ADD)).toMatchObject({ code: 1, stdout: '' });
  const [record] = (await readClients(folder.path)).clients;
  expect(toClient(record!).isActive(Date.now())).toBe(false);
});

test('revoke-token keeps the id of the token', async () => {
  await using folder = await tempFolder();
  await client(folder.path, ['revoke-token', 'abc']);
  await client(folder.path, ['revoke-token', 'def', '--issuer', 'https://login.test']);
  expect((await readClients(folder.path)).revokedTokens).toMatchObject([
    { issuer: 'embedded', id: 'abc' },
    { issuer: 'https://login.test', id: 'def' },
  ]);
});

test('revocations go to the Redis that replicas share; when it cannot be told, that is said', async () => {
  await using folder = await tempFolder();
  await using redis = await startRedis();
  const env = { REDIS_URL: redis.url };
  await client(folder.path, ADD, env);
  expect(await client(folder.path, ['revoke-token', 'abc'], env)).toMatchObject({ code: 0 });
  expect(await client(folder.path, ['revoke', 'partner'], env)).toMatchObject({ code: 0 });
  await redis.stop();
  const untold = await client(folder.path, ['revoke-token', 'def'], env);
  expect(untold).toMatchObject({ code: 1, stderr: expect.stringContaining('Redis could not be told') });
  expect((await readClients(folder.path)).revokedTokens.map(({ id }) => id)).toEqual(['abc', 'def']);
});

test('edits at the same time all count', async () => {
  await using folder = await tempFolder();
  const names = Array.from({ length: 8 }, (_, n) => `client-${n}`);
  const results = await Promise.all(names.map((name) => client(folder.path, ['add', name, '--all-rows'])));
  expect(results.map(({ code }) => code)).toEqual(names.map(() => 0));
  const { clients } = await readClients(folder.path);
  expect(clients.map(({ id }) => id).sort()).toEqual(names);
  expect(await readdir(folder.path)).toEqual(['clients.json']);
});

test('a registry in YAML stays YAML', async () => {
  await using folder = await tempFolder();
  const CLIENTS_FILE = join(folder.path, 'partners.yaml');
  await client(folder.path, ADD, { CLIENTS_FILE });
  const text = await readFile(CLIENTS_FILE, 'utf8');
  expect(text).toMatch(/^version: 1\nclients:\n {2}- id: partner\n/);
  expect((await client(folder.path, ['list'], { CLIENTS_FILE })).stdout).toContain('partner');
});

test.each([
  ['nothing', [], 'npm run client --'],
  ['an unknown command', ['remove', 'partner'], 'npm run client --'],
  ['a command of every object', ['constructor'], 'npm run client --'],
  ['an unknown option', ['add', 'partner', '--admin'], "Unknown option '--admin'"],
  ['no rows', ['add', 'partner', '--scope', 'orders:read'], 'Say which rows'],
  ['two kinds of rows', ['add', 'partner', '--all-rows', '--own'], 'Say which rows'],
  ['customers that are no references', ['add', 'partner', '--customers', '12'], 'Expected references'],
  ['an odd name', ['add', 'Partner A', '--all-rows'], 'expected a name'],
  ['a name with a colon', ['add', 'a:b', '--all-rows'], 'expected a name'],
  ['an odd scope', ['add', 'partner', '--all-rows', '--scope', 'a"b'], 'expected a scope'],
  ['an odd budget', ['add', 'partner', '--all-rows', '--budget', '-5'], '--budget'],
  ['an odd date', ['add', 'partner', '--all-rows', '--expires', 'soon'], '--expires'],
  ['an unknown client', ['rotate', 'nobody'], 'There is no client "nobody"'],
])('%s is told, and changes nothing', async (_name, args, message) => {
  await using folder = await tempFolder();
  const deps = {
    clientsFile: join(folder.path, 'clients.json'),
    share: null,
    rotateKeys: async () => '',
    now: new Date(),
  };
  const error = await runClientCommand(args, deps).catch((caught: unknown) => caught);
  expect(error).toBeInstanceOf(EditError);
  expect(error).toMatchObject({ message: expect.stringContaining(message) });
  expect(await readdir(folder.path)).toEqual([]);
});

test('a mistake is told without a stack, and ends with 1', async () => {
  await using folder = await tempFolder();
  const { code, stdout, stderr } = await client(folder.path, ['rotate', 'nobody']);
  expect({ code, stdout, stderr }).toEqual({ code: 1, stdout: '', stderr: 'There is no client "nobody"\n' });
});

test('a registry that is broken is not written over, and not quoted', async () => {
  await using folder = await tempFolder();
  const path = join(folder.path, 'clients.json');
  await writeFile(path, '{"version":1,"clients":[{"id":"canary"}]}');
  const { code, stderr } = await client(folder.path, ADD);
  expect({ code, isNamed: stderr.includes('clients.0.secrets'), isQuoted: stderr.includes('canary') }).toEqual({
    code: 1,
    isNamed: true,
    isQuoted: false,
  });
  expect(await readFile(path, 'utf8')).toContain('canary');
});

test('a lock that a crash left behind is told, not broken', async () => {
  await using folder = await tempFolder();
  const lock = join(folder.path, 'clients.json.lock');
  await writeFile(lock, '');
  const { code, stderr } = await client(folder.path, ADD);
  expect({ code, stderr }).toEqual({ code: 1, stderr: expect.stringContaining(`remove ${lock}`) });
});
