import type { ExecutionResultBody } from '../../common/transport.ts';

type Data = Record<string, unknown>;

/** What a subgraph answered about one entity, or to one question for root fields. */
export interface Answer {
  /** Null: there is no such entity. Nobody changes it. */
  data: Data | null;
  /** By Date.now(). */
  bornAtMs: number;
  expiresAtMs: number;
  /** It is for the one who asked alone. */
  isPrivate: boolean;
  /** What the answer's extensions say of it, apart from its age; null for nothing. */
  said: ExecutionResultBody['extensions'] | null;
}

export interface KeptAnswer extends Answer {
  /** False from when it is removed, or another one takes its place. */
  isKept: boolean;
}

export interface KeepOptions {
  /** What removes it. */
  tags: readonly string[];
  /** From `startFill`. */
  since: number;
}
