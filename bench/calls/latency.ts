import { setTimeout as pause } from 'node:timers/promises';
import { VENDORS } from '../../sandbox/server/vendors.ts';
import type { Sandbox } from '../../sandbox/start.ts';
import { CUSTOMER_360 } from '../../test/e2e/customer-360.ts';
import type { Company, Replica } from '../../test/e2e/replicas.ts';
import { knownToAll } from '../../test/e2e/unavoidable-calls.ts';
import { scrape } from '../../test/setup/scrape.ts';
import { print } from '../measured-process.ts';
import { median, quantile } from './count.ts';
import { forgetAll } from './forget-all.ts';
import { readmeQuery } from './readme-query.ts';

/** What the systems take for each call, to tell how many calls of a cold request follow on each other. */
const [SLOW_MS, SLOWER_MS] = [100, 300];

/** Customer 360, cold and warm. */
export interface Latencies {
  /** Cold, as a multiple of its longest chain of dependent calls. */
  coldMultiple: number;
  warm: Record<string, WarmLatency>;
}

export interface WarmLatency {
  bytes: number;
  p50Ms: number;
  p95Ms: number;
  /** Processor time of the whole process for one request: HTTP, rights, plan, subgraphs, cache. */
  cpuMs: number;
}

/** Cold: as a multiple of its longest chain of dependent calls. Warm: at a steady rate. */
export async function measureLatency({ sandbox }: Company, replica: Replica, customers: number): Promise<Latencies> {
  const ids = knownToAll(sandbox.dataset)
    .slice(0, customers)
    .map(({ references }) => references[0]!);
  const rows = [];
  for (const id of ids) {
    const slow = await coldMs(sandbox, replica, id, SLOW_MS);
    const slower = await coldMs(sandbox, replica, id, SLOWER_MS);
    const chain = Math.round((slower - slow) / (SLOWER_MS - SLOW_MS));
    rows.push({ chain, multiple: slow / (chain * SLOW_MS) });
  }
  print(`\nCold customer 360 of ${rows.length} customers, each call to a system taking ${SLOW_MS} ms`);
  print(`  calls that follow on each other          ${median(rows.map(({ chain }) => chain))}   (median)`);
  print(
    `  time as a multiple of their time         ${median(rows.map(({ multiple }) => multiple)).toFixed(3)}   (median)`,
  );
  await setLatency(sandbox, 0);
  const warm: Latencies['warm'] = {};
  for (const [name, query] of [
    ["the tests' query", CUSTOMER_360],
    ["the README's", readmeQuery()],
  ] as const) {
    const { times, failures, bytes, cpuMs } = await steady(replica, query, ids, { perSecond: 200, seconds: 10 });
    print(
      `\nWarm customer 360 (${name}, ${(bytes / 1024).toFixed(0)} KB), 200 requests a second for 10 s, one process`,
    );
    print(
      `  response time                            p50 ${quantile(times, 0.5).toFixed(1)} ms, p95 ${quantile(times, 0.95).toFixed(1)} ms; ${failures} failed`,
    );
    print(`  processor time                           ${cpuMs.toFixed(2)} ms a request`);
    warm[name] = { bytes, p50Ms: quantile(times, 0.5), p95Ms: quantile(times, 0.95), cpuMs };
  }
  return { coldMultiple: median(rows.map(({ multiple }) => multiple)), warm };
}

async function coldMs(sandbox: Sandbox, replica: Replica, id: string, latencyMs: number): Promise<number> {
  await setLatency(sandbox, 0);
  // Its plan and the connections are there; what is known of the customer is not.
  await replica.data(CUSTOMER_360, { id });
  await forgetAll(replica);
  await setLatency(sandbox, latencyMs);
  const began = performance.now();
  await replica.data(CUSTOMER_360, { id });
  return performance.now() - began;
}

async function setLatency({ control }: Sandbox, latencyMs: number): Promise<void> {
  for (const vendor of VENDORS) control.set(vendor, { latencyMs });
}

async function steady(
  replica: Replica,
  query: string,
  ids: readonly string[],
  { perSecond, seconds }: { perSecond: number; seconds: number },
) {
  for (const id of ids) await replica.data(query, { id });
  const times: number[] = [];
  let failures = 0;
  let bytes = 0;
  const under: Promise<void>[] = [];
  const cpuBefore = await cpuMsOf(replica);
  const startedAt = performance.now();
  for (let index = 0; index < perSecond * seconds; index += 1) {
    const waitMs = startedAt + (index * 1000) / perSecond - performance.now();
    if (waitMs > 0) await pause(waitMs);
    const began = performance.now();
    const one = replica.ask(query, { id: ids[index % ids.length]! }).then((answer) => {
      times.push(performance.now() - began);
      bytes = Math.max(bytes, index % 500 === 0 ? JSON.stringify(answer).length : 0);
      if (answer.errors) failures += 1;
    });
    under.push(one);
  }
  await Promise.all(under);
  const cpuMs = ((await cpuMsOf(replica)) - cpuBefore) / times.length;
  return { times, failures, bytes, cpuMs };
}

async function cpuMsOf({ adminUrl }: Replica): Promise<number> {
  return (await scrape(adminUrl)).sum('process_cpu_seconds_total') * 1000;
}
