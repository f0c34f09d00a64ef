import type { Answer } from '../execution/answer.ts';
import type { AnswerFreshness } from '../execution/answer-freshness.ts';

const NOT_KEPT = { 'cache-control': 'no-store' };

/**
 * For how long whoever asked may keep the answer (RFC 9111): as long as its least fresh part counts as fresh. Nobody may
 * keep what is incomplete, what has errors, and what is of unknown age; what not everybody may see, shared caches may not.
 */
export function cacheHeaders(answer: Answer, freshness: AnswerFreshness): Record<string, string> {
  const total = freshness.total();
  if (answer.kind === 'refused' || !answer.isQuery || total === null) return NOT_KEPT;
  const { errors, extensions } = answer.body;
  if (errors !== undefined || extensions?.incomplete !== undefined) return NOT_KEPT;
  const lifetimeS = Math.floor((total.ageMs + total.freshMs) / 1000);
  return {
    'cache-control': `${answer.isPublic && !freshness.isPrivate() ? 'public' : 'private'}, max-age=${lifetimeS}`,
    age: String(Math.ceil(total.ageMs / 1000)),
  };
}

/** What an answer depends on besides its URL. */
export const VARY = 'Accept, Authorization, X-Actor-Assertion, X-Authorization-Errors';
