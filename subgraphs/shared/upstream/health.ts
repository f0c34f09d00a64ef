import type { ErrorCode } from '../../../common/errors.ts';
import type { BudgetState } from './budget.ts';
import type { CircuitState } from './circuit.ts';

export type SourceStatus = 'UP' | 'DEGRADED' | 'DOWN' | 'UNKNOWN';

/** How a source has done lately. Times are ISO 8601. */
export interface SourceState {
  source: string;
  vendor: string;
  /** DOWN: nothing works. DEGRADED: some calls fail, or a limit is reached. UNKNOWN: not asked yet. */
  status: SourceStatus;
  lastSuccessAt: string | null;
  lastFailure: { code: ErrorCode; at: string } | null;
  circuit: CircuitState;
  /** Of the calls of the last five minutes, 0 to 1; null without calls. */
  errorRate: number | null;
  /** Of the limit that has least left; null where no limit is known. */
  budget: BudgetState | null;
}

/**
 * What one exchange with the source says of it. A failure is strain unless this call alone is to blame, as one for a record
 * that can't be read, and would fail again.
 */
export type Sign = { ok: true } | { ok: false; code: ErrorCode; isStrain: boolean };

export interface SourceRecord {
  note(sign: Sign): void;
}

export interface SourceHealth {
  /** Told by each client once, so that a source is listed before anybody asks it. */
  register(source: RegisteredSource): SourceRecord;
  sources(): SourceState[];
  /** Where so many exchanges fail just now that an answer needs repeats, each with how the last one failed. */
  strained(): StrainedSource[];
}

export interface StrainedSource {
  source: string;
  code: ErrorCode;
}

interface RegisteredSource {
  source: string;
  vendor: string;
  circuit: () => CircuitState;
  budget: () => BudgetState | null;
}

const WINDOW_MS = 5 * 60_000;
const SLICE_MS = 15_000;
/** Above this share of failures somebody will have noticed. */
const DEGRADED_ABOVE = 0.05;
/** So many of so many latest exchanges failed, and not long ago: more than a connection that broke once. */
const STRAIN = { failures: 3, latest: 10, withinMs: 10_000 } as const;

/** The state of all sources of a process: one, made where it starts, given to every client. */
export function createSourceHealth(): SourceHealth {
  const known = new Map<string, ReturnType<typeof createRecord>>();
  return {
    register: (registered) => {
      const record = createRecord(registered);
      known.set(registered.source, record);
      return record;
    },
    sources: () => [...known.values()].map((record) => record.describe()),
    strained: () => [...known.values()].flatMap((record) => record.strain() ?? []),
  };
}

function createRecord({ source, vendor, circuit, budget }: RegisteredSource) {
  const outcomes = createOutcomes();
  let lastSuccessAt: string | null = null;
  /** Null for those that were no strain. */
  const latest: ({ atMs: number; code: ErrorCode } | null)[] = [];
  let lastFailure: SourceState['lastFailure'] = null;
  return {
    note: (sign: Sign) => {
      const atMs = Date.now();
      const at = new Date(atMs).toISOString();
      outcomes.add(sign.ok);
      latest.push(!sign.ok && sign.isStrain ? { atMs, code: sign.code } : null);
      if (latest.length > STRAIN.latest) latest.shift();
      if (sign.ok) lastSuccessAt = at;
      else lastFailure = { code: sign.code, at };
    },
    describe: (): SourceState => {
      const facts = { circuit: circuit(), errorRate: outcomes.errorRate(), budget: budget() };
      const status = judge({ ...facts, isKnown: lastSuccessAt !== null || lastFailure !== null });
      return { source, vendor, status, lastSuccessAt, lastFailure, ...facts };
    },
    strain: (): StrainedSource | null => {
      const since = Date.now() - STRAIN.withinMs;
      const failures = latest.filter((one) => one !== null && one.atMs > since);
      const last = failures.at(-1);
      return last && failures.length >= STRAIN.failures ? { source, code: last.code } : null;
    },
  };
}

function judge(facts: Pick<SourceState, 'circuit' | 'errorRate' | 'budget'> & { isKnown: boolean }): SourceStatus {
  const { circuit, errorRate, budget, isKnown } = facts;
  if (!isKnown) return 'UNKNOWN';
  if (circuit === 'OPEN' || errorRate === 1) return 'DOWN';
  const isSpent = budget !== null && budget.remaining === 0;
  if (circuit === 'HALF_OPEN' || isSpent || (errorRate ?? 0) > DEGRADED_ABOVE) return 'DEGRADED';
  return 'UP';
}

/** Counts in slices of time, so that what is long ago is forgotten. */
function createOutcomes() {
  const slices = new Map<number, { calls: number; failed: number }>();
  const sliceOf = (at: number) => Math.floor(at / SLICE_MS);
  const forget = () => {
    const oldest = sliceOf(Date.now() - WINDOW_MS);
    for (const slice of slices.keys()) if (slice <= oldest) slices.delete(slice);
  };
  return {
    add: (ok: boolean) => {
      forget();
      const slice = sliceOf(Date.now());
      const { calls, failed } = slices.get(slice) ?? { calls: 0, failed: 0 };
      slices.set(slice, { calls: calls + 1, failed: failed + (ok ? 0 : 1) });
    },
    errorRate: (): number | null => {
      forget();
      const sums = [...slices.values()];
      const calls = sums.reduce((sum, slice) => sum + slice.calls, 0);
      return calls === 0 ? null : sums.reduce((sum, slice) => sum + slice.failed, 0) / calls;
    },
  };
}
