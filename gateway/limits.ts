import type { OperationLimits } from './execution/limit-operation.ts';

/** What one request may cost. */
export interface GatewayLimits extends OperationLimits {
  /** Largest body of a request, default 1 MB. */
  maxBodyBytes: number;
  /** Longest time to plan one operation, default 3000: the first ones take a cold thread on a busy machine a second. */
  planningTimeoutMs: number;
  /** Longest time for one call to a subgraph, default 25000: two calls to a vendor fit, whose own errors say more. */
  subgraphTimeoutMs: number;
  /** How much older than a request a call to a subgraph may be that it shares with others, default 10; 0 for none. */
  shareCallsMs: number;
  /** Longest time for a request's calls together, default 30000. */
  requestTimeoutMs: number;
}

export const DEFAULT_LIMITS: GatewayLimits = {
  maxBodyBytes: 1024 * 1024,
  maxTokens: 10_000,
  maxDepth: 30,
  maxFields: 5000,
  maxAliases: 500,
  maxRootFields: 100,
  maxDirectives: 500,
  maxListSize: 1000,
  maxCost: 50_000,
  planningTimeoutMs: 3000,
  subgraphTimeoutMs: 25_000,
  shareCallsMs: 10,
  requestTimeoutMs: 30_000,
};
