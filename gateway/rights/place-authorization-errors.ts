import type { ExecutionErrorBody, ExecutionResultBody } from '../../common/transport.ts';

/** Where a client wants to read what it was denied: Apollo Client's default drops all data on any entry of `errors`. */
export type AuthorizationErrorsPlace = 'errors' | 'extensions';

/** Adds what was denied to an answer; the same object when nothing was. */
export function placeAuthorizationErrors(
  body: ExecutionResultBody,
  denied: readonly ExecutionErrorBody[],
  place: AuthorizationErrorsPlace,
): ExecutionResultBody {
  if (denied.length === 0) return body;
  if (place === 'errors') return { ...body, errors: [...denied, ...(body.errors ?? [])] };
  return { ...body, extensions: { ...body.extensions, authorizationErrors: denied } };
}
