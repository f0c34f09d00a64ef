/** One at a time, in the order asked. */
export interface Turns {
  /** Waits for a turn, which lasts until what is returned is called. A signal that ends first ends the waiting. */
  take(signal: AbortSignal): Promise<() => void>;
}

export function createTurns(): Turns {
  const waiting = new Set<() => void>();
  let isTaken = false;
  const end = () => {
    const [next] = waiting;
    if (next) next();
    else isTaken = false;
  };
  return {
    take: async (signal) => {
      signal.throwIfAborted();
      if (!isTaken) {
        isTaken = true;
        return end;
      }
      await new Promise<void>((resolve, reject) => {
        const stop = () => {
          waiting.delete(start);
          reject(signal.reason);
        };
        const start = () => {
          signal.removeEventListener('abort', stop);
          waiting.delete(start);
          resolve();
        };
        signal.addEventListener('abort', stop, { once: true });
        waiting.add(start);
      });
      return end;
    },
  };
}
