import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isDeepStrictEqual, parseArgs } from 'node:util';
import { BENCH_QUERY, BENCH_VARIABLES, startBenchGraph } from './gateway-subgraphs.ts';
import { format, type MeasuredProcess, measureProcess, median, named, print } from './measured-process.ts';

/** Measures the gateway and plain ApolloGateway in turns, over the same subgraphs, and prints the ratio. */
const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '3' },
    seconds: { type: 'string', default: '6' },
    connections: { type: 'string', default: '32' },
  },
});

/** The bench's graph has no rights, and its load more than any client's budget. */
const SETTINGS = { RIGHTS_DEFAULT: 'public', ANONYMOUS_BUDGET_PER_MINUTE: '1000000000' };

const load = {
  bodyOf: (name: string) => JSON.stringify({ query: named(BENCH_QUERY, name), variables: BENCH_VARIABLES }),
  connections: Number(values.connections),
  seconds: Number(values.seconds),
};

const CONTENDERS = [
  { name: 'jeden', script: new URL('../gateway/main.ts', import.meta.url) },
  { name: 'ApolloGateway', script: new URL('./gateway-peer.ts', import.meta.url) },
] as const;

const folder = await mkdtemp(join(tmpdir(), 'bench-'));
try {
  await using graph = await startBenchGraph();
  const supergraph = join(folder, 'supergraph.graphql');
  await writeFile(supergraph, graph.supergraphSdl);
  const results = new Map<string, MeasuredProcess[]>(CONTENDERS.map(({ name }) => [name, []]));
  const answers: unknown[] = [];
  for (let round = 0; round < Number(values.rounds); round += 1) {
    for (const { name, script } of CONTENDERS) {
      const measured = await measureProcess(script, { ...SETTINGS, SUPERGRAPH: supergraph, STATE_DIR: folder }, load);
      answers.push(measured.answer);
      results.get(name)!.push(measured);
      print(`${name.padEnd(14)} ${format(measured)}`);
    }
  }
  if (!answers.every((answer) => isDeepStrictEqual(answer, answers[0]))) throw new Error('The answers differ');
  const [own, peer] = CONTENDERS.map(({ name }) => results.get(name)!);
  const ratio = (of: (one: MeasuredProcess) => number) => (median(own!.map(of)) / median(peer!.map(of))).toFixed(2);
  print(`\njeden : ApolloGateway, medians of ${values.rounds} rounds, equal answers`);
  print(`  requests per second         ${ratio(({ perSecond }) => perSecond)}`);
  print(`  processor time per request  ${ratio(({ cpuMs }) => cpuMs)}`);
  print(`  of an operation's first     ${ratio(({ coldCpuMs }) => coldCpuMs)}`);
} finally {
  await rm(folder, { recursive: true });
}
