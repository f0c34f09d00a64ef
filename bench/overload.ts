import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { BENCH_QUERY, startBenchGraph } from './gateway-subgraphs.ts';
import type { LoadOrder, LoadReport } from './load-process.ts';
import { median, print, REPORT_CPU, readCpuMs, readUrl } from './measured-process.ts';

/**
 * Puts the gateway under several times the load that it can bear and prints what became of it. Each round measures the
 * capacity anew, because what else the machine does changes it. Gateway, subgraphs and load are three processes.
 */
const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '3' },
    seconds: { type: 'string', default: '5' },
    times: { type: 'string', default: '5' },
    /** Customers in the answer: some 3 KB each. */
    first: { type: 'string', default: '20' },
  },
});
const seconds = Number(values.seconds);
const times = Number(values.times);

const SETTINGS = { RIGHTS_DEFAULT: 'public', ANONYMOUS_BUDGET_PER_MINUTE: '1000000000', ADMIN_PORT: 'off' };
const SATURATING_CONNECTIONS = 64;
const RECOVERY_SECONDS = 6;
/** After the overload, at this share of the capacity. */
const USUAL_SHARE = 0.5;
const SLOW_MS = 1500;

interface Round {
  capacity: number;
  /** Share of the capacity that is still served. */
  goodput: number;
  /** The same for a second of the gateway's processor time: what else the machine does disturbs it less. */
  goodputPerCpu: number;
  overload: LoadReport;
  recovery: LoadReport;
  healthP99Ms: number;
}

const folder = await mkdtemp(join(tmpdir(), 'bench-'));
try {
  await using graph = await startBenchGraph();
  const supergraph = join(folder, 'supergraph.graphql');
  await writeFile(supergraph, graph.supergraphSdl);
  await using gateway = await startGateway({ ...SETTINGS, SUPERGRAPH: supergraph, STATE_DIR: folder });
  await using sender = startSender();
  const body = JSON.stringify({ query: BENCH_QUERY, variables: { first: Number(values.first) } });
  const order = { url: `${gateway.url}/graphql`, body, slowMs: SLOW_MS };
  const saturate = (forSeconds: number) =>
    sender.send({ ...order, seconds: forSeconds, load: { kind: 'closed', connections: SATURATING_CONNECTIONS } });
  await saturate(4);
  const rounds: Round[] = [];
  for (let count = 0; count < Number(values.rounds); count += 1) {
    const saturated = await gateway.perCpuSecond(() => saturate(seconds));
    const capacity = saturated.report.good / saturated.report.seconds;
    const health = watchHealth(gateway.url);
    const tooMuch = { kind: 'open', perSecond: capacity * times } as const;
    const { report: overload, perCpuSecond } = await gateway.perCpuSecond(() =>
      sender.send({ ...order, seconds, load: tooMuch }),
    );
    const healthP99Ms = await health.stop();
    const usual = { kind: 'open', perSecond: capacity * USUAL_SHARE } as const;
    const recovery = await sender.send({ ...order, seconds: RECOVERY_SECONDS, load: usual });
    const goodput = overload.good / seconds / capacity;
    const goodputPerCpu = perCpuSecond / saturated.perCpuSecond;
    const round = { capacity, goodput, goodputPerCpu, overload, recovery, healthP99Ms };
    rounds.push(round);
    printRound(round);
  }
  const of = (read: (round: Round) => number) => median(rounds.map(read));
  const failures = rounds.flatMap(({ overload, recovery }) =>
    Object.entries({ ...overload.failures, ...recovery.failures }),
  );
  for (const [what, count] of failures) print(`failed ${count} times: ${what}`);
  print(
    JSON.stringify({
      times,
      capacityPerSecond: Math.round(of(({ capacity }) => capacity)),
      goodputPercent: Math.round(of(({ goodput }) => goodput * 100)),
      goodputPerCpuPercent: Math.round(of(({ goodputPerCpu }) => goodputPerCpu * 100)),
      refusedP50Ms: rounded(of(({ overload }) => overload.refusedP50Ms)),
      refusedP99Ms: rounded(of(({ overload }) => overload.refusedP99Ms)),
      recoveryMs: Math.round(of(({ recovery }) => recovery.lastBadMs)),
      failed: failures.reduce((sum, [, count]) => sum + count, 0),
    }),
  );
} finally {
  await rm(folder, { recursive: true });
}

function printRound({ capacity, goodput, goodputPerCpu, overload, recovery, healthP99Ms }: Round): void {
  print(
    [
      `capacity ${capacity.toFixed(0)}/s`,
      `sent ${(overload.sent / seconds).toFixed(0)}/s`,
      `goodput ${(goodput * 100).toFixed(0)} %, by processor time ${(goodputPerCpu * 100).toFixed(0)} %`,
      `served p50 ${overload.goodP50Ms.toFixed(0)} p99 ${overload.goodP99Ms.toFixed(0)} ms`,
      `refused p50 ${overload.refusedP50Ms.toFixed(1)} p99 ${overload.refusedP99Ms.toFixed(1)} ms`,
      `health p99 ${healthP99Ms.toFixed(0)} ms`,
      `recovered after ${recovery.lastBadMs.toFixed(0)} ms`,
    ].join('   '),
  );
}

function rounded(ms: number): number {
  return Math.round(ms * 10) / 10;
}

async function startGateway(settings: Record<string, string>) {
  const env = { ...process.env, PORT: '0', LOG_LEVEL: 'info', NODE_ENV: 'production', ...settings };
  const main = fileURLToPath(new URL('../gateway/main.ts', import.meta.url));
  const args = ['--import', REPORT_CPU.href, main];
  const child = spawn(process.execPath, args, { env, stdio: ['ignore', 'pipe', 'inherit', 'ipc'] });
  return {
    url: await readUrl(child.stdout!),
    /** Answers a second of its processor time while the load lasts. */
    async perCpuSecond(load: () => Promise<LoadReport>) {
      const before = await readCpuMs(child);
      const report = await load();
      return { report, perCpuSecond: (report.answered * 1000) / ((await readCpuMs(child)) - before) };
    },
    [Symbol.asyncDispose]: () => end(child),
  };
}

function startSender() {
  const file = fileURLToPath(new URL('./load-process.ts', import.meta.url));
  const child = spawn(process.execPath, [file], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  return {
    async send(order: LoadOrder): Promise<LoadReport> {
      child.send(order);
      const [report] = (await once(child, 'message')) as [LoadReport];
      return report;
    },
    [Symbol.asyncDispose]: () => end(child),
  };
}

function watchHealth(url: string) {
  const timesMs: number[] = [];
  let isOn = true;
  const look = async () => {
    while (isOn) {
      const began = performance.now();
      const { ok } = await fetch(`${url}/health/ready`);
      if (!ok) throw new Error('Not ready under load');
      timesMs.push(performance.now() - began);
      await pause(50);
    }
  };
  const looking = look();
  return {
    stop: async (): Promise<number> => {
      isOn = false;
      await looking;
      return timesMs.toSorted((a, b) => a - b)[Math.floor(timesMs.length * 0.99)] ?? 0;
    },
  };
}

async function end(child: ChildProcess): Promise<void> {
  child.kill();
  await once(child, 'exit');
}
