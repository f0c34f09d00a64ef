import type { JsonValue } from '../../common/errors.ts';
import type { RequestLog } from '../../common/log.ts';
import type { GatewayMetrics } from '../../common/metrics/gateway-metrics.ts';
import type { Span } from '../../common/tracing/span.ts';
import type { TouchedRecords } from '../audit/touched-records.ts';
import type { Purse } from '../budgets/purse.ts';
import type { AuthorizationErrorsPlace } from '../rights/place-authorization-errors.ts';
import type { Caller } from '../tokens/caller.ts';
import type { AnswerFreshness } from './answer-freshness.ts';

/** What belongs to one request of one client, on its whole way. */
export interface RequestContext {
  requestId: string;
  /** Ends when the client is gone. */
  signal: AbortSignal;
  /** By `performance.now()`. */
  deadlineAt: number;
  caller: Caller;
  /** Pays for the request from its caller's budget. */
  purse: Purse;
  /** Where the client wants to read what it was denied. */
  authorizationErrors: AuthorizationErrorsPlace;
  /** Headers that this subgraph gets: who asks, signed for it alone. */
  headersFor(subgraph: string): Promise<Readonly<Record<string, string>>>;
  /** Whether any subgraph gets headers of the client. */
  forwardsHeaders: boolean;
  /** Headers of the client that this subgraph gets too; null for none. */
  forwardedTo(subgraph: string): Readonly<Record<string, string>> | null;
  log: RequestLog;
  metrics: GatewayMetrics;
  /** The request as a step of a trace; null where nothing is traced. */
  span: Span | null;
  /** What subgraphs said they cannot provide at all, without repetition. */
  notProvided: Map<string, JsonValue>;
  /** Sources of which subgraphs said that the answer may lack something, without repetition. */
  incomplete: Map<string, JsonValue>;
  /** The records that the answer is made from: for the audit alone, clients never see them. */
  touched: TouchedRecords;
  /** How old the answer is, for its Cache-Control. */
  freshness: AnswerFreshness;
}
