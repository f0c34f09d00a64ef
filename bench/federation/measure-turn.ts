import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Gateway, Stage } from './gateways.ts';
import { waitUntilIdle } from './idle.ts';
import { bodyOf, type OperationName } from './operations.ts';
import type { Options } from './options.ts';
import { costOf } from './process-cost.ts';
import { startGateway } from './start-gateway.ts';
import type { RunningSubgraphs } from './start-subgraphs.ts';
import { describeFailures, runWrk } from './wrk.ts';

/** One gateway, started anew, under one load. */
export interface Turn {
  gateway: string;
  query: OperationName;
  perSecond: number;
  p50Ms: number;
  p95Ms: number;
  p99Ms: number;
  /** Processor time of the gateway's processes for one request. */
  cpuMs: number;
  /** Share of its core that it used. */
  cpuShare: number;
  rssMb: number;
  answerBytes: number;
  /** Requests to subgraphs for one request. */
  subRequests: number;
  subgraphCpuMs: number;
  /** How much of the machine others used before. */
  busyBefore: number;
}

export interface TurnDeps {
  stage: Stage;
  subgraphs: RunningSubgraphs;
  options: Options;
  print(line: string): void;
}

/** Throws when an answer is another than the reference. */
export async function measureTurn(
  gateway: Gateway,
  query: OperationName,
  reference: string,
  { stage, subgraphs, options, print }: TurnDeps,
): Promise<Turn> {
  const { nodeOptions, connections, seconds, warm, wait } = options;
  const { busy, gaveUp } = await waitUntilIdle(wait);
  if (gaveUp) print(`  the machine does not get idle (${Math.round(busy * 100)} % in use): measuring all the same`);
  const bodyFile = join(stage.folder, `${query}.json`);
  await writeFile(bodyFile, bodyOf(query));
  using running = await startGateway(gateway, stage, { nodeOptions });
  const check = async () => {
    const text = await running.ask(query);
    if (canonical(text) !== reference) throw new Error(`answers otherwise than plain Apollo: ${text.slice(0, 300)}`);
    return Buffer.byteLength(text);
  };
  const answerBytes = await check();
  const load = { url: running.url, bodyFile, headers: gateway.headers(stage), connections };
  await runWrk({ ...load, seconds: warm });
  const before = { ...costOf(running.process.pid), subgraphs: await subgraphs.stats(), at: performance.now() };
  const report = await runWrk({ ...load, seconds });
  const after = { ...costOf(running.process.pid), subgraphs: await subgraphs.stats(), at: performance.now() };
  const failures = describeFailures(report);
  if (failures) throw new Error(failures);
  // An error under load would come with status 200, and be shorter than the answer.
  if (report.bytes < report.requests * answerBytes) throw new Error('gave shorter answers under load');
  await check();
  const each = (total: number) => total / report.requests;
  return {
    gateway: gateway.name,
    query,
    perSecond: report.requests / report.seconds,
    p50Ms: report.p50Ms,
    p95Ms: report.p95Ms,
    p99Ms: report.p99Ms,
    cpuMs: each(after.cpuMs - before.cpuMs),
    cpuShare: (after.cpuMs - before.cpuMs) / (after.at - before.at),
    rssMb: after.rssMb,
    answerBytes,
    subRequests: each(after.subgraphs.requests - before.subgraphs.requests),
    subgraphCpuMs: each(after.subgraphs.cpuMs - before.subgraphs.cpuMs),
    busyBefore: busy,
  };
}

/** The answer with the fields of every object in one order. */
export function canonical(text: string): string {
  return JSON.stringify(JSON.parse(text), (_key, value: unknown) =>
    value !== null && typeof value === 'object' && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
      : value,
  );
}
