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

/** What one exchange with the source says of it. */
export type Sign = { ok: true } | { ok: false; code: ErrorCode };

export interface SourceRecord {
  note(sign: Sign): void;
}

export interface SourceHealth {
  /** Told by each client once, so that a source is listed before anybody asks it. */
  register(source: RegisteredSource): SourceRecord;
  sources(): SourceState[];
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

/** The state of all sources of a process: one, made where it starts, given to every client. */
export function createSourceHealth(): SourceHealth {
  const known = new Map<string, { describe(): SourceState }>();
  return {
    register: (registered) => {
      const record = createRecord(registered);
      known.set(registered.source, record);
      return record;
    },
    sources: () => [...known.values()].map((record) => record.describe()),
  };
}

function createRecord({ source, vendor, circuit, budget }: RegisteredSource) {
  const outcomes = createOutcomes();
  let lastSuccessAt: string | null = null;
  let lastFailure: SourceState['lastFailure'] = null;
  return {
    note: (sign: Sign) => {
      const at = new Date().toISOString();
      outcomes.add(sign.ok);
      if (sign.ok) lastSuccessAt = at;
      else lastFailure = { code: sign.code, at };
    },
    describe: (): SourceState => {
      const facts = { circuit: circuit(), errorRate: outcomes.errorRate(), budget: budget() };
      const status = judge({ ...facts, isKnown: lastSuccessAt !== null || lastFailure !== null });
      return { source, vendor, status, lastSuccessAt, lastFailure, ...facts };
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
