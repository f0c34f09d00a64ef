import type { QueryPlan } from '@apollo/query-planner';
import type { DocumentNode } from 'graphql';
import type { FetchSpecs } from './fetch-specs.ts';
import { createPool } from './pool.ts';
import { createPlanningThread } from './thread.ts';
import type { PlanAnswer, PlanTask } from './worker.ts';

/** Validates and plans operations outside the event loop, under a deadline. */
export interface Planner {
  perform(task: PlanTask): Promise<PlanAnswer>;
  close(): Promise<void>;
}

export interface PlannerConfig {
  /** Stripped of what @apollo/query-planner refuses. */
  supergraphSdl: string;
  /** Longest time for one operation. */
  deadlineMs: number;
  /** Threads, default 1. */
  threads?: number;
}

export interface PlannedOperation {
  /** The one operation that was planned, with its fragments. Its response keys may not be the client's. */
  document: DocumentNode;
  /** Its response keys to the client's, where these differ. */
  clientKeys: ReadonlyMap<string, string>;
  plan: QueryPlan;
  specs: FetchSpecs;
}

/** More operations waiting means that somebody floods us with new ones. */
const MAX_WAITING = 200;
/** Longest wait, in deadlines: slow operations of others in front, each ending with a new thread. */
const MAX_WAIT_DEADLINES = 5;

/** Resolves when every thread has built its planner: a supergraph that cannot be planned for fails here. */
export async function createPlanner({ supergraphSdl, deadlineMs, threads = 1 }: PlannerConfig): Promise<Planner> {
  const all = Array.from({ length: threads }, () => createPlanningThread({ supergraphSdl, deadlineMs }));
  const close = async () => void (await Promise.all(all.map((thread) => thread.close())));
  try {
    await Promise.all(all.map((thread) => thread.ready()));
  } catch (error) {
    await close();
    throw error;
  }
  const pool = createPool(all, { maxWaiting: MAX_WAITING, maxWaitMs: MAX_WAIT_DEADLINES * deadlineMs });
  return { close, perform: (task) => pool.use((thread) => thread.perform(task)) };
}
