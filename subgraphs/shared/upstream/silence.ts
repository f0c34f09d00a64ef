/** Whether a source that did not answer a call in time has had its chance. */
export interface Silence {
  begin(): Exchange;
}

interface Exchange {
  /** Anything at all came. */
  answered(): void;
  end(): void;
  waitedMs(): number;
  /** Of one that got no answer: whether that speaks against the source. */
  isFault(): boolean;
}

const REMEMBERED = 20;
const TIMES = 2;

/**
 * A call whose time mostly went by while it waited for its place or turn gives the source little. Where nobody else has
 * had an answer either for as long as one call would be given, it still was enough if others were answered sooner lately:
 * when hanging calls take all places, none of those behind them would get more.
 */
export function createSilence(timeoutMs: number): Silence {
  const enoughMs = timeoutMs / 2;
  const latestMs: number[] = [];
  let underWay = 0;
  let since = 0;
  return {
    begin: () => {
      const beganAt = performance.now();
      if (underWay === 0) since = beganAt;
      underWay += 1;
      const waitedMs = () => performance.now() - beganAt;
      return {
        answered: () => {
          since = performance.now();
          latestMs.push(waitedMs());
          if (latestMs.length > REMEMBERED) latestMs.shift();
        },
        end: () => {
          underWay -= 1;
        },
        waitedMs,
        isFault: () => {
          const isSilent = performance.now() - since >= enoughMs;
          // One that has never answered needs no time of its own.
          return waitedMs() >= (isSilent ? Math.min(enoughMs, TIMES * Math.max(...latestMs)) : enoughMs);
        },
      };
    },
  };
}
