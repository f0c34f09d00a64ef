import type { BudgetStore, TakeOptions, Turn } from './budget-store.ts';
import { type Draw, type LimitWindow, syncPoints, windowOf } from './limits.ts';

/** Points by the number of their bucket. Buckets of the future hold turns that were promised. */
type Buckets = Map<number, number>;

interface Ledger {
  pausedUntil: number;
  all: Buckets;
  sync: Buckets;
}

export interface MemoryBudgetStore extends BudgetStore {
  /** Notes what was granted elsewhere. */
  note(draws: readonly Draw[], taken: { waitMs: number; isSync: boolean }): void;
}

/** The limits as this process alone sees them. */
export function createMemoryBudgetStore(): MemoryBudgetStore {
  const ledgers = new Map<string, Ledger>();

  function ledgerOf(limit: string): Ledger {
    const known = ledgers.get(limit);
    if (known) return known;
    const fresh = { pausedUntil: 0, all: new Map(), sync: new Map() };
    ledgers.set(limit, fresh);
    return fresh;
  }

  function add(draws: readonly Draw[], atMs: number, isSync: boolean, sign: 1 | -1): void {
    for (const draw of draws) {
      const bucket = Math.floor(atMs / windowOf(draw).bucketMs);
      const { all, sync } = ledgerOf(draw.limit);
      for (const buckets of isSync ? [all, sync] : [all]) {
        buckets.set(bucket, (buckets.get(bucket) ?? 0) + sign * draw.cost);
      }
    }
  }

  function take(draws: readonly Draw[], { maxWaitMs, isSync, syncShare }: TakeOptions): Turn {
    const now = Date.now();
    let turnAt = now;
    let heldBy: Turn['heldBy'] = null;
    const wait = (untilMs: number, limit: string, isPause: boolean) => {
      if (untilMs <= turnAt) return;
      turnAt = untilMs;
      heldBy = { limit, isPause };
    };
    for (const draw of draws) {
      const ledger = ledgerOf(draw.limit);
      const window = windowOf(draw);
      for (const buckets of [ledger.all, ledger.sync]) forget(buckets, window, now);
      wait(ledger.pausedUntil, draw.limit, true);
      wait(fitsAt(ledger.all, draw, draw.points, window), draw.limit, false);
      if (isSync) wait(fitsAt(ledger.sync, draw, syncPoints(draw.points, syncShare), window), draw.limit, false);
    }
    const isTaken = isSync ? turnAt === now : turnAt - now <= maxWaitMs;
    if (isTaken) add(draws, turnAt, isSync, 1);
    return {
      isTaken,
      atMs: turnAt,
      waitMs: turnAt - now,
      heldBy,
      used: draws.map(({ limit }) => total(ledgerOf(limit).all)),
      giveBack: () => {
        if (isTaken) add(draws, turnAt, isSync, -1);
      },
    };
  }

  return {
    take: async (draws, options) => take(draws, options),
    note: (draws, { waitMs, isSync }) => {
      const now = Date.now();
      for (const draw of draws) {
        const { all, sync } = ledgerOf(draw.limit);
        for (const buckets of [all, sync]) forget(buckets, windowOf(draw), now);
      }
      add(draws, now + waitMs, isSync, 1);
    },
    setUsed: (draw, used) => {
      const { all } = ledgerOf(draw.limit);
      const now = Date.now();
      forget(all, windowOf(draw), now);
      const missing = used - total(all);
      if (missing > 0 || draw.windowMs === null) add([{ ...draw, cost: missing }], now, false, 1);
    },
    pause: (limit, ms) => {
      const ledger = ledgerOf(limit);
      ledger.pausedUntil = Math.max(ledger.pausedUntil, Date.now() + ms);
    },
  };
}

function freedAt(bucket: number, { bucketMs, keptMs }: LimitWindow): number {
  return (bucket + 1) * bucketMs + keptMs;
}

function forget(buckets: Buckets, window: LimitWindow, now: number): void {
  for (const bucket of buckets.keys()) if (freedAt(bucket, window) <= now) buckets.delete(bucket);
}

function total(buckets: Buckets): number {
  let sum = 0;
  for (const points of buckets.values()) sum += points;
  return sum;
}

/** When enough has been forgotten. A call that costs more than the limit goes when nothing else does. */
function fitsAt(buckets: Buckets, { cost }: Draw, points: number, window: LimitWindow): number {
  let used = total(buckets);
  let atMs = 0;
  if (used + cost <= points) return atMs;
  for (const bucket of [...buckets.keys()].sort((a, b) => a - b)) {
    used -= buckets.get(bucket)!;
    atMs = freedAt(bucket, window);
    if (used + cost <= points) break;
  }
  return atMs;
}
