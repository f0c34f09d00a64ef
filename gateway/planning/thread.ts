import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { CodedError } from '../../common/errors.ts';
import type { PlanAnswer, PlanTask } from './worker.ts';

/** One worker thread that plans one operation at a time and is replaced when it takes too long. */
export interface PlanningThread {
  ready(): Promise<void>;
  plan(task: PlanTask): Promise<PlanAnswer>;
  close(): Promise<void>;
}

/** What one thread may use: a planner that runs away ends its thread, not the process. */
const RESOURCE_LIMITS = { maxOldGenerationSizeMb: 512 };

export function createPlanningThread(config: { supergraphSdl: string; deadlineMs: number }): PlanningThread {
  let starting = start(config.supergraphSdl);

  async function plan(task: PlanTask): Promise<PlanAnswer> {
    const worker = await starting;
    const deadline = AbortSignal.timeout(config.deadlineMs);
    try {
      worker.postMessage(task);
      const [answer] = await once(worker, 'message', { signal: deadline });
      return answer as PlanAnswer;
    } catch (cause) {
      // Planning is one long synchronous call: only the end of its thread stops it.
      await worker.terminate();
      starting = start(config.supergraphSdl);
      if (!deadline.aborted) throw cause;
      const message = `The operation took longer than ${config.deadlineMs} ms to plan; ask for less at once`;
      throw new CodedError('OPERATION_TOO_LARGE', message, { cause });
    }
  }

  return {
    plan,
    ready: async () => void (await starting),
    close: async () => void (await (await starting.catch(() => null))?.terminate()),
  };
}

function start(supergraphSdl: string): Promise<Worker> {
  const worker = new Worker(new URL('./worker.ts', import.meta.url), {
    workerData: supergraphSdl,
    resourceLimits: RESOURCE_LIMITS,
  });
  worker.unref();
  const started = once(worker, 'message').then(() => worker);
  // Whoever plans next awaits `started` and sees its error; until then it is nobody's unhandled rejection.
  started.catch(() => undefined);
  return started;
}
