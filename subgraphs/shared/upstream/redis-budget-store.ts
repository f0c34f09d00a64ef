import { randomUUID } from 'node:crypto';
import type { BudgetLink } from './budget-link.ts';
import { budgetScripts } from './budget-script.ts';
import type { BudgetStore, TakeOptions, Turn } from './budget-store.ts';
import { type Draw, resetsAt, syncPoints, windowOf } from './limits.ts';
import { createMemoryBudgetStore } from './memory-budget-store.ts';

/** How many replicas there are taken to be while Redis has never said it. */
const UNKNOWN_REPLICAS = 4;

/**
 * The limits as all replicas see them. While Redis is away this process keeps to its own share of them; what it took
 * before counts in that, and the share still holds for one window after Redis is back, which may have forgotten all.
 */
export function createRedisBudgetStore(link: BudgetLink, key: string): BudgetStore {
  const memory = createMemoryBudgetStore();
  const replica = randomUUID();
  let replicas = UNKNOWN_REPLICAS;
  let carefulUntil = 0;
  /** What all replicas had used, by Redis's last word. */
  const known = new Map<string, { used: number; at: number }>();
  // The braces make it one slot of a Redis Cluster.
  const keyOf = (limit: string) => `jeden:upstream:{${key}}:${limit}`;

  const takeShare = (draws: readonly Draw[], options: TakeOptions) => {
    const share = draws.map((draw) => ({ ...draw, points: Math.max(1, Math.floor(draw.points / replicas)) }));
    return memory.take(share, options);
  };

  /** What is left is shared, not what there was: a replica that has used little may not use now what others have used. */
  function shareWhatIsLeft(draws: readonly Draw[]): void {
    for (const draw of draws) {
      const word = known.get(draw.limit);
      if (word && Date.now() < resetsAt(draw, word.at)) memory.setUsed(draw, Math.ceil(word.used / replicas));
      known.delete(draw.limit);
    }
  }

  async function takeShared(draws: readonly Draw[], options: TakeOptions, own: Turn | null): Promise<Turn | null> {
    const { maxWaitMs, isSync, syncShare } = options;
    const keys = [...draws.map(({ limit }) => keyOf(limit)), keyOf('replicas')];
    const values = draws.flatMap((draw) => {
      const { bucketMs, keptMs } = windowOf(draw);
      return [draw.points, syncPoints(draw.points, syncShare), draw.cost, bucketMs, keptMs];
    });
    const reply = await link.run(budgetScripts.take, keys, [
      replica,
      Math.max(0, Math.floor(maxWaitMs)),
      isSync ? 1 : 0,
      own?.waitMs ?? 0,
      ...values,
    ]);
    if (!isNumbers(reply, 5 + draws.length)) return null;
    // Cast: it has five numbers and one for each limit.
    const [taken, waitMs, heldBy, turnAt, count, ...used] = reply as [number, number, number, number, number];
    // A Redis that has just come back has not heard of all of them yet.
    replicas = Date.now() < carefulUntil ? Math.max(replicas, count) : count;
    draws.forEach(({ limit }, index) => {
      known.set(limit, { used: used[index] ?? 0, at: Date.now() });
    });
    const giveBack = () => {
      const back = draws.flatMap((draw) => [-draw.cost, windowOf(draw).bucketMs]);
      const limits = draws.map(({ limit }) => keyOf(limit));
      void link.run(budgetScripts.add, limits, [turnAt, isSync ? 1 : 0, ...back]);
    };
    const limit = heldBy === 0 ? null : draws[Math.abs(heldBy) - 1]!.limit;
    return {
      isTaken: taken === 1,
      // By the clock of this process: Redis has its own.
      atMs: Date.now() + waitMs,
      waitMs,
      heldBy: limit === null ? null : { limit, isPause: heldBy < 0 },
      used,
      giveBack: taken === 1 ? giveBack : () => {},
    };
  }

  return {
    take: async (draws, options) => {
      const own = Date.now() < carefulUntil ? await takeShare(draws, options) : null;
      if (own && !own.isTaken) return own;
      const shared = await takeShared(draws, options, own);
      if (shared === null) {
        shareWhatIsLeft(draws);
        const turn = own ?? (await takeShare(draws, options));
        carefulUntil = Math.max(carefulUntil, Date.now() + turn.waitMs + longestWindowMs(draws));
        return turn;
      }
      if (own === null) {
        if (shared.isTaken) memory.note(draws, { waitMs: shared.waitMs, isSync: options.isSync });
        return shared;
      }
      return both(own, shared);
    },
    setUsed: (draw, used) => {
      memory.setUsed(draw, Math.floor(used / replicas));
      const { bucketMs, keptMs } = windowOf(draw);
      const values = [used, bucketMs, keptMs, draw.windowMs === null ? 1 : 0];
      void link.run(budgetScripts.setUsed, [keyOf(draw.limit)], values);
    },
    pause: (limit, ms) => {
      memory.pause(limit, ms);
      void link.run(budgetScripts.pause, [keyOf(limit)], [Math.ceil(ms)]);
    },
  };
}

/** Taken twice: from the own share and from what all have, which waits at least as long. */
function both(own: Turn, shared: Turn): Turn {
  if (!shared.isTaken) own.giveBack();
  const giveBack = () => {
    own.giveBack();
    shared.giveBack();
  };
  return { ...shared, heldBy: shared.heldBy ?? own.heldBy, giveBack: shared.isTaken ? giveBack : () => {} };
}

/** Null is an outage, and anything else garbage. */
function isNumbers(reply: unknown, count: number): reply is number[] {
  return Array.isArray(reply) && reply.length === count && reply.every(Number.isSafeInteger);
}

function longestWindowMs(draws: readonly Draw[]): number {
  return Math.max(
    ...draws.map((draw) => windowOf(draw).keptMs + (draw.windowMs === null ? 0 : windowOf(draw).bucketMs)),
  );
}
