import type { Turn } from './budget-store.ts';

/** How much later than at their turns calls may arrive. */
export interface Slack {
  begin(turn: Turn): void;
  /** The call is over: the vendor has counted it by now, and not later. */
  end(turn: Turn): void;
  ms(): number;
}

const REMEMBERED = 20;
/** Until some calls have been made: the first ones set up their connections. */
const FIRST_MS = 500;
const LEAST_MS = 100;

/**
 * Counted from their turns alone, calls that arrive late, after a stall of this process or on a slow line, would share the
 * vendor's window with the next ones and have these refused. So a call counts as long as the slowest of the latest took,
 * or has taken until now.
 */
export function createSlack(): Slack {
  const latest: number[] = [];
  const underWay = new Set<Turn>();
  return {
    begin: (turn) => void underWay.add(turn),
    end: (turn) => {
      underWay.delete(turn);
      latest.push(Date.now() - turn.atMs);
      if (latest.length > REMEMBERED) latest.shift();
    },
    ms: () => {
      const now = Date.now();
      const least = latest.length < REMEMBERED ? FIRST_MS : LEAST_MS;
      return Math.max(least, ...latest, ...[...underWay].map(({ atMs }) => now - atMs));
    },
  };
}
