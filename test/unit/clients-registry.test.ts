import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { createLogger } from '../../common/log.ts';
import { toClient } from '../../gateway/clients/client.ts';
import { type ClientRecord, formatClientFile } from '../../gateway/clients/client-file.ts';
import { addClient, revokeClient } from '../../gateway/clients/edits.ts';
import { createFileRegistry } from '../../gateway/clients/registry.ts';
import { tempFolder } from './clients-fixture.ts';

const HOUR_MS = 3_600_000;
const PARTNER = { id: 'partner', scopes: ['orders:read'], rows: 'all', budget: null, expiresAt: null };

function open(path: string) {
  const lines: string[] = [];
  const destination = { write: (line: string) => void lines.push(line) };
  let nowMs = Date.now();
  const registry = createFileRegistry({
    path,
    log: createLogger({ level: 'info', name: 'test', destination }),
    now: () => nowMs,
  });
  return {
    names: async () => [...(await registry.current()).clients.keys()],
    current: registry.current,
    advance: (ms: number) => {
      nowMs += ms;
    },
    logged: lines,
  };
}

test('no file is no clients; one that appears is read within a second', async () => {
  await using folder = await tempFolder();
  const path = join(folder.path, 'clients.json');
  const registry = open(path);
  expect(await registry.names()).toEqual([]);
  await addClient(path, PARTNER, new Date());
  registry.advance(1000);
  expect(await registry.names()).toEqual(['partner']);
  registry.advance(1000);
  await rm(path);
  registry.advance(1000);
  expect(await registry.names()).toEqual([]);
});

test('answers the same object while nothing changes', async () => {
  await using folder = await tempFolder();
  const path = join(folder.path, 'clients.json');
  await addClient(path, PARTNER, new Date());
  const registry = open(path);
  const before = await registry.current();
  registry.advance(5000);
  expect(await registry.current()).toBe(before);
  await revokeClient(path, 'partner', new Date());
  registry.advance(1000);
  expect(await registry.current()).not.toBe(before);
});

test('a file that cannot be read leaves the last good one in force for an hour, and is told once', async () => {
  await using folder = await tempFolder();
  const path = join(folder.path, 'clients.json');
  await addClient(path, PARTNER, new Date());
  const registry = open(path);
  await registry.names();
  await writeFile(path, '{"version": 1, "clients": [ canary');
  for (let n = 0; n < 3; n++) {
    registry.advance(2000);
    expect(await registry.names()).toEqual(['partner']);
  }
  expect(registry.logged).toHaveLength(1);
  expect(registry.logged[0]).not.toContain('canary');
  registry.advance(HOUR_MS);
  await expect(registry.names()).rejects.toMatchObject({ code: 'AUTHENTICATION_UNAVAILABLE' });
  await writeFile(path, formatClientFile(path, { version: 1, clients: [], revokedTokens: [] }));
  registry.advance(1000);
  expect(await registry.names()).toEqual([]);
});

test('a file that is broken from the start opens nothing', async () => {
  await using folder = await tempFolder();
  const path = join(folder.path, 'clients.json');
  await writeFile(path, '[]');
  await expect(open(path).names()).rejects.toMatchObject({ code: 'AUTHENTICATION_UNAVAILABLE' });
});

const record = (more: Partial<ClientRecord>): ClientRecord => ({
  ...PARTNER,
  secrets: [],
  createdAt: '2026-01-01T00:00:00Z',
  revokedAt: null,
  ...more,
});

test.each([
  ['no rules', undefined],
  ['null', null],
  ['an unknown word', 'everything'],
  ['an empty object', {}],
  ['an unknown rule', { country: 'PL' }],
])('a client whose rows say %s sees no row', (_name, rows) => {
  expect(toClient(record({ rows })).rowsFor(null)).toEqual({ kind: 'none' });
});

test('a client of "own" sees the one customer that the token names, and without one nobody', () => {
  const client = toClient(record({ rows: 'own' }));
  expect(client.rowsFor(null)).toEqual({ kind: 'none' });
  expect(client.rowsFor('woo:customer:3')).toMatchObject({ kind: 'restricted', own: 'woo:customer:3' });
});

test('a name of every object is no client', async () => {
  await using folder = await tempFolder();
  const registry = open(join(folder.path, 'clients.json'));
  const { clients } = await registry.current();
  expect(['__proto__', 'constructor', 'toString'].map((name) => clients.get(name))).toEqual([
    undefined,
    undefined,
    undefined,
  ]);
});
