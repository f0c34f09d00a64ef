import { expect, test } from '@jest/globals';
import { print } from 'graphql';
import { createMemoryStore } from '../../common/cache/memory-store.ts';
import { createMetrics } from '../../common/metrics/metrics.ts';
import type { ExecutionResultBody } from '../../common/transport.ts';
import { createEntityCache, type EntityCache } from '../../gateway/entity-cache/entity-cache.ts';
import { createSharedEntityCache } from '../../gateway/entity-cache/shared-entity-cache.ts';
import { FIRST_SEED, RUNS } from './check-graph.ts';
import { composeGraph } from './compose.ts';
import { NO_FAULTS } from './faults.ts';
import { readFacts } from './graph-facts.ts';
import { company } from './graphs/company.ts';
import { freight } from './graphs/freight.ts';
import type { TestGraph } from './graphs/graph.ts';
import { library } from './graphs/library.ts';
import { media } from './graphs/media.ts';
import { readOurGraph } from './graphs/our-graph.ts';
import { createOurs } from './ours.ts';
import { createRandom } from './random.ts';
import { randomOperation } from './random-operation.ts';
import { createReference } from './reference.ts';
import { createRun } from './run.ts';
import { createSubgraph } from './subgraph.ts';

/** Operations over the same data: what one of them leaves behind, the others find. */
const OPERATIONS_PER_WORLD = 6;
const HOUR_MS = 3_600_000;
const SETTINGS = { maxMs: HOUR_MS, defaultMs: null, negativeMs: HOUR_MS, metrics: createMetrics().caches };

const graphs = [await readOurGraph(), company, freight, library, media];

test.each(graphs)(
  'answers the same from what it keeps as without: $name',
  (graph) => checkKept(graph, createEntityCache({ ...SETTINGS, maxBytes: 100_000_000 })),
  Math.max(120_000, RUNS * 60),
);

test.each([company, media])(
  'answers the same from what it keeps in a store: $name',
  (graph) => checkKept(graph, createSharedEntityCache({ ...SETTINGS, store: createMemoryStore() })),
  Math.max(120_000, RUNS * 60),
);

async function checkKept(graph: TestGraph, entityCache: EntityCache): Promise<void> {
  const worlds = RUNS / 40 / OPERATIONS_PER_WORLD;
  await using started = new AsyncDisposableStack();
  const { supergraphSdl, documents } = composeGraph(graph);
  const facts = readFacts(documents.values());
  const subgraphs = new Map([...documents].map(([name, document]) => [name, createSubgraph(name, document)]));
  const { schema, close } = await createReference(supergraphSdl, subgraphs);
  started.defer(close);
  const plain = await createOurs(supergraphSdl, subgraphs);
  started.defer(plain.close);
  const keeping = await createOurs(supergraphSdl, subgraphs, { entityCache });
  started.defer(keeping.close);
  let [asked, askedAgain] = [0, 0];
  for (let index = 0; index < worlds; index += 1) {
    await entityCache.invalidate([...documents.keys()].map((name) => `graph/${name}`));
    const world = { seed: FIRST_SEED * 1_000_003 + index, numbersFrom: 1 as const };
    for (let place = 0; place < OPERATIONS_PER_WORLD; place += 1) {
      const choices = createRandom(world.seed * OPERATIONS_PER_WORLD + place);
      const operation = randomOperation(schema, choices, graph);
      const [query, variables] = [print(operation.document), operation.variables(choices)];
      if (!query.startsWith('query') && !query.startsWith('{')) continue;
      const answer = async (gateway: typeof plain) => {
        const run = createRun(facts, world, NO_FAULTS);
        return { body: await gateway.answer(run, query, variables), calls: run.calls.length };
      };
      const wanted = await answer(plain);
      const first = await answer(keeping);
      // On a busy machine one may be planned in time, and the other not.
      if ([wanted, first].some(({ body }) => isTooLarge(body))) continue;
      const again = await answer(keeping);
      const told = { query, variables, world };
      expect({ ...told, body: first.body }).toEqual({ ...told, body: wanted.body });
      expect({ ...told, body: again.body }).toEqual({ ...told, body: wanted.body });
      asked += first.calls;
      askedAgain += again.calls;
    }
  }
  // Answers with an error, or with less than their schema promises, are not kept.
  expect(askedAgain).toBeLessThan(asked / 10);
}

function isTooLarge({ errors = [] }: ExecutionResultBody): boolean {
  return errors.some(({ extensions }) => extensions?.code === 'OPERATION_TOO_LARGE');
}
