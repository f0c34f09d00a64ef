import type { AdaptiveLimit } from './adaptive-limit.ts';
import { createCrowd } from './crowd.ts';
import { createLine } from './line.ts';

/** Decides when an operation begins, and whether it does at all. */
export interface Gate {
  /** Whether one that comes now would have to wait too long; it is counted as refused. */
  refuses(): boolean;
  /**
   * `begin` is called when its turn comes, mostly before this returns. What is returned must be called when the operation
   * has ended or its caller is gone.
   */
  enter(begin: () => void): () => void;
  state(): GateState;
}

export interface GateState {
  underWay: number;
  waiting: number;
  refused: number;
}

export interface GateOptions {
  limit: AdaptiveLimit;
  /** Longest time for which an operation may expect to wait; a thirtieth of it while most are refused. */
  waitMs: number;
  now?: () => number;
}

interface Entry {
  begin: () => void;
  /** Null while it waits. */
  beganAt: number | null;
  /** Null for one that did not have to wait. */
  leaveLine: (() => boolean) | null;
}

/** So many may always wait: a pause of the process, as for a garbage collection, is no overload. */
const ALWAYS_WAITING = 16;
/**
 * Longer than this between two looks the process itself stood still, as on a machine that is busy with other things: what
 * arrived meanwhile comes all at once, and is no sign of how fast operations get in.
 */
const LONGEST_LOOK_MS = 50;
/** So often what waits is looked at when nothing ends: meanwhile the limit may have grown. */
const LOOK_EVERY_MS = 20;
/**
 * So much of the longest wait is left when most are refused: enough that there is always somebody to let in. As many get in
 * whether they wait long or not; to wait makes them late, and what they hold outlives the collections of young objects.
 */
const WAIT_SHARE_IN_CROWD = 1 / 30;
/** How much one wait between two beginnings counts in the average. */
const WEIGHT = 0.05;

/**
 * Lets as many operations begin as the limit allows, and at most one in a turn of the event loop, so that the loop never
 * falls far behind and refusals stay fast. How many may wait follows from how fast those before them get in.
 */
export function createGate({ limit, waitMs, now = () => performance.now() }: GateOptions): Gate {
  const waiting = createLine<Entry>();
  const crowd = createCrowd();
  let underWay = 0;
  let refused = 0;
  let isTurnTaken = false;
  let isLookDue = false;
  let sinceBeganMs = 0;
  let lookedAt = now();
  let betweenMs = 1;

  function look(): void {
    const at = now();
    sinceBeganMs += Math.min(at - lookedAt, LONGEST_LOOK_MS);
    lookedAt = at;
  }

  function begin(entry: Entry): void {
    isTurnTaken = true;
    setImmediate(onTurn);
    underWay += 1;
    sinceBeganMs = 0;
    entry.beganAt = now();
    entry.begin();
  }

  function onTurn(): void {
    isTurnTaken = false;
    look();
    beginNext();
  }

  function beginNext(): void {
    const entry = waiting.first();
    if (isTurnTaken || entry === null) return;
    if (isLimitReached()) {
      lookLater();
      return;
    }
    entry.leaveLine?.();
    betweenMs += (sinceBeganMs - betweenMs) * WEIGHT;
    begin(entry);
  }

  function lookLater(): void {
    if (isLookDue) return;
    isLookDue = true;
    setTimeout(onLook, LOOK_EVERY_MS).unref();
  }

  function onLook(): void {
    isLookDue = false;
    look();
    beginNext();
  }

  function isLimitReached(): boolean {
    if (underWay < limit.current()) return false;
    limit.reached();
    return true;
  }

  function isFull(): boolean {
    if (waiting.size() < ALWAYS_WAITING) return false;
    const mostMs = crowd.isThere() ? waitMs * WAIT_SHARE_IN_CROWD : waitMs;
    return waiting.size() * betweenMs > mostMs || sinceBeganMs > mostMs;
  }

  function leave(entry: Entry): void {
    if (entry.leaveLine?.() || entry.beganAt === null) return;
    underWay -= 1;
    look();
    limit.ended(now() - entry.beganAt);
    beginNext();
  }

  return {
    refuses() {
      look();
      const isRefused = isFull();
      crowd.came(lookedAt, isRefused);
      if (isRefused) refused += 1;
      return isRefused;
    },
    enter(onBegin) {
      look();
      const entry: Entry = { begin: onBegin, beganAt: null, leaveLine: null };
      if (isTurnTaken || waiting.size() > 0 || isLimitReached()) {
        entry.leaveLine = waiting.join(entry);
        beginNext();
      } else begin(entry);
      return () => leave(entry);
    },
    state: () => ({ underWay, waiting: waiting.size(), refused }),
  };
}
