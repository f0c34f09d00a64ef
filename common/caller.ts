import type { RowRules } from './row-rules.ts';

/** Who asks and what they may see: what the gateway tells subgraphs of each request. */
export interface CallerFacts {
  isAuthenticated: boolean;
  clientId: string | null;
  /** The person, or the client itself. */
  subject: string | null;
  scopes: ReadonlySet<string>;
  rows: RowRules;
  actor: Actor | null;
}

/** The person behind a call, as an issuer named them: for the audit alone, it grants nothing. */
export interface Actor {
  id: string;
  name: string | null;
}
