import { type CallContext, createBackgroundContext } from '../../subgraphs/shared/upstream/context.ts';

/** Far longer than a few records need; keeps a system that never ends answering from holding the report. */
const DEADLINE_MS = 300_000;

/** Somebody waits for the report. */
export function callContext(): CallContext {
  return createBackgroundContext({ priority: 'interactive', timeoutMs: DEADLINE_MS });
}
