/** What is left to do about a vendor that refuses calls without naming a limit that we know. */
export interface Complaints {
  /** Answers for how long no call may go. `callsLately` went in the last second; `askedMs` is what the vendor asked for. */
  complain(callsLately: number, askedMs: number | null): number;
  /** An answer that was no refusal. */
  forgive(): void;
  /** As many calls a second as are tried now; null: as many as come. */
  perSecond(): number | null;
}

const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 10_000;
/** Calls that were under way together are refused together: that is one complaint. */
const ONE_COMPLAINT_MS = 1_000;
const FIRST_PER_SECOND = 5;
const LEAST_PER_SECOND = 2;
/** So long without a complaint, and twice as many are tried. */
const DOUBLED_AFTER_MS = 5_000;
/** So long after the last complaint calls go as fast as they come again. */
const FORGOTTEN_AFTER_MS = 60_000;

/**
 * A pause, longer with each refusal in a row, and then half as many calls a second as before, soon more. Without the
 * second, fifty calls that are refused together would be refused together again.
 */
export function createComplaints(): Complaints {
  let inRow = 0;
  let rate: number | null = null;
  let complainedAt = Number.NEGATIVE_INFINITY;
  let pausedUntil = 0;

  function perSecond(): number | null {
    const quietMs = Date.now() - complainedAt;
    if (rate === null || quietMs > FORGOTTEN_AFTER_MS) return null;
    return rate * 2 ** Math.floor(quietMs / DOUBLED_AFTER_MS);
  }

  return {
    complain: (callsLately, askedMs) => {
      const now = Date.now();
      const isNew = now - complainedAt > ONE_COMPLAINT_MS && now >= pausedUntil;
      if (isNew) {
        const tried = perSecond();
        rate =
          tried === null
            ? Math.max(FIRST_PER_SECOND, Math.floor(callsLately / 2))
            : Math.max(LEAST_PER_SECOND, Math.floor(tried / 2));
        pausedUntil = now + Math.min(FIRST_PAUSE_MS * 2 ** inRow, LONGEST_PAUSE_MS);
        inRow += 1;
        complainedAt = now;
      }
      if (askedMs !== null) pausedUntil = isNew ? now + askedMs : Math.max(pausedUntil, now + askedMs);
      return Math.max(0, pausedUntil - now);
    },
    forgive: () => {
      inRow = 0;
    },
    perSecond,
  };
}
