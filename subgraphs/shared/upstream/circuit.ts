import {
  CircuitState as CockatielState,
  CountBreaker,
  circuitBreaker,
  handleWhen,
  IterableBackoff,
  type Policy,
} from 'cockatiel';
import type { Attempt, FailedAttempt } from './retry.ts';

export type CircuitState = 'CLOSED' | 'OPEN' | 'HALF_OPEN';

/** Stops asking a source that is down, and tries it again with one call. */
export interface Circuit {
  state(): CircuitState;
  /** How long no call may go yet; null when calls may go. */
  openForMs(): number | null;
  run<T>(attempt: () => Promise<Attempt<T>>): Promise<Attempt<T>>;
}

/** Fifteen of the last twenty, so that a source that fails every other time is still asked: a repeat helps there. */
const BREAKER = { threshold: 0.7, size: 20, minimumNumberOfCalls: 10 };
/** How long it stays open: the first, the second, every further time in a row. */
const PAUSES_MS = [1_000, 2_000, 5_000] as const;

const STATES: Readonly<Record<CockatielState, CircuitState>> = {
  [CockatielState.Closed]: 'CLOSED',
  [CockatielState.Open]: 'OPEN',
  [CockatielState.HalfOpen]: 'HALF_OPEN',
  [CockatielState.Isolated]: 'OPEN',
};

export function createCircuit(): Circuit {
  let opened = 0;
  let openUntil = 0;
  const isHalfOpen = () => policy.state === CockatielState.HalfOpen;
  // Cast: the policy runs attempts alone.
  const isFault = (result: unknown) =>
    'failure' in (result as Attempt<unknown>) && (result as FailedAttempt).isSourceFault;
  // A trial that ended before its answer has proved nothing: it must not close the circuit.
  const failures: Policy = handleWhen(isHalfOpen).orWhenResult(isFault);
  const policy = circuitBreaker(failures, {
    breaker: new CountBreaker(BREAKER),
    halfOpenAfter: new IterableBackoff(PAUSES_MS),
  });
  policy.onBreak(() => {
    openUntil = Date.now() + PAUSES_MS[Math.min(opened, PAUSES_MS.length - 1)]!;
    opened += 1;
  });
  policy.onReset(() => {
    opened = 0;
  });
  return {
    state: () => STATES[policy.state],
    openForMs: () => {
      // cockatiel would let the others wait for the trial's end, past their own deadlines.
      if (isHalfOpen()) return PAUSES_MS[0];
      if (policy.state === CockatielState.Closed || Date.now() >= openUntil) return null;
      return openUntil - Date.now();
    },
    run: async (attempt) => {
      const decided = async () => {
        const outcome = await attempt();
        if ('failure' in outcome && isUndecided(outcome)) throw new Undecided(outcome);
        return outcome;
      };
      try {
        return await policy.execute(decided);
      } catch (error) {
        if (error instanceof Undecided) return error.outcome;
        throw error;
      }
    },
  };
}

/** The caller ended it, or it had no time left to be answered: neither a success nor a failure. */
function isUndecided({ failure, isSourceFault, isCutShort }: FailedAttempt): boolean {
  return (failure.cancelled || isCutShort) && !isSourceFault;
}

/** Carries an attempt that proves nothing past the policy, which would take it for a success. */
class Undecided extends Error {
  readonly outcome: FailedAttempt;

  constructor(outcome: FailedAttempt) {
    super('the attempt proves nothing');
    this.outcome = outcome;
  }
}
