import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { sandboxEnvironment } from '../gateway/all-in-one/sandbox-environment.ts';
import { startSandbox } from '../sandbox/start.ts';
import { CUSTOMER_360 } from '../test/e2e/customer-360.ts';
import { type ProductProcess, startProductProcess } from '../test/e2e/product-process.ts';
import { knownToAll } from '../test/e2e/unavoidable-calls.ts';
import { scrape } from '../test/setup/scrape.ts';
import { readmeQuery } from './calls/readme-query.ts';
import type { LoadOrder, LoadReport } from './load-process.ts';
import { median, print } from './measured-process.ts';

/**
 * Puts the product under several times the load that it can bear and prints what became of it: customer 360, of
 * customers whose records are cached. Each round measures the capacity anew, because what else the machine does
 * changes it. The product and the load are processes of their own; each needs a core.
 */
const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '3' },
    seconds: { type: 'string', default: '5' },
    times: { type: 'string', default: '5' },
    /** The README's customer 360 of 3 KB, or the tests' of some 60. */
    query: { type: 'string', default: 'readme' },
  },
});
const seconds = Number(values.seconds);
const times = Number(values.times);

const SETTINGS = {
  NODE_ENV: 'production',
  // As the start command has it.
  NODE_OPTIONS: '--max-semi-space-size=64',
  CACHE_TTL: '*:*=1h',
};
const CUSTOMERS = 20;
const SATURATING_CONNECTIONS = 64;
const RECOVERY_SECONDS = 6;
/** After the overload, at this share of the capacity. */
const USUAL_SHARE = 0.5;
const SLOW_MS = 1500;

interface Round {
  capacity: number;
  /** Share of the capacity that is still served. */
  goodput: number;
  /** The same for a second of the product's processor time: what else the machine does disturbs it less. */
  goodputPerCpu: number;
  overload: LoadReport;
  /** As many requests to a server that does nothing but refuse. */
  floor: LoadReport;
  recovery: LoadReport;
  healthP99Ms: number;
}

await using sandbox = await startSandbox({ customers: 100 });
await using product = await startProductProcess({ ...sandboxEnvironment(sandbox), ...SETTINGS });
await using sender = startSender();
await using refuser = await startRefuser();
const query = values.query === 'whole' ? CUSTOMER_360 : readmeQuery();
const ids = knownToAll(sandbox.dataset)
  .slice(0, CUSTOMERS)
  .map(({ references }) => references[0]);
const order = {
  url: `${product.url}/graphql`,
  headers: { authorization: `Bearer ${product.token}` },
  bodies: ids.map((id) => JSON.stringify({ query, variables: { id } })),
  slowMs: SLOW_MS,
};
const saturate = (forSeconds: number) =>
  sender.send({ ...order, seconds: forSeconds, load: { kind: 'closed', connections: SATURATING_CONNECTIONS } });
await saturate(8);
const rounds: Round[] = [];
for (let count = 0; count < Number(values.rounds); count += 1) {
  const saturated = await perCpuSecond(product, () => saturate(seconds));
  const capacity = saturated.report.good / saturated.report.seconds;
  const health = watchHealth(product.url);
  const tooMuch = { kind: 'open', perSecond: capacity * times } as const;
  const overloaded = await perCpuSecond(product, () => sender.send({ ...order, seconds, load: tooMuch }));
  const healthP99Ms = await health.stop();
  const usual = { kind: 'open', perSecond: capacity * USUAL_SHARE } as const;
  const recovery = await sender.send({ ...order, seconds: RECOVERY_SECONDS, load: usual });
  const floor = await sender.send({ ...order, url: `${refuser.url}/graphql`, seconds, load: tooMuch });
  const overload = overloaded.report;
  const goodput = overload.good / seconds / capacity;
  const goodputPerCpu = overloaded.perCpuSecond / saturated.perCpuSecond;
  const round = { capacity, goodput, goodputPerCpu, overload, floor, recovery, healthP99Ms };
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
    refusedP95Ms: rounded(of(({ overload }) => overload.refusedP95Ms)),
    refusedP99Ms: rounded(of(({ overload }) => overload.refusedP99Ms)),
    floorP95Ms: rounded(of(({ floor }) => floor.refusedP95Ms)),
    floorP99Ms: rounded(of(({ floor }) => floor.refusedP99Ms)),
    recoveryMs: Math.round(of(({ recovery }) => recovery.lastBadMs)),
    failed: failures.reduce((sum, [, count]) => sum + count, 0),
  }),
);

function printRound({ capacity, goodput, goodputPerCpu, overload, floor, recovery, healthP99Ms }: Round): void {
  const ofRefused = ({ refusedP50Ms, refusedP95Ms, refusedP99Ms }: LoadReport) =>
    `p50 ${refusedP50Ms.toFixed(1)} p95 ${refusedP95Ms.toFixed(1)} p99 ${refusedP99Ms.toFixed(1)} ms`;
  print(
    [
      `capacity ${capacity.toFixed(0)}/s`,
      `sent ${(overload.sent / seconds).toFixed(0)}/s`,
      `goodput ${(goodput * 100).toFixed(0)} %, by processor time ${(goodputPerCpu * 100).toFixed(0)} %`,
      `served p50 ${overload.goodP50Ms.toFixed(0)} p99 ${overload.goodP99Ms.toFixed(0)} ms`,
      `refused ${ofRefused(overload)}`,
      `by a server that only refuses ${ofRefused(floor)}`,
      `health p99 ${healthP99Ms.toFixed(0)} ms`,
      `recovered after ${recovery.lastBadMs.toFixed(0)} ms`,
    ].join('   '),
  );
}

function rounded(ms: number): number {
  return Math.round(ms * 10) / 10;
}

/** With what a second of the product's processor time answered while the load lasted. */
async function perCpuSecond({ adminUrl }: ProductProcess, load: () => Promise<LoadReport>) {
  const cpuSeconds = async () => (await scrape(adminUrl)).sum('process_cpu_seconds_total');
  const before = await cpuSeconds();
  const report = await load();
  return { report, perCpuSecond: report.answered / ((await cpuSeconds()) - before) };
}

function startSender() {
  const child = startChild(new URL('./load-process.ts', import.meta.url));
  return {
    async send(order: LoadOrder): Promise<LoadReport> {
      child.send(order);
      const [report] = (await once(child, 'message')) as [LoadReport];
      return report;
    },
    [Symbol.asyncDispose]: () => end(child),
  };
}

async function startRefuser() {
  const child = startChild(new URL('./refuse-all.ts', import.meta.url));
  const [url] = (await once(child, 'message')) as [string];
  return { url, [Symbol.asyncDispose]: () => end(child) };
}

function startChild(script: URL): ChildProcess {
  return spawn(process.execPath, [fileURLToPath(script)], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
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
