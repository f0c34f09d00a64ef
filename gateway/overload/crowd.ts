/** Whether much more comes than can be let in: not a burst, which a line is for, but something that goes on. */
export interface Crowd {
  /** One has come, and was let in or not. */
  came(at: number, isRefused: boolean): void;
  isThere(): boolean;
}

const WINDOW_MS = 1000;
const REFUSED_SHARE = 0.5;
/** Then all may wait again for one window: callers who ask anew at once, over and over, may be all that is left of a crowd. */
const MOST_WINDOWS = 10;

/** Goes by the last whole second: whether more were refused in it than let in. */
export function createCrowd(): Crowd {
  let windowBeganAt = Number.NEGATIVE_INFINITY;
  let all = 0;
  let refused = 0;
  let crowdedWindows = 0;

  function turn(at: number): void {
    const sinceMs = at - windowBeganAt;
    if (sinceMs < WINDOW_MS) return;
    // After a silence the one before it says nothing about now.
    const isCrowded = sinceMs < 2 * WINDOW_MS && refused > all * REFUSED_SHARE;
    crowdedWindows = isCrowded && crowdedWindows < MOST_WINDOWS ? crowdedWindows + 1 : 0;
    windowBeganAt = at;
    all = 0;
    refused = 0;
  }

  return {
    came(at, isRefused) {
      turn(at);
      all += 1;
      if (isRefused) refused += 1;
    },
    isThere: () => crowdedWindows > 0,
  };
}
