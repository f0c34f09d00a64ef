import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { isDeepStrictEqual, parseArgs } from 'node:util';
import { BENCH_QUERY, BENCH_VARIABLES, startBenchGraph } from './gateway-subgraphs.ts';
import { type Measured, measure } from './load.ts';

/** Measures the gateway and plain ApolloGateway in turns, over the same subgraphs, and prints the ratio. */
const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '3' },
    seconds: { type: 'string', default: '6' },
    connections: { type: 'string', default: '32' },
  },
});

interface MeasuredProcess extends Measured {
  /** Processor time for one request. Less disturbed by what else the machine does than requests per second. */
  cpuMs: number;
}

const REPORT_CPU = new URL('./report-cpu.ts', import.meta.url);

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
      const measured = await measureProcess(script, supergraph);
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
} finally {
  await rm(folder, { recursive: true });
}

async function measureProcess(script: URL, supergraph: string): Promise<MeasuredProcess> {
  const env = { ...process.env, SUPERGRAPH: supergraph, PORT: '0', LOG_LEVEL: 'info', NODE_ENV: 'production' };
  const child = spawn(process.execPath, ['--import', REPORT_CPU.href, fileURLToPath(script)], {
    env,
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  });
  try {
    const url = await readUrl(child.stdout!);
    const body = JSON.stringify({ query: BENCH_QUERY, variables: BENCH_VARIABLES });
    const load = { url: `${url}/graphql`, body, connections: Number(values.connections) };
    await measure({ ...load, seconds: 3 });
    const before = await readCpuMs(child);
    const measured = await measure({ ...load, seconds: Number(values.seconds) });
    const cpuMs = (await readCpuMs(child)) - before;
    return { ...measured, cpuMs: cpuMs / (measured.perSecond * Number(values.seconds)) };
  } finally {
    child.kill();
    await once(child, 'exit');
  }
}

async function readCpuMs(child: ChildProcess): Promise<number> {
  child.send('cpu');
  const [microseconds] = await once(child, 'message');
  return (microseconds as number) / 1000;
}

/** Each contender prints a line of JSON that holds its address. */
async function readUrl(output: NodeJS.ReadableStream): Promise<string> {
  for await (const line of createInterface({ input: output })) {
    const { url } = JSON.parse(line) as { url?: string };
    if (url) {
      output.resume();
      return url;
    }
  }
  throw new Error('The gateway ended before it listened');
}

function format({ perSecond, p50Ms, p99Ms, cpuMs, answerBytes }: MeasuredProcess): string {
  return `${perSecond.toFixed(0).padStart(6)} requests/s   p50 ${p50Ms.toFixed(1)} ms   p99 ${p99Ms.toFixed(1)} ms   cpu ${cpuMs.toFixed(2)} ms   ${answerBytes} bytes`;
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!;
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
