import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@jest/globals';
import { ask, composeSubgraphs } from '../contract/gateway-fixture.ts';
import { startTestSubgraph } from '../contract/gateway-subgraph.ts';
import { processEnv } from '../setup/process-env.ts';

const MAIN = fileURLToPath(new URL('../../gateway/main.ts', import.meta.url));

test('runs as a service of its own over any supergraph file, and ends in order when it is told to', async () => {
  await using stack = new AsyncDisposableStack();
  const folder = await mkdtemp(join(tmpdir(), 'gateway-'));
  stack.defer(() => rm(folder, { recursive: true }));
  const subgraph = stack.use(
    await startTestSubgraph({
      name: 'words',
      typeDefs: 'type Query { word: String }',
      resolvers: { Query: { word: () => 'federation' } },
    }),
  );
  const supergraph = join(folder, 'supergraph.graphql');
  await writeFile(supergraph, composeSubgraphs([subgraph]));
  const service = run({ SUPERGRAPH: supergraph, PORT: '0', STATE_DIR: folder, RIGHTS_DEFAULT: 'public' });
  const url = await service.url();
  expect(await ask(`${url}/graphql`, '{ word }')).toEqual({ data: { word: 'federation' } });
  expect((await fetch(`${url}/health/ready`)).status).toBe(200);
  service.process.kill('SIGTERM');
  expect(await service.exitCode).toBe(0);
});

test('ends at once, with one message and no stack, on settings that are wrong', async () => {
  const service = run({ SUPERGRAPH: MAIN, PORT: '0', STATE_DIR: tmpdir() });
  const [message, code] = await Promise.all([text(service.process.stderr), service.exitCode]);
  expect(message).toMatch(/^Wrong settings:\n {2}SUPERGRAPH: this supergraph cannot be served: Syntax Error[^\n]*\n$/);
  expect(code).toBe(1);
});

function run(env: Record<string, string>) {
  const child = spawn(process.execPath, [MAIN], { env: processEnv(env), stdio: ['ignore', 'pipe', 'pipe'] });
  return {
    process: child,
    exitCode: once(child, 'exit').then(([code]) => code as number | null),
    /** From the line in which it tells that it listens. */
    url: async (): Promise<string> => {
      for await (const line of createInterface({ input: child.stdout })) {
        const { url } = JSON.parse(line) as { url?: string };
        if (url) return url;
      }
      throw new Error('it ended before it listened');
    },
  };
}
