import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import {
  invoicesOf,
  OUTAGES,
  type OutageName,
  type OutageSite,
  type Sample,
  startOutageSite,
  startTraffic,
  untilShared,
} from '../test/e2e/redis-outages.ts';
import { print } from './measured-process.ts';

/**
 * Two replicas of the product under steady reading, while a shop changes its orders and Redis fails in every way. What a
 * request takes is compared with what it takes before: until the breaker opens it waits for Redis, afterwards it waits
 * for the shop alone, which is on the same machine. Then memory, over many short outages.
 */
const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '4' },
    /** Short ones, for the memory. */
    outages: { type: 'string', default: '20' },
  },
});
const outageMs = Number(values.seconds) * 1000;
const USUAL_MS = 4000;
/** A heartbeat is missed 100 ms after the last one at the latest, after the 40 ms that Redis has for it. */
const BREAKER_MS = 140;
const SHORT_MS = 400;

interface Times {
  p50: number;
  p99: number;
  max: number;
}

interface Result {
  name: string;
  requests: number;
  failed: number;
  stale: number;
  usual: Times;
  untilOpen: Times;
  open: Times;
  recoveryMs: number;
}

await using site = await startOutageSite();
const invoices = invoicesOf(site);
await untilShared(site, invoices);
await warmUp(site);
const results: Result[] = [];
for (const name of Object.keys(OUTAGES) as OutageName[]) results.push(await measureOutage(site, name));
printTable(results);
const memory = await measureMemory(site, Number(values.outages));
print(
  `memory of the replicas, MB: ${memory.map((megabytes) => megabytes.join(' and ')).join(', then ')} (before, after half of ${values.outages} short outages, after all)`,
);
const worst = (pick: (result: Result) => number) => Math.round(Math.max(...results.map(pick)) * 10) / 10;
print(
  JSON.stringify({
    failed: results.reduce((sum, { failed }) => sum + failed, 0),
    stale: results.reduce((sum, { stale }) => sum + stale, 0),
    addedUntilOpenP99Ms: worst(({ usual, untilOpen }) => untilOpen.p99 - usual.p50),
    addedOpenP50Ms: worst(({ usual, open }) => open.p50 - usual.p50),
    addedOpenP99Ms: worst(({ usual, open }) => open.p99 - usual.p99),
    recoveryMs: worst(({ recoveryMs }) => recoveryMs),
    memoryMb: memory.map((megabytes) => Math.max(...megabytes)),
  }),
);

async function warmUp(running: OutageSite): Promise<void> {
  const traffic = await startTraffic(running);
  await pause(USUAL_MS);
  await traffic.stop();
}

async function measureOutage(running: OutageSite, name: OutageName): Promise<Result> {
  const traffic = await startTraffic(running);
  await pause(USUAL_MS);
  const beganAt = performance.now();
  const end = await OUTAGES[name](running);
  await pause(outageMs);
  await end();
  const endedAt = performance.now();
  await untilShared(running, invoices);
  const recoveryMs = performance.now() - endedAt;
  await traffic.stop();
  const between = (fromMs: number, toMs: number) =>
    timesOf(traffic.samples.filter(({ atMs }) => atMs >= fromMs && atMs < toMs));
  for (const what of [...traffic.failures, ...traffic.stale].slice(0, 5)) print(`${name}: ${what}`);
  return {
    name,
    requests: traffic.samples.length,
    failed: traffic.failures.length,
    stale: traffic.stale.length,
    usual: between(0, beganAt),
    untilOpen: between(beganAt, beganAt + BREAKER_MS),
    open: between(beganAt + BREAKER_MS, endedAt),
    recoveryMs,
  };
}

function timesOf(samples: readonly Sample[]): Times {
  const sorted = samples.map(({ tookMs }) => tookMs).toSorted((a, b) => a - b);
  const quantile = (share: number) => sorted[Math.min(Math.floor(sorted.length * share), sorted.length - 1)]!;
  return { p50: quantile(0.5), p99: quantile(0.99), max: quantile(1) };
}

/** In turn each way to fail, under load. */
async function measureMemory(running: OutageSite, outages: number): Promise<number[][]> {
  const names = Object.keys(OUTAGES) as OutageName[];
  const traffic = await startTraffic(running);
  const memory = [await residentMegabytes(running)];
  for (let outage = 1; outage <= outages; outage += 1) {
    const end = await OUTAGES[names[outage % names.length]!](running);
    await pause(SHORT_MS);
    await end();
    await untilShared(running, invoices);
    if (outage === Math.floor(outages / 2) || outage === outages) memory.push(await residentMegabytes(running));
  }
  await traffic.stop();
  return memory;
}

function residentMegabytes({ replicas }: OutageSite): Promise<number[]> {
  return Promise.all(
    replicas.map(async ({ adminUrl }) => {
      const text = await (await fetch(`${adminUrl}/metrics`)).text();
      const [, bytes] = /^process_resident_memory_bytes (\S+)$/m.exec(text)!;
      return Math.round(Number(bytes) / 1_000_000);
    }),
  );
}

function printTable(rows: readonly Result[]): void {
  const cells = rows.map(({ name, requests, failed, stale, usual, untilOpen, open, recoveryMs }) => [
    `Redis ${name}`,
    `${failed} of ${requests}`,
    String(stale),
    format(usual),
    format(untilOpen),
    format(open),
    `${(recoveryMs / 1000).toFixed(1)} s`,
  ]);
  const head = ['', 'failed', 'stale', 'before', `first ${BREAKER_MS} ms`, 'then', 'recovered'];
  const widths = head.map((_, column) => Math.max(...[head, ...cells].map((row) => row[column]!.length)));
  for (const row of [head, ...cells]) print(row.map((cell, column) => cell.padEnd(widths[column]!)).join('   '));
  print('times of requests are p50 / p99 / max in ms');
}

function format({ p50, p99, max }: Times): string {
  return [p50, p99, max].map((ms) => ms.toFixed(0)).join(' / ');
}
