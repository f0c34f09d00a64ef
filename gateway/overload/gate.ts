import type { AdaptiveLimit } from './adaptive-limit.ts';

/** Decides when an operation begins, and whether it does at all. */
export interface Gate {
  /**
   * Null: refused. Otherwise `begin` is called when its turn comes, mostly before this returns, and what is returned must be
   * called when the operation has ended or its caller is gone.
   */
  enter(begin: () => void): (() => void) | null;
  state(): GateState;
}

export interface GateState {
  underWay: number;
  waiting: number;
  refused: number;
}

export interface GateOptions {
  limit: AdaptiveLimit;
  /** Longest time for which an operation may expect to wait. */
  waitMs: number;
  now?: () => number;
}

interface Entry {
  begin: () => void;
  /** Null while it waits. */
  beganAt: number | null;
}

/** So many may always wait: a pause of the process, as for a garbage collection, is no overload. */
const ALWAYS_WAITING = 16;
/** How much one wait between two beginnings counts in the average. */
const WEIGHT = 0.05;

/**
 * Lets as many operations begin as the limit allows, and at most one in a turn of the event loop, so that the loop never
 * falls far behind and refusals stay fast. How many may wait follows from how fast those before them get in.
 */
export function createGate({ limit, waitMs, now = () => performance.now() }: GateOptions): Gate {
  const waiting = new Set<Entry>();
  let underWay = 0;
  let refused = 0;
  let isTurnTaken = false;
  let beganAt = 0;
  let betweenMs = 1;

  function begin(entry: Entry): void {
    isTurnTaken = true;
    setImmediate(onTurn);
    underWay += 1;
    beganAt = now();
    entry.beganAt = beganAt;
    entry.begin();
  }

  function onTurn(): void {
    isTurnTaken = false;
    beginNext();
  }

  function beginNext(): void {
    const [entry] = waiting;
    if (isTurnTaken || entry === undefined) return;
    if (isLimitReached()) return;
    waiting.delete(entry);
    betweenMs += (now() - beganAt - betweenMs) * WEIGHT;
    begin(entry);
  }

  function isLimitReached(): boolean {
    if (underWay < limit.current()) return false;
    limit.reached();
    return true;
  }

  function isFull(): boolean {
    if (waiting.size < ALWAYS_WAITING) return false;
    return waiting.size * betweenMs > waitMs || now() - beganAt > waitMs;
  }

  function leave(entry: Entry): void {
    if (waiting.delete(entry) || entry.beganAt === null) return;
    underWay -= 1;
    limit.ended(now() - entry.beganAt);
    beginNext();
  }

  return {
    enter(onBegin) {
      const entry: Entry = { begin: onBegin, beganAt: null };
      const mustWait = isTurnTaken || waiting.size > 0 || isLimitReached();
      if (mustWait && isFull()) {
        refused += 1;
        return null;
      }
      if (mustWait) waiting.add(entry);
      else begin(entry);
      return () => leave(entry);
    },
    state: () => ({ underWay, waiting: waiting.size, refused }),
  };
}
