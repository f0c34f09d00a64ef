import type { Turn } from './budget-store.ts';

/** How much later than at their turns calls may have arrived. */
export interface Slack {
  /** Of a call that is over: the vendor has counted it by now, and not later. */
  note(turn: Turn): void;
  ms(): number;
}

const REMEMBERED = 20;
/** Until some calls have been made: the first ones set up their connections. */
const FIRST_MS = 500;
const LEAST_MS = 100;

/**
 * Counted from their turns alone, calls that arrive late, after a stall of this process or on a slow line, would share the
 * vendor's window with the next ones and have these refused. So a call counts as long as the slowest of the latest took.
 */
export function createSlack(): Slack {
  const latest: number[] = [];
  return {
    note: ({ atMs }) => {
      latest.push(Date.now() - atMs);
      if (latest.length > REMEMBERED) latest.shift();
    },
    ms: () => (latest.length < REMEMBERED ? Math.max(FIRST_MS, ...latest) : Math.max(LEAST_MS, ...latest)),
  };
}
