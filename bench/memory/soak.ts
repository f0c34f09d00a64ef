import { generateKeyPairSync } from 'node:crypto';
import { mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { createCallers, PUBLIC_URL } from './callers.ts';
import { type GatewayProcess, startGatewayProcess } from './gateway-process.ts';
import { createGraph, type MemoryGraph } from './graph.ts';
import { createLoad, type Load, type LoadOutcome } from './load.ts';
import type { MemoryReport } from './report-memory.ts';
import { createSender } from './send.ts';

export interface SoakOptions {
  cycles: readonly Cycle[];
  /** How many different ones the load has. All are sent before the first cycle, with as many answers to keep: caches are full then. */
  tokens: number;
  /**
   * Whether V8 compiles what the load uses, as it does in service. What it compiles grows for long, with nothing to show
   * for it but speed: without it a few cycles tell what the gateway keeps.
   */
  compiles: boolean;
}

/** One supergraph's time. */
export interface Cycle {
  /** Until the next change; longer where the work takes longer. */
  seconds: number;
  requests: number;
}

/** Once a cycle, when its requests are answered and before the supergraph changes again. */
export interface Sample extends MemoryReport, LoadOutcome {
  cycle: number;
  hours: number;
}

export interface Soak extends AsyncDisposable {
  gateway: GatewayProcess;
  /** One sample for each cycle. */
  run(): AsyncGenerator<Sample>;
}

const INTERPRETING = ['--no-sparkplug', '--no-maglev', '--no-opt', '--no-lazy-feedback-allocation'];
/** At the cycle's end the gateway has nothing to do, so that samples differ by what it keeps alone. */
const SAMPLING_MS = 1000;
/** Timers of requests that are over, and closing connections. */
const SETTLE_MS = 200;

/** The gateway under mixed load, while its supergraph changes again and again. */
export async function startSoak(options: SoakOptions): Promise<Soak> {
  await using started = new AsyncDisposableStack();
  const folder = await mkdtemp(join(tmpdir(), 'memory-'));
  started.defer(() => rm(folder, { recursive: true }));
  const graph = started.use(createGraph());
  const supergraph = join(folder, 'supergraph.graphql');
  await writeFile(supergraph, await graph.publish(0));
  const callers = await createCallers(folder, options.tokens);
  const gateway = started.use(
    await startGatewayProcess(
      {
        SUPERGRAPH: supergraph,
        STATE_DIR: folder,
        AUDIT_FILE: join(folder, 'audit.log'),
        GATEWAY_PRIVATE_KEY: createPrivateKeyPem(),
        PUBLIC_URL,
        RIGHTS_DEFAULT: 'public',
        ANONYMOUS_BUDGET_PER_MINUTE: '1000000000',
        MAX_BODY_BYTES: '200000',
        ENTITY_CACHE: 'on',
        ENTITY_CACHE_MB: '1',
        SUBGRAPH_TIMEOUT_MS: '2000',
      },
      options.compiles ? [] : INTERPRETING,
    ),
  );
  const sender = started.use(createSender(gateway.url));
  const load = createLoad(sender, callers);
  const running = started.move();
  return {
    gateway,
    run: () => runCycles({ options, supergraph, graph, gateway, load }),
    [Symbol.asyncDispose]: () => running.disposeAsync(),
  };
}

interface Site {
  options: SoakOptions;
  supergraph: string;
  graph: MemoryGraph;
  gateway: GatewayProcess;
  load: Load;
}

async function* runCycles(site: Site): AsyncGenerator<Sample> {
  const { options, gateway, load } = site;
  await load.fillCaches(options.tokens);
  const began = performance.now();
  let endAt = began;
  for (const [index, { seconds, requests }] of options.cycles.entries()) {
    const cycle = index + 1;
    endAt = Math.max(endAt, performance.now()) + seconds * 1000;
    await load.sendDuring(changeSupergraph(site, cycle));
    await load.send(requests, { edition: cycle, untilMs: endAt - SAMPLING_MS });
    await (await fetch(`${gateway.adminUrl}/metrics`)).text();
    await pause(SETTLE_MS);
    const report = await gateway.report();
    yield { ...report, cycle, hours: (performance.now() - began) / 3_600_000, ...load.take() };
    await pause(Math.max(endAt - performance.now(), 0));
  }
}

/** Until the new one is served. Before it comes one that fails late: some of what a supergraph needs is made already. */
async function changeSupergraph({ supergraph, graph, gateway }: Site, edition: number): Promise<void> {
  const sdl = await graph.publish(edition);
  const replace = async (text: string, outcome: 'served' | 'refused') => {
    const changed = gateway.changed(outcome);
    await writeFile(`${supergraph}.new`, text);
    await rename(`${supergraph}.new`, supergraph);
    await changed;
  };
  await replace(sdl.replace(/url: "[^"]+"/, 'url: ""'), 'refused');
  await replace(sdl, 'served');
}

function createPrivateKeyPem(): string {
  return generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
}
