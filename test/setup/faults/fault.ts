/** How a connection or, over HTTP, a request is treated that passes a fault proxy. */
export type LineFault =
  | { mode: 'pass' }
  /** Connections are reset unanswered. */
  | { mode: 'dead' }
  /** Connections are taken, and nothing passes. */
  | { mode: 'hang' }
  /** Every answer comes so much later. */
  | { mode: 'delay'; ms: number }
  /** Every answer takes so many times as long as the target's own. */
  | { mode: 'slower'; times: number }
  /** Answers arrive so many bytes a second. */
  | { mode: 'drip'; bytesPerSecond: number }
  /** Answers are random bytes. */
  | { mode: 'garbage' };

/** The same over bare TCP. */
export type TcpFault =
  | LineFault
  /** Only the first half of an answer arrives, and the connection stays. */
  | { mode: 'half' }
  /** Only the first half of an answer arrives, and the connection is reset. */
  | { mode: 'cut' };

/** A share of connections or requests, 0 to 1, has the fault and the others pass. */
export interface Flap<Fault> {
  mode: 'flap';
  share: number;
  fault: Fault;
}

/** What went through a proxy since it began, or since `resetCounts`. */
export interface Counts {
  /** Connections that clients opened. */
  connections: number;
  /** Requests that came, however they were answered; over TCP the connections again. */
  arrived: number;
  /** Of these, those that reached the target. */
  passed: number;
}

/** The fault of each next one. Spread evenly rather than by chance, so that every run is the same. */
export function createFaults<Fault extends { mode: string }>(pass: Fault) {
  let current: Fault | Flap<Fault> = pass;
  let due = 0;
  return {
    set: (fault: Fault | Flap<Fault>) => {
      current = fault;
      due = 0;
    },
    next: (): Fault => {
      if (!isFlap(current)) return current;
      due += current.share;
      if (due < 1) return pass;
      due -= 1;
      return current.fault;
    },
  };
}

function isFlap<Fault extends { mode: string }>(fault: Fault | Flap<Fault>): fault is Flap<Fault> {
  return fault.mode === 'flap';
}

/** The address of the proxy in place of the target's, all else the same. */
export function throughPort(target: string, port: number): string {
  const url = new URL(target);
  url.host = `127.0.0.1:${port}`;
  return url.href.replace(/\/$/, '');
}
