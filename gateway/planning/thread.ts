import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { CodedError } from '../../common/errors.ts';
import type { PlanAnswer, PlanTask } from './worker.ts';

/** One worker thread that plans one operation at a time and is replaced when it takes too long. */
export interface PlanningThread {
  ready(): Promise<void>;
  perform(task: PlanTask): Promise<PlanAnswer>;
  close(): Promise<void>;
}

export interface PlanningThreadConfig {
  supergraphSdl: string;
  /** Longest time for one operation. */
  deadlineMs: number;
}

/** What one thread may use: a planner that runs away ends its thread, not the process. */
const RESOURCE_LIMITS = { maxOldGenerationSizeMb: 512 };

export function createPlanningThread({ supergraphSdl, deadlineMs }: PlanningThreadConfig): PlanningThread {
  let starting = start(supergraphSdl);
  let isClosed = false;

  function restart(): Promise<Worker> {
    starting = start(supergraphSdl);
    return starting;
  }

  async function perform(task: PlanTask): Promise<PlanAnswer> {
    const worker = await starting.catch(restart);
    const deadline = AbortSignal.timeout(deadlineMs);
    try {
      worker.postMessage(task);
      const [answer] = await once(worker, 'message', { signal: deadline });
      return answer as PlanAnswer;
    } catch (cause) {
      // Planning is one long synchronous call: only the end of its thread stops it.
      await worker.terminate();
      // Nobody would end what is started after closing.
      if (!isClosed) void restart();
      if (!deadline.aborted && !isOutOfMemory(cause)) throw cause;
      const message = `The operation cannot be planned within ${deadlineMs} ms; ask for less at once`;
      throw new CodedError('OPERATION_TOO_LARGE', message, { cause });
    }
  }

  return {
    perform,
    ready: async () => void (await starting),
    async close() {
      isClosed = true;
      const worker = await starting.catch(() => null);
      await worker?.terminate();
    },
  };
}

/** Resolves when the thread can plan. */
function start(supergraphSdl: string): Promise<Worker> {
  const worker = new Worker(new URL('./worker.ts', import.meta.url), {
    workerData: supergraphSdl,
    resourceLimits: RESOURCE_LIMITS,
  });
  worker.unref();
  // Whoever waits for an answer hears of it; while nobody does, it must not end the process.
  worker.on('error', () => undefined);
  const started = once(worker, 'message').then(() => worker);
  started.catch(() => undefined);
  return started;
}

function isOutOfMemory(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY';
}
