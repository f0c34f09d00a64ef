import { mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { expect, test } from '@jest/globals';
import { parse } from 'graphql';
import { createLogger } from '../../common/log.ts';
import { startGateway } from '../../gateway/main.ts';
import { ask, composeSubgraphs } from './gateway-fixture.ts';
import { startTestSubgraph } from './gateway-subgraph.ts';

test('serves a supergraph file, follows its changes and keeps the last good one, without failing a request', async () => {
  await using service = await startService();
  const load = service.keepAsking('{ a }');

  await service.write(service.sdl('a b'), 'serving the changed supergraph');
  expect(await service.ask('{ a b }')).toEqual({ data: { a: 'a', b: 'b' } });

  await service.write('type Query { nonsense', 'cannot be served; the one before stays');
  expect(service.logged()).toContain('Syntax Error');
  await service.write('type Query { a: String }', 'cannot be served; the one before stays');
  expect(await service.ask('{ a b }')).toEqual({ data: { a: 'a', b: 'b' } });
  expect((await fetch(`${service.url}/health/ready`)).status).toBe(200);

  await service.replace(service.sdl('a'), 'serving the changed supergraph');
  expect((await service.ask('{ b }')).errors).toMatchObject([{ extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } }]);

  const answers = await load.stop();
  expect(answers.length).toBeGreaterThan(20);
  expect(new Set(answers)).toEqual(new Set(['{"data":{"a":"a"}}']));
});

test.each([
  ['an empty file', () => ''],
  ['a file that breaks off', (sdl: string) => sdl.slice(0, sdl.length / 2)],
  ['a schema that is no supergraph', () => 'type Query { a: String b: String }'],
  ['a subgraph without an address', (sdl: string) => sdl.replace(/url: "http:[^"]+"/, 'url: ""')],
])('%s pushed under load: the old supergraph keeps serving', async (_what, spoil) => {
  await using service = await startService();
  const load = service.keepAsking('{ a }');
  await load.answered(20);
  const bad = spoil(service.sdl('a b'));
  expect(bad).not.toBe(service.sdl('a b'));
  await service.replace(bad, 'cannot be served; the one before stays');
  await load.answered(20);
  expect((await fetch(`${service.url}/health/ready`)).status).toBe(200);
  expect((await service.ask('{ b }')).errors).toMatchObject([{ extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } }]);

  await service.replace(service.sdl('a b'), 'serving the changed supergraph');
  expect(await service.ask('{ b }')).toEqual({ data: { b: 'b' } });
  expect(new Set(await load.stop())).toEqual(new Set(['{"data":{"a":"a"}}']));
});

test('a request ends on the supergraph that it began on', async () => {
  await using service = await startService();
  await service.write(service.sdl('a b'), 'serving the changed supergraph');
  const held = service.holdNext();
  const answer = service.ask('{ a b }');
  await held.arrived;
  await service.write(service.sdl('a'), 'serving the changed supergraph');
  held.release();
  expect(await answer).toEqual({ data: { a: 'a', b: 'b' } });
});

test("a variable replaces a subgraph's address", async () => {
  await using service = await startService();
  await using other = await startTestSubgraph({
    name: 'letters',
    typeDefs: 'type Query { a: String }',
    resolvers: { Query: { a: () => 'from the other' } },
  });
  await using moved = await startGateway({ ...service.env, SUBGRAPH_LETTERS_URL: other.url }, { log: service.log });
  expect(await ask(`${moved.url}/graphql`, '{ a }')).toEqual({ data: { a: 'from the other' } });
});

test.each([
  ['a file that is not there', {}, 'SUPERGRAPH: expected a readable file'],
  ['no GraphQL', { text: 'type Query {' }, 'SUPERGRAPH: this supergraph cannot be served: Syntax Error'],
  [
    'no supergraph',
    { text: 'type Query { a: Int }' },
    'SUPERGRAPH: this supergraph cannot be served: Invalid supergraph',
  ],
  ['a subgraph without an address', { url: '' }, 'set SUBGRAPH_LETTERS_URL'],
])('refuses to start on %s, in one message', async (_what, { text, url }: { text?: string; url?: string }, message) => {
  await using service = await startService();
  const broken = text ?? (url === undefined ? null : service.sdl('a').replace(/http:[^"]+/, url));
  const path = join(service.folder, 'broken.graphql');
  if (broken !== null) await writeFile(path, broken);
  await expect(startGateway({ ...service.env, SUPERGRAPH: path, LOG_LEVEL: 'silent' })).rejects.toMatchObject({
    name: 'SettingsError',
    message: expect.stringContaining(message),
  });
});

test('tells every wrong setting at once, and no value', async () => {
  const env = {
    PORT: 'canary',
    GRAPHIQL: 'canary',
    SUBGRAPH_SHOP_URL: 'canary',
    MAX_DEPTH: '0',
    CORS_ORIGINS: 'canary',
  };
  const error = await startGateway(env).catch((cause: Error) => cause);
  expect(error).toMatchObject({ name: 'SettingsError' });
  for (const name of Object.keys(env)) expect(String(error)).toContain(`${name}: expected`);
  expect(String(error)).not.toContain('canary');
});

/** The gateway as a service over a file, with one subgraph that has more than the file tells of. */
async function startService() {
  const folder = await mkdtemp(join(tmpdir(), 'gateway-'));
  const path = join(folder, 'supergraph.graphql');
  const letters = await startTestSubgraph({
    name: 'letters',
    typeDefs: 'type Query { a: String b: String }',
    resolvers: { Query: { a: () => waiting.then(() => 'a'), b: () => 'b' } },
  });
  let waiting: Promise<void> = Promise.resolve();
  const lines: string[] = [];
  let onLine = (_line: string) => {};
  const write = (line: string) => {
    lines.push(line);
    onLine(line);
  };
  const log = createLogger({ level: 'debug', name: 'test', destination: { write } });
  const sdl = (fields: string) => supergraphOf(letters.url, fields.split(' '));
  await writeFile(path, sdl('a'));
  const env = { RIGHTS_DEFAULT: 'public', STATE_DIR: dirname(path), SUPERGRAPH: path, PORT: '0' };
  const gateway = await startGateway(env, { log });
  const endpoint = `${gateway.url}/graphql`;
  const afterLine = (text: string, act: () => Promise<void>) =>
    new Promise<void>((resolve, reject) => {
      onLine = (line) => line.includes(text) && resolve();
      act().catch(reject);
    });
  return {
    url: gateway.url,
    folder,
    env,
    log,
    sdl,
    logged: () => lines.join(''),
    ask: (query: string) => ask(endpoint, query),
    /** Until the gateway logs `line`. */
    write: (text: string, line: string) => afterLine(line, () => writeFile(path, text)),
    replace: (text: string, line: string) =>
      afterLine(line, async () => {
        await writeFile(`${path}.new`, text);
        await rename(`${path}.new`, path);
      }),
    holdNext() {
      const { promise, resolve } = Promise.withResolvers<void>();
      waiting = promise;
      const arrived = new Promise<void>((arrive) => {
        letters.misbehave(() => {
          arrive();
          return null;
        });
      });
      return { arrived, release: resolve };
    },
    keepAsking(query: string) {
      const answers: string[] = [];
      let isOn = true;
      const one = async () => {
        while (isOn) answers.push(JSON.stringify(await ask(endpoint, query)));
      };
      const running = Promise.all([one(), one(), one()]);
      return {
        /** Until so many more are answered. */
        answered: async (more: number) => {
          const goal = answers.length + more;
          while (answers.length < goal) await setImmediate();
        },
        stop: async () => {
          isOn = false;
          await running;
          return answers;
        },
      };
    },
    [Symbol.asyncDispose]: async () => {
      await gateway.close();
      await letters[Symbol.asyncDispose]();
      await rm(folder, { recursive: true });
    },
  };
}

function supergraphOf(url: string, fields: readonly string[]): string {
  const typeDefs = `type Query { ${fields.map((field) => `${field}: String`).join(' ')} }`;
  return composeSubgraphs([{ name: 'letters', url, document: parse(typeDefs) }]);
}
