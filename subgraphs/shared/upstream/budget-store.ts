import type { Draw } from './limits.ts';

export interface TakeOptions {
  /** A turn that comes later is not taken. */
  maxWaitMs: number;
  /** Work in the background takes what is free now, and never a turn before somebody who waits. */
  isSync: boolean;
  /** Of every limit, for work in the background. */
  syncShare: number;
}

/** When a call may go. */
export interface Turn {
  /** Whether its points are taken. */
  isTaken: boolean;
  /** When the turn is, in epoch milliseconds. */
  atMs: number;
  /** Until the turn; of one that was not taken, until it would have been. */
  waitMs: number;
  /** What makes it wait. */
  heldBy: { limit: string; isPause: boolean } | null;
  /** What is used of each limit, in the order of the draws. */
  used: readonly number[];
  /** For a turn that will not be used. */
  giveBack(): void;
}

/** Counts what was taken from the limits of one credential at one vendor. */
export interface BudgetStore {
  /** Takes from all limits or from none. Never fails. */
  take(draws: readonly Draw[], options: TakeOptions): Promise<Turn>;
  /** The vendor's own count, which also knows others that use the credential. */
  setUsed(draw: Draw, used: number): void;
  pause(limit: string, ms: number): void;
}
