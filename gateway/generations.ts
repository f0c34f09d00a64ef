import type { Generation } from './generation.ts';

/** The generation that serves new requests, and the earlier ones that still have requests under way. */
export interface Generations {
  /** Runs the work on the current generation, which stays open until the work ends. */
  use<T>(work: (generation: Generation) => Promise<T>): Promise<T>;
  /** New requests begin on `next`; the one before closes with its last request. */
  replace(next: Generation): void;
  /** Waits for requests under way. */
  close(): Promise<void>;
}

interface Held {
  generation: Generation;
  users: number;
  isRetired: boolean;
}

export function createGenerations(first: Generation, onCloseFailed: (error: unknown) => void): Generations {
  let current: Held = { generation: first, users: 0, isRetired: false };
  const open = new Set<Held>([current]);
  const allClosed = Promise.withResolvers<void>();

  async function closeIfIdle(held: Held): Promise<void> {
    if (!held.isRetired || held.users > 0) return;
    await held.generation.close().catch(onCloseFailed);
    open.delete(held);
    if (open.size === 0) allClosed.resolve();
  }

  function retire(held: Held): void {
    held.isRetired = true;
    void closeIfIdle(held);
  }

  return {
    async use(work) {
      const held = current;
      held.users += 1;
      try {
        return await work(held.generation);
      } finally {
        held.users -= 1;
        void closeIfIdle(held);
      }
    },
    replace(next) {
      const before = current;
      current = { generation: next, users: 0, isRetired: false };
      open.add(current);
      retire(before);
    },
    async close() {
      retire(current);
      await allClosed.promise;
    },
  };
}
