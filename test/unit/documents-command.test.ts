import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { expect, test } from '@jest/globals';
import { buildSchema } from 'graphql';
import { runDocumentsCommand } from '../../gateway/documents/command.ts';
import { parseDocumentFile } from '../../gateway/documents/document-file.ts';
import { hashOf } from '../../gateway/documents/sent-document.ts';
import { runCommand, tempFolder } from './clients-fixture.ts';

const SCHEMA = buildSchema('type Query { me: Person } type Person { id: ID! name: String friends: [Person!] }');

/** A frontend's folder with these files, and the command over it. */
async function frontend(files: Record<string, string>) {
  const folder = await tempFolder();
  for (const [name, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder.path, 'src', name)), { recursive: true });
    await writeFile(join(folder.path, 'src', name), text);
  }
  const documentsFile = join(folder.path, 'documents.json');
  const run = (...args: string[]) => runDocumentsCommand(args, { documentsFile, readSchema: async () => SCHEMA });
  return {
    run,
    publish: () => run('publish', join(folder.path, 'src')),
    registered: async () => [...parseDocumentFile(documentsFile, await readFile(documentsFile, 'utf8')).values()],
    isUntouched: () =>
      readFile(documentsFile, 'utf8').then(
        () => false,
        () => true,
      ),
    [Symbol.asyncDispose]: folder[Symbol.asyncDispose],
  };
}

test('an operation is registered with the fragments that it needs, from whatever file', async () => {
  await using app = await frontend({
    'pages/me.graphql': 'query Me { me { ...card } }',
    'parts/card.gql': 'fragment card on Person { ...line friends { ...line } } fragment unused on Person { id }',
    'parts/line.graphql': 'fragment line on Person { name }',
    'node_modules/other/it.graphql': 'query Other { me { id } }',
    'package.json': '{"name":"app"}',
  });
  const { note, answer } = await app.publish();
  const [text] = await app.registered();
  expect(text).toMatch(/^query Me \{.*fragment card on Person.*fragment line on Person/s);
  expect(text).not.toContain('unused');
  expect(JSON.parse(answer!)).toEqual({ Me: `sha256:${hashOf(text!)}` });
  expect(note).toMatch(/^1 operations, 1 of them new, are registered in /);
});

test('manifests of GraphQL Code Generator and of Apollo are taken as they are', async () => {
  const [one, other] = ['query One { me { id __typename } }', 'query Other { me { name } }'];
  await using app = await frontend({
    'gql/persisted-documents.json': JSON.stringify({ [hashOf(one)]: one }),
    'manifest.json': JSON.stringify({
      format: 'apollo-persisted-query-manifest',
      version: 1,
      operations: [{ id: hashOf(other), name: 'Other', type: 'query', body: other }],
    }),
    'tsconfig.json': '{"compilerOptions":{"target":"es2022"}}',
  });
  expect(JSON.parse((await app.publish()).answer!)).toEqual({
    One: `sha256:${hashOf(one)}`,
    Other: `sha256:${hashOf(other)}`,
  });
  expect((await app.registered()).sort()).toEqual([one, other]);
});

test('publishing again adds, and keeps what earlier versions of the frontend need', async () => {
  await using app = await frontend({ 'a.graphql': 'query Same { me { id } }' });
  await app.publish();
  expect((await app.publish()).note).toContain('1 operations, 0 of them new');
  expect((await app.run('list')).answer).toMatch(/^sha256:[0-9a-f]{64} {2}query Same \{$/);
});

test('remove ends one document', async () => {
  await using app = await frontend({ 'a.graphql': 'query A { me { id } }' });
  const ids = JSON.parse((await app.publish()).answer!) as Record<string, string>;
  await app.run('remove', ids.A!);
  expect(await app.registered()).toEqual([]);
  await expect(app.run('remove', ids.A!)).rejects.toThrow('There is no document');
});

test.each([
  [
    'an operation that does not fit the schema',
    { 'a.graphql': 'query A { nobody }', 'b.graphql': 'query B { me { id } }' },
    'A: Cannot query field "nobody"',
  ],
  ['no GraphQL', { 'a.graphql': 'query {' }, 'Syntax Error'],
  ['an operation without a name', { 'a.graphql': '{ me { id } }' }, 'Every operation needs a name'],
  ['a fragment that is nowhere', { 'a.graphql': 'query A { me { ...gone } }' }, 'There is no fragment "gone"'],
  [
    'two fragments of one name',
    { 'a.graphql': 'fragment f on Person { id }', 'b.graphql': 'fragment f on Person { name }' },
    'There are two fragments "f"',
  ],
  [
    'a manifest of another hash',
    { 'p.json': JSON.stringify({ ['a'.repeat(40)]: 'query A { me { id } }' }) },
    'is not the SHA-256',
  ],
  ['nothing', { 'readme.md': '' }, 'There are no operations'],
])('%s is told, and nothing is registered', async (_what, files, message) => {
  await using app = await frontend(files as Record<string, string>);
  await expect(app.publish()).rejects.toThrow(message);
  expect(await app.isUntouched()).toBe(true);
});

test('a file in which a text is not the one of its hash is not believed', () => {
  const text = JSON.stringify({ version: 1, documents: { [hashOf('{ a }')]: '{ b }' } });
  expect(() => parseDocumentFile('documents.json', text)).toThrow('is not the one of this hash');
});

test("as a command: ids on stdout, against the product's own schema", async () => {
  await using folder = await tempFolder();
  await writeFile(join(folder.path, 'a.graphql'), 'query Debts { customers(first: 3) { nodes { id } } }');
  const env = { STATE_DIR: folder.path };
  const { code, stdout } = await runCommand('gateway/documents/main.ts', ['publish', folder.path], env);
  expect({ code, ids: JSON.parse(stdout) }).toEqual({ code: 0, ids: { Debts: expect.stringMatching(/^sha256:/) } });
  await writeFile(join(folder.path, 'a.graphql'), 'query Debts { customers(first: 3) { nodes { secret } } }');
  const wrong = await runCommand('gateway/documents/main.ts', ['publish', folder.path], env);
  expect(wrong).toMatchObject({ code: 1, stdout: '', stderr: expect.stringContaining('Cannot query field "secret"') });
});
