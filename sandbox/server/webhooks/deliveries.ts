/** Deliveries under way, so that one can wait for them and end them. */
export interface Deliveries {
  readonly closing: AbortSignal;
  /** Runs in the background; what it throws is the receiver's trouble and is logged by `onFailure`. */
  run(deliver: () => Promise<void>): void;
  /** Resolves when nothing is under way. */
  idle(): Promise<void>;
  close(): Promise<void>;
}

export function createDeliveries(onFailure: (error: unknown) => void): Deliveries {
  const running = new Set<Promise<void>>();
  const closing = new AbortController();
  const idle = async () => {
    while (running.size > 0) await Promise.all(running);
  };
  return {
    closing: closing.signal,
    run: (deliver) => {
      const delivery = deliver()
        .catch((error: unknown) => {
          if (!closing.signal.aborted) onFailure(error);
        })
        .finally(() => running.delete(delivery));
      running.add(delivery);
    },
    idle,
    close: async () => {
      closing.abort();
      await idle();
    },
  };
}

export interface Post {
  url: string;
  headers: Record<string, string>;
  body: string;
  timeoutMs: number;
}

/** The receiver's status; 0 when it could not be reached in time. */
export async function post({ url, headers, body, timeoutMs }: Post, closing: AbortSignal): Promise<number> {
  try {
    const signal = AbortSignal.any([closing, AbortSignal.timeout(timeoutMs)]);
    const response = await fetch(url, { method: 'POST', headers, body, signal, redirect: 'manual' });
    await response.body?.cancel();
    return response.status;
  } catch (error) {
    if (closing.aborted) throw error;
    return 0;
  }
}

export function isSuccess(status: number): boolean {
  return status >= 200 && status < 300;
}
