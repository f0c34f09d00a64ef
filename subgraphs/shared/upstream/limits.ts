/** One of a vendor's limits, as its documentation or the operator states it. */
export interface UpstreamLimit {
  /** What errors and metrics call it: "calls", "searches", "day". */
  name: string;
  points: number;
  /** Length of a rolling window; null: the day, which begins at midnight UTC. */
  windowMs: number | null;
  /** What a call takes from it; 0 where this limit does not count the call. Default 1. */
  costOf?(operation: string): number;
  /** The documented default, not the operator's word: what the vendor tells later counts, also when it is more. */
  isDefault?: boolean;
}

/** For a vendor that documents no limit: what the operator says, if anything. */
export function secondly(callsPerSecond: number | null): UpstreamLimit[] {
  return callsPerSecond === null ? [] : [{ name: 'calls', points: callsPerSecond, windowMs: 1000 }];
}

/** What one answer tells of a limit. */
export interface LimitReading {
  /** The limit's name; absent: of no limit that we know, so of all calls. */
  limit?: string;
  max?: number;
  remaining?: number;
  /** No call of this kind before so many milliseconds have passed. */
  pauseMs?: number;
}

/** What `readLimits` sees of an answer. */
export interface LimitedAnswer {
  status: number;
  headers: Readonly<Record<string, string>>;
  /** Parsed, of a 429 only; null when it is not JSON. */
  body: unknown;
}

/** What a call takes from one limit. */
export interface Draw {
  limit: string;
  points: number;
  windowMs: number | null;
  cost: number;
  /** How much later than at its turn a call may arrive. */
  slackMs: number;
}

/** How a limit's calls are counted: in buckets, each of which is forgotten as a whole. */
export interface LimitWindow {
  bucketMs: number;
  /** How long a bucket counts after its end. */
  keptMs: number;
}

const DAY_MS = 86_400_000;
const BUCKETS = 20;

const LONGEST_SLACK_MS = 2000;

/** Longer than the vendor's own window by the slack. A day is one bucket. */
export function windowOf({ windowMs, slackMs }: Pick<Draw, 'windowMs' | 'slackMs'>): LimitWindow {
  if (windowMs === null) return { bucketMs: DAY_MS, keptMs: 0 };
  const slack = Math.ceil(Math.min(slackMs, windowMs, LONGEST_SLACK_MS));
  return { bucketMs: Math.ceil(windowMs / BUCKETS), keptMs: windowMs + slack };
}

/** Work in the background may use this much of a limit; one call always fits. */
export function syncPoints(points: number, share: number): number {
  return Math.max(1, Math.floor(points * share));
}

/** When all that is taken from it now is there again, in epoch milliseconds. */
export function resetsAt(draw: Draw, now: number): number {
  const { bucketMs, keptMs } = windowOf(draw);
  return draw.windowMs === null ? (Math.floor(now / bucketMs) + 1) * bucketMs : now + keptMs;
}
