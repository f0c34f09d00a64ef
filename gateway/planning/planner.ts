import type { QueryPlan } from '@apollo/query-planner';
import { CodedError } from '../../common/errors.ts';
import type { FetchSpecs } from './fetch-specs.ts';
import { createPlanningThread, type PlanningThread } from './thread.ts';
import type { PlanAnswer, PlanTask } from './worker.ts';

/** Validates and plans operations outside the event loop, under a deadline. */
export interface Planner {
  plan(task: PlanTask): Promise<PlanAnswer>;
  close(): Promise<void>;
}

export interface PlannerConfig {
  /** Stripped of what @apollo/query-planner refuses. */
  supergraphSdl: string;
  /** Threads, default 1. */
  threads?: number;
  /** Longest time for one operation, default 1000. */
  deadlineMs?: number;
}

export interface PlannedOperation {
  plan: QueryPlan;
  specs: FetchSpecs;
}

/** Operations that may wait for a thread. More means that somebody floods us with new operations. */
const MAX_WAITING = 200;

/** Resolves when every thread has built its planner: a supergraph that cannot be planned for fails here. */
export async function createPlanner({
  supergraphSdl,
  threads = 1,
  deadlineMs = 1000,
}: PlannerConfig): Promise<Planner> {
  const all = Array.from({ length: threads }, () => createPlanningThread({ supergraphSdl, deadlineMs }));
  const close = async () => void (await Promise.all(all.map((thread) => thread.close())));
  try {
    await Promise.all(all.map((thread) => thread.ready()));
  } catch (error) {
    await close();
    throw error;
  }
  const pool = createPool(all);
  return {
    close,
    plan: async (task) => {
      const thread = await pool.take();
      try {
        return await thread.plan(task);
      } finally {
        pool.giveBack(thread);
      }
    },
  };
}

function createPool(threads: readonly PlanningThread[]) {
  const idle = [...threads];
  const waiting: ((thread: PlanningThread) => void)[] = [];
  return {
    take(): PlanningThread | Promise<PlanningThread> {
      const thread = idle.pop();
      if (thread !== undefined) return thread;
      if (waiting.length >= MAX_WAITING)
        throw new CodedError('OVERLOADED', 'Too many new operations at once; try again');
      return new Promise((resolve) => waiting.push(resolve));
    },
    giveBack(thread: PlanningThread): void {
      const next = waiting.shift();
      if (next === undefined) idle.push(thread);
      else next(thread);
    },
  };
}
