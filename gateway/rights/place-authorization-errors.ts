import type { ExecutionErrorBody } from '../../common/transport.ts';
import type { AnswerBody } from '../execution/answer-body.ts';

/** Where a client wants to read what it was denied: Apollo Client's default drops all data on any entry of `errors`. */
export type AuthorizationErrorsPlace = 'errors' | 'extensions';

/** Adds what was denied to an answer; the same object when nothing was. */
export function placeAuthorizationErrors(
  body: AnswerBody,
  denied: readonly ExecutionErrorBody[],
  place: AuthorizationErrorsPlace,
): AnswerBody {
  if (denied.length === 0) return body;
  if (place === 'errors') return { ...body, errors: [...denied, ...(body.errors ?? [])] };
  return { ...body, extensions: { ...body.extensions, authorizationErrors: denied } };
}
