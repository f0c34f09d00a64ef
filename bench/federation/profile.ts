import { once } from 'node:events';
import { readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { print } from '../measured-process.ts';
import type { Gateway, Stage } from './gateways.ts';
import { ensurePeers } from './install-peers.ts';
import { bodyOf, type OperationName } from './operations.ts';
import { type Options, readOptions } from './options.ts';
import type { PinnedProcess } from './pinned-process.ts';
import type { ProfileMessage } from './profile-hook.ts';
import { type ProfileReport, reportOf, type Share } from './profile-report.ts';
import { createStage } from './stage.ts';
import { startGateway } from './start-gateway.ts';
import { startSubgraphs } from './start-subgraphs.ts';
import { describeFailures, ensureWrk, runWrk } from './wrk.ts';

/**
 * Tells where a gateway's time goes under the load of the bench, and takes its options:
 * `npm run bench:federation:profile -- --gateways jeden,apollo --query big`
 */
const HOOK = new URL('./profile-hook.ts', import.meta.url).href;
const TOP = 40;

async function profile(gateway: Gateway, query: OperationName, stage: Stage, options: Options): Promise<void> {
  const { connections, warm, seconds } = options;
  const nodeOptions = `${options.nodeOptions} --import=${HOOK}`;
  using running = await startGateway(gateway, stage, { nodeOptions, hasChannel: true });
  const bodyFile = join(stage.folder, 'profile.json');
  await writeFile(bodyFile, bodyOf(query));
  const load = { url: running.url, bodyFile, headers: gateway.headers(stage), connections };
  await runWrk({ ...load, seconds: warm });
  await tell(running.process, { kind: 'start' });
  const report = await runWrk({ ...load, seconds });
  const path = join(tmpdir(), `${gateway.name}-${query}.cpuprofile`);
  await tell(running.process, { kind: 'write', path });
  print(`\n# ${gateway.name}, ${query} query: ${(report.requests / report.seconds).toFixed(0)} requests/s`);
  print(describeFailures(report) ?? 'none failed');
  printReport(reportOf(JSON.parse(await readFile(path, 'utf8'))), report.requests);
  print(`\nfor the developer tools of Chrome: ${path}`);
}

async function tell({ child }: PinnedProcess, message: ProfileMessage): Promise<void> {
  const done = once(child, 'message');
  child.send(message);
  await done;
}

function printReport({ busyMs, idleMs, categories, packages, functions }: ProfileReport, requests: number): void {
  print(`busy ${(busyMs / 1000).toFixed(1)} s, idle ${(idleMs / 1000).toFixed(1)} s; self time, ms of each request`);
  printShares('what', categories, busyMs / requests);
  printShares('package, folder or module', packages, busyMs / requests);
  printShares('function', functions, busyMs / requests);
}

function printShares(title: string, shares: readonly Share[], msEach: number): void {
  print(`\n-- by ${title}`);
  for (const { name, share } of shares.slice(0, TOP).filter(({ share }) => share >= 0.001)) {
    print(`${(share * 100).toFixed(1).padStart(5)} %  ${(share * msEach).toFixed(3)} ms  ${name}`);
  }
}

const options = readOptions(process.argv.slice(2), { gateways: 'jeden', query: 'big' });
const native = options.gateways.find(({ isNode }) => !isNode);
if (native) throw new Error(`${native.name} does not run on Node and cannot be profiled by this`);
ensureWrk();
if (options.gateways.some(({ isOurs }) => !isOurs)) ensurePeers();
using subgraphs = await startSubgraphs(options);
const stage = await createStage(subgraphs.url);
for (const gateway of options.gateways) {
  for (const query of options.queries) await profile(gateway, query, stage, options);
}
