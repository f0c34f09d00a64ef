import type { ExecutionResultBody } from '../../common/transport.ts';

type Data = Record<string, unknown>;

/** What a subgraph answered about one entity, or to one question for root fields. Nobody changes its data. */
export interface KeptAnswer {
  /** Null: there is no such entity. */
  data: Data | null;
  /** By Date.now(). */
  bornAtMs: number;
  expiresAtMs: number;
  /** It is for the one who asked alone. */
  isPrivate: boolean;
  /** What the answer's extensions say of it, apart from its age; null for nothing. */
  said: ExecutionResultBody['extensions'] | null;
}

export interface KeepOptions {
  /** What removes it. */
  tags: readonly string[];
  /** From `startFill`. */
  since: number;
}
