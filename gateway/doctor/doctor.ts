import { randomBytes } from 'node:crypto';
import { createClock } from '../../common/clock.ts';
import { createLogger } from '../../common/log.ts';
import { readSettings } from '../../common/settings.ts';
import { SANDBOX_DATA_SETTINGS, sandboxOptions } from '../../sandbox/settings.ts';
import { startSandbox } from '../../sandbox/start.ts';
import { NO_OPERATOR_LINKS, type OperatorLinks } from '../../subgraphs/identity/links-file.ts';
import { createSealer } from '../../subgraphs/shared/seal.ts';
import { type CompanySources, createCompany } from '../all-in-one/company.ts';
import { isSandboxWanted, sandboxEnvironment } from '../all-in-one/sandbox-environment.ts';
import { advise } from './advise.ts';
import { type CallCounter, createCallCounter } from './calls.ts';
import { type Collected, collect } from './collect.ts';
import { matchRecords } from './match.ts';
import { type MatchingReport, summariseMatching } from './matching.ts';
import { pickSample } from './pick-sample.ts';
import type { DoctorReport, SystemReport } from './report.ts';
import { readDoctorSettings } from './settings.ts';

type Env = Readonly<Record<string, string | undefined>>;

export interface DoctorOptions {
  /** Records of each source whose customer is worked out; each costs some calls. Default 25. */
  sampleSize?: number;
  /** Told what is being done, for whoever waits. */
  onProgress?: (text: string) => void;
}

/** Examines the configured systems, or the sandbox where there are none. Only reads. */
export async function examine(env: Env, { sampleSize = 25, onProgress }: DoctorOptions = {}): Promise<DoctorReport> {
  await using started = new AsyncDisposableStack();
  const sandbox = isSandboxWanted(env) ? started.use(await startSandboxOf(env)) : null;
  const { sources, own } = readDoctorSettings(sandbox ? { ...env, ...sandboxEnvironment(sandbox) } : env);
  const calls = createCallCounter();
  onProgress?.('reading the systems');
  const collected = await collect(sources, calls);
  const matching = await match(collected, {
    sources,
    operator: own.operatorLinks ?? NO_OPERATOR_LINKS,
    calls,
    sampleSize,
    onProgress,
  });
  const systems = collected.map(({ system }) => ({ ...system, calls: calls.of(system.source) }));
  const ok = systems.every((system) => system.ok);
  return { sandbox: sandbox !== null, ok, systems, matching, advice: advise(systems) };
}

function startSandboxOf(env: Env) {
  return startSandbox(sandboxOptions(readSettings(SANDBOX_DATA_SETTINGS, env)));
}

interface MatchDeps {
  sources: CompanySources;
  operator: OperatorLinks;
  calls: CallCounter;
  sampleSize: number;
  onProgress: DoctorOptions['onProgress'];
}

/** Among the sources that work: one that does not would only be waited for again. */
async function match(collected: readonly Collected[], deps: MatchDeps): Promise<MatchingReport | null> {
  const { sources, operator, calls, sampleSize, onProgress } = deps;
  const broken = collected.map(({ system }) => system).filter(({ ok }) => !ok);
  const records = collected.flatMap(({ sample }) => pickSample(sample, sampleSize));
  if (records.length === 0) return null;
  const company = createCompany(without(sources, new Set(broken.map(({ source }) => source))), {
    // References sealed for this run alone: the doctor needs no key of the company's.
    sealer: createSealer([{ id: 'doctor', secret: randomBytes(32) }]),
    clock: createClock(),
    log: createLogger({ level: 'silent', name: 'doctor' }),
    publicUrl: 'http://localhost',
    onCall: calls.onCall,
  });
  try {
    const customers = await matchRecords(records, {
      ports: company.ports,
      operator,
      onProgress: (done) => onProgress?.(`matching records: ${done} of ${records.length}`),
    });
    const report = summariseMatching(customers);
    return { ...report, unavailable: [...report.unavailable, ...broken.map(toUnavailable)] };
  } finally {
    await company.close();
  }
}

function without({ crm, shop, accounting }: CompanySources, broken: ReadonlySet<string>): CompanySources {
  const works = ({ name }: { name: string }) => !broken.has(name);
  return { crm: crm.filter(works), shop: shop.filter(works), accounting: accounting.filter(works) };
}

function toUnavailable({ source, checks }: SystemReport): MatchingReport['unavailable'][number] {
  const failed = checks.find((check) => !check.ok);
  return { source, code: failed?.detail.split(':')[0] ?? 'UPSTREAM_UNAVAILABLE' };
}
