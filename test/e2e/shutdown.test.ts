import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { ask, composeSubgraphs } from '../contract/gateway-fixture.ts';
import { startTestSubgraph } from '../contract/gateway-subgraph.ts';
import { startService } from './service-process.ts';

test('SIGTERM: not ready at once, still answering for a while, then out in order', async () => {
  await using part = await startPart({ SHUTDOWN_DELAY_MS: '1500' });
  const held = part.holdNext();
  const underWay = part.ask();
  await held.arrived;
  part.service.signal();
  await part.untilNotReady();
  expect(await part.ask()).toEqual({ data: { word: 'federation' } });
  await part.untilRefused();
  held.release();
  expect(await underWay).toEqual({ data: { word: 'federation' } });
  expect(await part.service.ended).toBe(0);
});

test('a second signal ends it at once', async () => {
  await using part = await startPart({ SHUTDOWN_DELAY_MS: '60000' });
  part.service.signal();
  await part.untilNotReady();
  part.service.signal();
  expect(await part.service.ended).toBe(1);
});

test('what takes longer than SHUTDOWN_TIMEOUT_MS is cut off, and the log says so', async () => {
  await using part = await startPart({ SHUTDOWN_TIMEOUT_MS: '300' });
  const held = part.holdNext();
  const underWay = part.ask().catch((error: Error) => error.message);
  await held.arrived;
  part.service.signal();
  expect(await part.service.ended).toBe(1);
  expect(await underWay).toBe('fetch failed');
  expect(part.service.output()).toContain('what was under way took too long to end, and was cut off');
  held.release();
});

/** A gateway as a process of its own, over one subgraph here. */
async function startPart(env: Record<string, string>) {
  await using started = new AsyncDisposableStack();
  const folder = await mkdtemp(join(tmpdir(), 'shutdown-'));
  started.defer(() => rm(folder, { recursive: true }));
  const subgraph = started.use(
    await startTestSubgraph({
      name: 'words',
      typeDefs: 'type Query { word: String }',
      resolvers: { Query: { word: () => 'federation' } },
    }),
  );
  const supergraph = join(folder, 'supergraph.graphql');
  await writeFile(supergraph, composeSubgraphs([subgraph]));
  const settings = { SUPERGRAPH: supergraph, STATE_DIR: folder, RIGHTS_DEFAULT: 'public', ADMIN_PORT: 'off', ...env };
  const service = started.use(await startService('gateway/main.ts', settings));
  const running = started.move();
  const isReady = async () => (await fetch(`${service.url}/health/ready`)).ok;
  return {
    service,
    ask: () => ask(`${service.url}/graphql`, '{ word }'),
    untilNotReady: () => until(async () => !(await isReady())),
    untilRefused: () =>
      until(() =>
        isReady().then(
          () => false,
          () => true,
        ),
      ),
    /** Keeps the next request at the subgraph. */
    holdNext() {
      const { promise: until, resolve: release } = Promise.withResolvers<void>();
      const arrived = new Promise<void>((resolve) => {
        subgraph.misbehave(() => {
          subgraph.misbehave(() => null);
          resolve();
          return { kind: 'wait', until };
        });
      });
      return { arrived, release };
    },
    [Symbol.asyncDispose]: () => running.disposeAsync(),
  };
}

async function until(isSo: () => Promise<boolean>): Promise<void> {
  while (!(await isSo()));
}
