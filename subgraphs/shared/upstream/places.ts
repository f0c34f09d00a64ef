import { type CallContext, type Priority, priorityOf } from './context.ts';

export interface Places {
  /** Waits for a free place, runs, and gives the place back. A signal that ends first ends the waiting. */
  run<T>(task: () => Promise<T>, signal: AbortSignal, context: CallContext): Promise<T>;
}

/**
 * How many calls a source gets at once, and of these how many for work in the background, which waits behind everybody
 * else. Our own, because cockatiel's bulkhead (4.0) knows no priorities and tells a call that is cancelled while it
 * queues only when its turn comes, and p-limit keeps cancelled calls in the queue.
 */
export function createPlaces(limit: number, syncShare: number): Places {
  const waiting = { interactive: new Set<() => void>(), sync: new Set<() => void>() };
  const mostSync = Math.max(1, Math.floor(limit * syncShare));
  const taken = { interactive: 0, sync: 0 };

  const isFree = (priority: Priority) =>
    taken.interactive + taken.sync < limit && (priority === 'interactive' || taken.sync < mostSync);

  /** Answers as what the place was taken. */
  async function take(signal: AbortSignal, context: CallContext): Promise<Priority> {
    signal.throwIfAborted();
    let priority = priorityOf(context);
    if (isFree(priority)) {
      taken[priority] += 1;
      return priority;
    }
    const { hurry } = context;
    await new Promise<void>((resolve, reject) => {
      const leave = () => {
        signal.removeEventListener('abort', stop);
        hurry?.removeEventListener('abort', change);
        waiting[priority].delete(start);
      };
      const stop = () => {
        leave();
        reject(signal.reason);
      };
      const start = () => {
        leave();
        taken[priority] += 1;
        resolve();
      };
      const change = () => {
        waiting[priority].delete(start);
        priority = 'interactive';
        waiting[priority].add(start);
        startNext();
      };
      signal.addEventListener('abort', stop, { once: true });
      if (priority === 'sync') hurry?.addEventListener('abort', change, { once: true });
      waiting[priority].add(start);
    });
    return priority;
  }

  function startNext(): void {
    const priority = (['interactive', 'sync'] as const).find((one) => waiting[one].size > 0 && isFree(one));
    if (priority === undefined) return;
    const [next] = waiting[priority];
    next?.();
  }

  return {
    run: async (task, signal, context) => {
      const priority = await take(signal, context);
      try {
        return await task();
      } finally {
        taken[priority] -= 1;
        startNext();
      }
    },
  };
}
