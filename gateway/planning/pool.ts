import { CodedError } from '../../common/errors.ts';

/** Lends each of a few things to one borrower at a time. */
export interface Pool<T> {
  use<R>(work: (item: T) => Promise<R>): Promise<R>;
}

export interface PoolLimits {
  /** Borrowers that may wait. */
  maxWaiting: number;
  /** Longest wait. */
  maxWaitMs: number;
}

/** Throws OVERLOADED to who would wait too long. */
export function createPool<T>(items: readonly T[], { maxWaiting, maxWaitMs }: PoolLimits): Pool<T> {
  const idle = [...items];
  const waiting = new Set<(item: T) => void>();

  async function take(): Promise<T> {
    const item = idle.pop();
    if (item !== undefined) return item;
    if (waiting.size >= maxWaiting) throw overloaded();
    return new Promise((resolve, reject) => {
      const give = (given: T) => {
        clearTimeout(timer);
        resolve(given);
      };
      const timer = setTimeout(() => {
        waiting.delete(give);
        reject(overloaded());
      }, maxWaitMs);
      waiting.add(give);
    });
  }

  function giveBack(item: T): void {
    const [next] = waiting;
    if (next === undefined) {
      idle.push(item);
      return;
    }
    waiting.delete(next);
    next(item);
  }

  return {
    async use(work) {
      const item = await take();
      try {
        return await work(item);
      } finally {
        giveBack(item);
      }
    },
  };
}

function overloaded(): CodedError {
  return new CodedError('OVERLOADED', 'Too many new operations at once; try again');
}
