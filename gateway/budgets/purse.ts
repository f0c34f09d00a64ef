import { CodedError } from '../../common/errors.ts';
import type { BudgetState, Budgets, Payer } from './budgets.ts';

/** What one request may spend of its caller's budget. */
export interface Purse {
  /** Throws BUDGET_EXCEEDED when so much is not left. */
  pay(points: number): Promise<void>;
  /** Of the answer, whatever it is. A request that was refused before it paid anything pays a point here. */
  headers(): Promise<Record<string, string>>;
}

export function openPurse(budgets: Budgets, payer: Payer): Purse {
  let state: BudgetState | null = null;
  return {
    async pay(points) {
      state = await budgets.take(payer, points);
      if (!state.allowed) throw overBudget(state, points);
    },
    async headers() {
      state ??= await budgets.take(payer, 1);
      return toHeaders(state);
    },
  };
}

/** For a gateway without budgets. */
export const BOTTOMLESS: Purse = { pay: async () => {}, headers: async () => ({}) };

function overBudget({ limit, remaining, resetMs }: BudgetState, points: number): CodedError {
  const when = `${remaining} of ${limit} points a minute are left for the next ${toSeconds(resetMs)} s`;
  const advice = points > limit ? 'it never fits: ask for less at once' : when;
  const details = { points, limit, remaining, retryAfterMs: resetMs };
  return new CodedError('BUDGET_EXCEEDED', `The request costs ${points} points; ${advice}`, { details });
}

/** https://datatracker.ietf.org/doc/html/draft-ietf-httpapi-ratelimit-headers-03 */
function toHeaders({ allowed, limit, remaining, resetMs }: BudgetState): Record<string, string> {
  const seconds = String(toSeconds(resetMs));
  return {
    'ratelimit-limit': String(limit),
    'ratelimit-remaining': String(remaining),
    'ratelimit-reset': seconds,
    ...(allowed ? {} : { 'retry-after': seconds }),
  };
}

function toSeconds(ms: number): number {
  return Math.ceil(ms / 1000);
}
