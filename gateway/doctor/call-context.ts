import { randomUUID } from 'node:crypto';
import type { CallContext } from '../../subgraphs/shared/upstream-client.ts';

/** Far longer than a few records need; keeps a system that never ends answering from holding the report. */
const DEADLINE_MS = 300_000;

export function callContext(): CallContext {
  return { requestId: randomUUID(), signal: AbortSignal.timeout(DEADLINE_MS), notProvided: () => {} };
}
