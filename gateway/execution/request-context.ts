import type { JsonValue } from '../../common/errors.ts';
import type { Logger } from '../../common/log.ts';

/** What belongs to one request of one client, on its whole way. */
export interface RequestContext {
  requestId: string;
  /** Ends when the client is gone. */
  signal: AbortSignal;
  /** By `performance.now()`. */
  deadlineAt: number;
  /** Headers that subgraphs get. */
  headers: Readonly<Record<string, string>>;
  log: Logger;
  /** What subgraphs said they cannot provide at all, without repetition. */
  notProvided: Map<string, JsonValue>;
  /** Sources of which subgraphs said that the answer may lack something, without repetition. */
  incomplete: Map<string, JsonValue>;
}
