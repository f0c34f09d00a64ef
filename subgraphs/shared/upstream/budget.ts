import type { BudgetStore, Turn } from './budget-store.ts';
import { createComplaints } from './complaints.ts';
import type { Priority } from './context.ts';
import { type Draw, type LimitedAnswer, type LimitReading, resetsAt, type UpstreamLimit } from './limits.ts';
import { retryAfterMs } from './retry-after.ts';
import { createSlack } from './slack.ts';

/** What a call may do now. */
export type Permission =
  | { kind: 'go'; turn: Turn }
  /** `isHeld`: the turn is kept for the call; if not, it has to ask again then. */
  | { kind: 'wait'; waitMs: number; isHeld: boolean; turn: Turn; slackMs: number }
  | Refusal;

export type Waiting = Extract<Permission, { kind: 'wait' }>;

export interface Refusal {
  kind: 'refused';
  retryAfterMs: number;
  limit: string;
  /** The vendor asked us to slow down; if not, our own count says that the limit is reached. */
  isPause: boolean;
}

export interface BudgetState {
  limit: number;
  remaining: number;
  /** ISO 8601. */
  resetsAt: string;
}

/** Keeps one source within its vendor's limits. */
export interface Budget {
  ask(call: { operation: string; priority: Priority; deadlineMs: number }): Promise<Permission>;
  /** Whether a turn that was promised still holds: not after a vendor's complaint, nor after calls have become slower. */
  holds(promised: Waiting, operation: string): boolean;
  /** Around the exchange for which a turn was taken. */
  begin(turn: Turn): void;
  end(turn: Turn): void;
  /** Takes the vendor's word for its limits, and obeys its complaints. Answers how long a 429 asks to wait. */
  learn(answer: LimitedAnswer): number | null;
  /** Of the limit that has least left; null for a source without known limits. */
  state(): BudgetState | null;
}

export interface BudgetOptions {
  limits: readonly UpstreamLimit[];
  syncShare: number;
  /** How long an interactive call waits for a source that asked for a pause. */
  pausePatienceMs: number;
  readLimits?: (answer: LimitedAnswer) => readonly LimitReading[];
}

/** Holds all calls of the source: what has no limit of its own can be paused and slowed down as well. */
const ALL_CALLS = 'all';
const ALL_CALLS_WINDOW_MS = 1000;
const UNLIMITED = Number.MAX_SAFE_INTEGER;

export function createBudget(store: BudgetStore, options: BudgetOptions): Budget {
  const { limits, syncShare, pausePatienceMs, readLimits = () => [] } = options;
  const complaints = createComplaints();
  const slack = createSlack();
  const told = new Map<string, number>();
  const pausedUntil = new Map<string, number>();
  const seen = new Map<string, { draw: Draw; used: number; resetsAtMs: number }>();
  let usedLately = 0;

  function pointsOf({ name, points, isDefault }: UpstreamLimit): number {
    const max = told.get(name) ?? points;
    return isDefault ? max : Math.min(max, points);
  }

  function drawsOf(operation: string): Draw[] {
    const slackMs = slack.ms();
    const all = {
      limit: ALL_CALLS,
      points: complaints.perSecond() ?? UNLIMITED,
      windowMs: ALL_CALLS_WINDOW_MS,
      cost: 1,
      slackMs,
    };
    const own = limits.map((limit) => ({
      limit: limit.name,
      points: pointsOf(limit),
      windowMs: limit.windowMs,
      cost: limit.costOf?.(operation) ?? 1,
      slackMs,
    }));
    return [all, ...own.filter(({ cost }) => cost > 0)];
  }

  function look(draws: readonly Draw[], used: readonly number[]): void {
    const now = Date.now();
    usedLately = used[0] ?? 0;
    draws.slice(1).forEach((draw, index) => {
      seen.set(draw.limit, { draw, used: used[index + 1] ?? 0, resetsAtMs: resetsAt(draw, now) });
    });
  }

  function pause(limit: string, ms: number): void {
    pausedUntil.set(limit, Math.max(pausedUntil.get(limit) ?? 0, Date.now() + ms));
    store.pause(limit, ms);
  }

  function heed(reading: LimitReading): void {
    const limit = limits.find(({ name }) => name === reading.limit);
    if (limit && reading.max !== undefined) told.set(limit.name, reading.max);
    if (limit && reading.remaining !== undefined) {
      const points = pointsOf(limit);
      const used = (reading.max ?? points) - reading.remaining;
      const draw = { limit: limit.name, points, windowMs: limit.windowMs, cost: 0, slackMs: slack.ms() };
      store.setUsed(draw, used);
    }
    if (reading.pauseMs !== undefined) pause(reading.limit ?? ALL_CALLS, reading.pauseMs);
  }

  return {
    ask: async ({ operation, priority, deadlineMs }) => {
      const draws = drawsOf(operation);
      const leftMs = Math.max(0, deadlineMs - Date.now());
      const isSync = priority === 'sync';
      const turn = await store.take(draws, { maxWaitMs: leftMs, isSync, syncShare });
      look(draws, turn.used);
      if (turn.isTaken && turn.waitMs <= 0) return { kind: 'go', turn };
      const isTooFar = turn.waitMs > leftMs || (!isSync && turn.heldBy?.isPause && turn.waitMs > pausePatienceMs);
      if (isTooFar) return refuse(turn);
      return { kind: 'wait', waitMs: turn.waitMs, isHeld: turn.isTaken, turn, slackMs: draws[0]!.slackMs };
    },
    holds: ({ slackMs }, operation) => {
      const isPaused = drawsOf(operation).some(({ limit }) => (pausedUntil.get(limit) ?? 0) > Date.now());
      return !isPaused && slack.ms() <= slackMs;
    },
    begin: slack.begin,
    end: slack.end,
    learn: (answer) => {
      const readings = readLimits(answer);
      readings.forEach(heed);
      if (answer.status !== 429) {
        complaints.forgive();
        return null;
      }
      const pauses = readings.flatMap(({ pauseMs }) => (pauseMs === undefined ? [] : [pauseMs]));
      if (pauses.length > 0) return Math.max(...pauses);
      const pauseMs = complaints.complain(usedLately, retryAfterMs(answer.headers['retry-after']));
      pause(ALL_CALLS, pauseMs);
      return pauseMs;
    },
    state: () => {
      const now = Date.now();
      const states = [...seen.values()].map(({ draw, used, resetsAtMs }) => {
        const remaining = now >= resetsAtMs ? draw.points : Math.max(0, draw.points - used);
        return { limit: draw.points, remaining, resetsAt: new Date(resetsAtMs).toISOString() };
      });
      return states.sort((a, b) => a.remaining / a.limit - b.remaining / b.limit)[0] ?? null;
    },
  };
}

function refuse(turn: Turn): Refusal {
  turn.giveBack();
  return refusalOf(turn);
}

/** What made a turn too late. */
export function refusalOf({ heldBy, waitMs }: Turn): Refusal {
  const { limit, isPause } = heldBy ?? { limit: ALL_CALLS, isPause: false };
  // Only a vendor's complaint limits all calls.
  return { kind: 'refused', retryAfterMs: Math.ceil(waitMs), limit, isPause: isPause || limit === ALL_CALLS };
}
