/** Why nobody waits for a call any more. */
export const TOO_LATE = Symbol('the time is over');
const GONE = Symbol('the client is gone');

export interface Deadline {
  limitMs: number;
  /** Ends when the client is gone. */
  signal: AbortSignal;
  /** Called when it is given up. */
  onEnd(): void;
}

/** Waits for the call; rejects with TOO_LATE at its deadline and with GONE when the client goes, whatever the call does. */
export function waitWithin<T>(call: Promise<T>, { limitMs, signal, onEnd }: Deadline): Promise<T> {
  return new Promise((resolve, reject) => {
    const watchers = watchersOf(signal);
    const stop = () => {
      clearTimeout(timer);
      watchers.delete(onGone);
    };
    const giveUp = (why: symbol) => {
      stop();
      onEnd();
      reject(why);
    };
    const onGone = () => giveUp(GONE);
    const timer = setTimeout(giveUp, limitMs, TOO_LATE);
    watchers.add(onGone);
    call.then(
      (value) => {
        stop();
        resolve(value);
      },
      (error: unknown) => {
        stop();
        reject(error);
      },
    );
    if (signal.aborted) onGone();
  });
}

/** One listener for all calls of a request: each of a signal's own costs more than waiting does. */
const watchersBySignal = new WeakMap<AbortSignal, Set<() => void>>();

function watchersOf(signal: AbortSignal): Set<() => void> {
  const known = watchersBySignal.get(signal);
  if (known !== undefined) return known;
  const watchers = new Set<() => void>();
  watchersBySignal.set(signal, watchers);
  signal.addEventListener('abort', () => {
    for (const onGone of [...watchers]) onGone();
  });
  return watchers;
}
