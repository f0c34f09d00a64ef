export interface Places {
  /** Waits for a free place, runs, and gives the place back. A signal that ends first ends the waiting. */
  run<T>(task: () => Promise<T>, signal: AbortSignal): Promise<T>;
}

/**
 * How many calls a source gets at once. Our own, because cockatiel's bulkhead stalls when a call is cancelled while
 * it queues (its `dequeue` goes no further), and p-limit keeps cancelled calls in the queue.
 */
export function createPlaces(limit: number): Places {
  const waiting = new Set<() => void>();
  let free = limit;

  async function take(signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    if (free > 0) {
      free -= 1;
      return;
    }
    await new Promise<void>((resolve, reject) => {
      const stop = () => {
        waiting.delete(start);
        reject(signal.reason);
      };
      // The place goes from hand to hand: `free` does not change.
      const start = () => {
        signal.removeEventListener('abort', stop);
        resolve();
      };
      signal.addEventListener('abort', stop, { once: true });
      waiting.add(start);
    });
  }

  function giveBack(): void {
    const [next] = waiting;
    if (!next) {
      free += 1;
      return;
    }
    waiting.delete(next);
    next();
  }

  return {
    run: async (task, signal) => {
      await take(signal);
      try {
        return await task();
      } finally {
        giveBack();
      }
    },
  };
}
