/** When operations are refused because there is more to do than time. */
export interface OverloadLimits {
  /** Longest time for which an operation may expect to wait for its turn, default 1000; a thirtieth of it while most are refused. */
  overloadWaitMs: number;
  /** Most operations under way at once, default 5000: each holds memory while it waits for a vendor. */
  maxOperations: number;
}

export const DEFAULT_OVERLOAD_LIMITS: OverloadLimits = { overloadWaitMs: 1000, maxOperations: 5000 };
