import { checkCase, TOO_LARGE } from './check-case.ts';
import { startContenders } from './contenders.ts';
import type { TestGraph } from './graphs/graph.ts';
import { createRandom } from './random.ts';
import { randomFaults } from './random-faults.ts';
import { randomOperation } from './random-operation.ts';
import { createTally } from './tally.ts';

/** Planning is most of the work: each operation is asked several times, with other variables, data and faults. */
const CASES_PER_OPERATION = 8;

/** So many in every run of the tests, more in CI; `npm run test:fuzz` asks for a hundred thousand. */
export const RUNS = Number(process.env.FUZZ_RUNS ?? 400);
export const FIRST_SEED = Number(process.env.FUZZ_SEED ?? 1);

/** Compares answers to random operations over the graph, and prints how often which known difference was met. */
export async function checkGraph(graph: TestGraph, cases: number): Promise<void> {
  await using contenders = await startContenders(graph);
  const tally = createTally();
  for (let operation = 0; operation < cases / CASES_PER_OPERATION; operation += 1) {
    const seed = FIRST_SEED * 1_000_003 + operation;
    const choices = createRandom(seed);
    const { document, variables } = randomOperation(contenders.schema, choices, graph);
    for (let place = 0; place < CASES_PER_OPERATION; place += 1) {
      const world = { seed: seed * CASES_PER_OPERATION + place, numbersFrom: choices.pick([0, 1] as const) };
      const faults = randomFaults(contenders, document, choices);
      await checkCase(contenders, { document, variables: variables(choices), world, faults }, tally);
    }
  }
  if (tally.of(TOO_LARGE) > CASES_PER_OPERATION + cases / 20)
    throw new Error(`Too many cases could not be planned: ${tally}`);
  process.stdout.write(`${graph.name}: ${tally}\n`);
}
