import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { Pool } from 'undici';
import { sandboxEnvironment } from '../gateway/all-in-one/sandbox-environment.ts';
import { VENDORS, type Vendor } from '../sandbox/server/vendors.ts';
import { startSandbox } from '../sandbox/start.ts';
import { type ProductProcess, startProductProcess } from '../test/e2e/product-process.ts';
import { createCertificate } from '../test/setup/faults/certificate.ts';
import { scrape } from '../test/setup/scrape.ts';
import { print } from './measured-process.ts';
import { type Lines, startLines } from './upstream-faults/lines.ts';
import { type Kind, questionsOf } from './upstream-faults/questions.ts';
import { type Asked, steadyLoad } from './upstream-faults/steady-load.ts';
import { TROUBLES } from './upstream-faults/troubles.ts';

/**
 * One vendor at a time in each kind of trouble, while questions that ask one vendor alone keep coming for all three: what
 * it costs the others, what the process needs, and how soon the troubled one is not asked any more. A turn with the
 * trouble follows one without it, so that what else the machine does disturbs both. The product and the lines to the
 * vendors are processes of their own.
 */
const { values } = parseArgs({
  options: {
    vendors: { type: 'string', default: VENDORS.join(',') },
    troubles: { type: 'string', default: Object.keys(TROUBLES).join(',') },
    rounds: { type: 'string', default: '2' },
    seconds: { type: 'string', default: '6' },
    /** Of each of the six questions. */
    rate: { type: 'string', default: '3' },
  },
});
const vendors = someOf(VENDORS, values.vendors);
const troubles = someOf(Object.keys(TROUBLES), values.troubles);
const rounds = Number(values.rounds);
const seconds = Number(values.seconds);
const perSecond = Number(values.rate);

const SETTINGS = {
  NODE_ENV: 'production',
  // As the start command has it.
  NODE_OPTIONS: '--max-semi-space-size=64',
  // Short, so that nearly every question asks its vendor; no copies that stand in, so that failures show.
  CACHE_TTL: '*:*=100ms',
  HUBSPOT_TIMEOUT_MS: '2000',
  WOO_TIMEOUT_MS: '2000',
  FAKTUROWNIA_TIMEOUT_MS: '2000',
  BUDGET_PER_MINUTE: '1000000000',
};

/** By then identity has waited in vain once for a vendor that does not answer, and waits no longer. */
const NOTICED_MS = 2000;

/** A vendor that has complained of too many calls is asked slowly for a minute, which would be measured with the next. */
const FORGOTTEN_MS = 61_000;

interface Round {
  /** Answers to questions for the other vendors, without the trouble and with it. */
  well: Asked[];
  ill: Asked[];
  /** Calls that failed before the first one that was not sent; null when the circuit stayed closed. */
  failuresUntilOpen: number | null;
  /** Of questions that came when it was open. */
  refusedMs: number[];
}

const folder = await mkdtemp(join(tmpdir(), 'bench-'));
try {
  const day = 24 * 3600_000;
  const certificate = createCertificate({ from: new Date(Date.now() - day), until: new Date(Date.now() + day) });
  const trusted = join(folder, 'lines.pem');
  await writeFile(trusted, certificate.cert);
  await using sandbox = await startSandbox({ customers: 200 });
  await using lines = await startLines({ targets: sandbox.urls, certificate });
  await using product = await startProductProcess({
    ...sandboxEnvironment({ ...sandbox, urls: lines.urls }),
    ...SETTINGS,
    NODE_EXTRA_CA_CERTS: trusted,
  });
  const memory = watchMemory(product);
  const pool = new Pool(product.url, { connections: 200 });
  const questions = questionsOf(sandbox.dataset);
  const load = (forSeconds: number, onAnswer?: (asked: Asked) => void) =>
    steadyLoad(questions, { pool, token: product.token, perSecond, seconds: forSeconds, onAnswer });
  // The first time is work of another kind.
  await steadyLoad(questions, { pool, token: product.token, perSecond: perSecond / 3, seconds: 20 });
  const all: Round[] = [];
  const worst = { trouble: '', p99: 0 };
  for (const trouble of troubles) {
    const ofTrouble: Round[] = [];
    for (const vendor of vendors) {
      const own: Round[] = [];
      for (let count = 0; count < rounds; count += 1) {
        own.push(await measureRound({ vendor, trouble, lines, product, load }));
      }
      print(lineOf(`${vendor} ${trouble}`, own));
      ofTrouble.push(...own);
    }
    print(lineOf(`all ${trouble}`, ofTrouble));
    const p99 = ratio(ofTrouble, 0.99, 'record');
    if (p99 > worst.p99) Object.assign(worst, { trouble, p99: rounded(p99) });
    all.push(...ofTrouble);
  }
  await pool.destroy();
  print(
    JSON.stringify({
      questions: all.reduce((sum, { ill }) => sum + ill.length, 0),
      othersP50: rounded(ratio(all, 0.5, 'record')),
      othersP99: rounded(ratio(all, 0.99, 'record')),
      worst,
      knownCustomersP50: rounded(ratio(all, 0.5, 'customer')),
      knownCustomersP99: rounded(ratio(all, 0.99, 'customer')),
      knownCustomersP99Later: rounded(ratio(all, 0.99, 'customer', NOTICED_MS)),
      notWhole: notWhole(all.flatMap(({ ill }) => ill)),
      notWholeWithout: notWhole(all.flatMap(({ well }) => well)),
      opened: all.filter(({ failuresUntilOpen }) => failuresUntilOpen !== null).length,
      mostFailuresUntilOpen: Math.max(0, ...all.map(({ failuresUntilOpen }) => failuresUntilOpen ?? 0)),
      refusedP50Ms: rounded(
        quantile(
          all.flatMap(({ refusedMs }) => refusedMs),
          0.5,
        ) ?? 0,
      ),
      ...(await memory.stop()),
    }),
  );
} finally {
  await rm(folder, { recursive: true });
}

function someOf<T extends string>(all: readonly T[], list: string): T[] {
  const named = list.split(',');
  const unknown = named.find((name) => !all.some((one) => one === name));
  if (unknown !== undefined) throw new Error(`Expected some of ${all.join(', ')}; got "${unknown}"`);
  return all.filter((one) => named.includes(one));
}

interface RoundOrder {
  vendor: Vendor;
  trouble: string;
  lines: Lines;
  product: ProductProcess;
  load(seconds: number, onAnswer?: (asked: Asked) => void): Promise<Asked[]>;
}

async function measureRound({ vendor, trouble, lines, product, load }: RoundOrder): Promise<Round> {
  const well = await load(seconds);
  const failedBefore = await failedCalls(product, vendor);
  let failuresUntilOpen: Promise<number> | null = null;
  await lines.set({ vendor, trouble: TROUBLES[trouble]! });
  const ill = await load(seconds, ({ outcome }) => {
    if (outcome === 'open') failuresUntilOpen ??= failedCalls(product, vendor).then((failed) => failed - failedBefore);
  });
  await lines.set({ vendor, trouble: { mode: 'pass' } });
  if (trouble === 'storm429') await pause(FORGOTTEN_MS);
  await untilWell(load, vendor);
  const ofOthers = (asked: readonly Asked[]) => asked.filter(({ question }) => question.vendor !== vendor);
  return {
    well: ofOthers(well),
    ill: ofOthers(ill),
    failuresUntilOpen: await failuresUntilOpen,
    refusedMs: refusedAtOnce(ill),
  };
}

/** Of the questions that came when the circuit was open already: those before had been waiting for the vendor. */
function refusedAtOnce(asked: readonly Asked[]): number[] {
  const open = asked.filter(({ question, outcome }) => outcome === 'open' && question.kind === 'record');
  const since = Math.min(...open.map(({ sentAtMs, ms }) => sentAtMs + ms));
  return open.filter(({ sentAtMs }) => sentAtMs > since).map(({ ms }) => ms);
}

/** The next round begins with all circuits closed and no vendor asked slowly. */
async function untilWell(load: RoundOrder['load'], vendor: Vendor): Promise<void> {
  for (let tries = 0; tries < 60; tries += 1) {
    const asked = await load(1);
    if (asked.every(({ outcome }) => outcome === 'whole')) return;
    await pause(500);
  }
  throw new Error(`${vendor} did not get well`);
}

/** With the trouble by without: of all turns together, because what else the machine does would decide a single one. */
function ratio(all: readonly Round[], share: number, kind: Kind, sinceMs = 0): number {
  const timesOf = (asked: readonly Asked[]) =>
    asked.filter(({ question, sentAtMs }) => question.kind === kind && sentAtMs >= sinceMs).map(({ ms }) => ms);
  const ill = quantile(timesOf(all.flatMap((round) => round.ill)), share)!;
  return ill / quantile(timesOf(all.flatMap((round) => round.well)), share)!;
}

function notWhole(asked: readonly Asked[]): number {
  return asked.filter(({ outcome }) => outcome !== 'whole').length;
}

function quantile(times: readonly number[], share: number): number | undefined {
  return times.toSorted((a, b) => a - b)[Math.floor(times.length * share)];
}

async function failedCalls({ adminUrl }: ProductProcess, source: Vendor): Promise<number> {
  const { sum } = await scrape(adminUrl);
  return sum('jeden_upstream_calls_total', { source }) - sum('jeden_upstream_calls_total', { source, outcome: 'OK' });
}

function lineOf(name: string, all: readonly Round[]): string {
  const times = (kind: Kind) => `p50 x${ratio(all, 0.5, kind).toFixed(2)} p99 x${ratio(all, 0.99, kind).toFixed(2)}`;
  const opened = all.flatMap(({ failuresUntilOpen }) => failuresUntilOpen ?? []);
  const refused = quantile(
    all.flatMap(({ refusedMs }) => refusedMs),
    0.5,
  );
  return [
    name.padEnd(22),
    `others' records ${times('record')}`,
    `others' parts of known customers ${times('customer')}, after two seconds p99 x${ratio(all, 0.99, 'customer', NOTICED_MS).toFixed(2)}`,
    `not whole ${notWhole(all.flatMap(({ ill }) => ill))} (without ${notWhole(all.flatMap(({ well }) => well))})`,
    opened.length === 0
      ? 'stayed closed'
      : `opened after ${opened.join(', ')} failures, then ${refused?.toFixed(1)} ms`,
  ].join('   ');
}

function rounded(value: number): number {
  return Math.round(value * 100) / 100;
}

function watchMemory({ adminUrl }: ProductProcess) {
  const most = { residentMb: 0, heapMb: 0 };
  let isOn = true;
  const watch = async () => {
    while (isOn) {
      const { sum } = await scrape(adminUrl);
      most.residentMb = Math.max(most.residentMb, Math.round(sum('process_resident_memory_bytes') / 1e6));
      most.heapMb = Math.max(most.heapMb, Math.round(sum('nodejs_heap_size_used_bytes') / 1e6));
      await pause(500);
    }
  };
  const watching = watch();
  return {
    stop: async () => {
      isOn = false;
      await watching;
      return { mostResidentMb: most.residentMb, mostHeapMb: most.heapMb };
    },
  };
}
