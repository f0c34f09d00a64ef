import type { Flap } from '../../test/setup/faults/fault.ts';
import type { HttpFault } from '../../test/setup/faults/http-proxy.ts';

/** What may be wrong on the line to a vendor; "expired" is its certificate. */
export type Trouble = HttpFault | Flap<HttpFault> | 'expired';

const MB = 1_000_000;

export const TROUBLES: Readonly<Record<string, Trouble>> = {
  /** How far chance alone takes the figures. */
  none: { mode: 'pass' },
  dead: { mode: 'dead' },
  slower: { mode: 'slower', times: 10 },
  flapping: { mode: 'flap', share: 0.5, fault: { mode: 'dead' } },
  html: { mode: 'html' },
  truncated: { mode: 'truncated' },
  '200MB': { mode: 'huge', bytes: 200 * MB },
  bomb: { mode: 'gzip-bomb', bytes: 200 * MB },
  drip: { mode: 'drip', bytesPerSecond: 1 },
  hang: { mode: 'hang' },
  expired: 'expired',
  storm429: { mode: 'too-many', retryAfterS: null },
};
