import { expect, test } from '@jest/globals';
import { createHttpTransports } from '../../gateway/transport/http-transport.ts';
import { type HttpFault, startHttpProxy } from '../setup/faults/http-proxy.ts';
import { codesByPath, startGraph } from './gateway-fixture.ts';

const MB = 1_000_000;

const FAULTS: readonly (readonly [string, HttpFault, string])[] = [
  ['is dead', { mode: 'dead' }, 'SUBGRAPH_UNAVAILABLE'],
  ['hangs', { mode: 'hang' }, 'SUBGRAPH_TIMEOUT'],
  ['answers one byte a second', { mode: 'drip', bytesPerSecond: 1 }, 'SUBGRAPH_TIMEOUT'],
  ['answers HTML', { mode: 'html' }, 'SUBGRAPH_BAD_RESPONSE'],
  ['answers truncated JSON', { mode: 'truncated' }, 'SUBGRAPH_BAD_RESPONSE'],
  ['answers 200 MB', { mode: 'huge', bytes: 200 * MB }, 'SUBGRAPH_BAD_RESPONSE'],
];

test.each(FAULTS)('a subgraph %s: a precise error, and the others are unchanged', async (_how, fault, code) => {
  // What never ends is cut off soon; what has an end may take a busy machine a while.
  await using line = await startBehindLine({ timeoutMs: code === 'SUBGRAPH_TIMEOUT' ? 3000 : 20_000 });
  line.proxy.set(fault);
  const answer = await line.graph.ask('{ word number }');
  expect(answer.data).toEqual({ word: null, number: 7 });
  expect(codesByPath(answer)).toEqual([`word: ${code}`]);
  expect(line.proxy.largestAnswerBytes()).toBeLessThan(64 * MB);

  line.proxy.set({ mode: 'pass' });
  expect(await line.graph.ask('{ word number }')).toEqual({ data: { word: 'federation', number: 7 } });
});

test('a subgraph that is ten times slower is waited for', async () => {
  await using line = await startBehindLine({ timeoutMs: 20_000 });
  line.proxy.set({ mode: 'slower', times: 10 });
  expect(await line.graph.ask('{ word number }')).toEqual({ data: { word: 'federation', number: 7 } });
});

/** A gateway over two subgraphs, one of them behind a line that can be disturbed. */
async function startBehindLine({ timeoutMs }: { timeoutMs: number }) {
  await using started = new AsyncDisposableStack();
  const transports = createHttpTransports();
  started.defer(transports.close);
  const address = { words: '' };
  const graph = started.use(
    await startGraph(
      [
        { name: 'words', typeDefs: 'type Query { word: String }', resolvers: { Query: { word: () => 'federation' } } },
        { name: 'numbers', typeDefs: 'type Query { number: Int }', resolvers: { Query: { number: () => 7 } } },
      ],
      {
        // The subgraph's address is known only after the graph has started.
        transportOf: ({ name, url }) => ({
          execute: (body, call) =>
            transports.transportOf({ url: name === 'words' ? address.words : url }).execute(body, call),
          close: async () => {},
        }),
        limits: { subgraphTimeoutMs: timeoutMs },
      },
    ),
  );
  const proxy = started.use(await startHttpProxy(graph.subgraph('words').url));
  address.words = proxy.url;
  const running = started.move();
  return { graph, proxy, [Symbol.asyncDispose]: () => running.disposeAsync() };
}
