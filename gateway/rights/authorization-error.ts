import type { ErrorCode } from '../../common/errors.ts';
import type { ExecutionErrorBody } from '../../common/transport.ts';
import { type Rule, requiredScopes } from './rule.ts';

/** What a caller is told of one place that they may not see or use. */
export interface ForbiddenPlace {
  path: readonly string[];
  /** `Type.field`, `Type.field(argument:)` or `Input.field` */
  coordinate: string;
  /** The rules that the caller does not meet. */
  unmet: readonly Rule[];
}

type AuthorizationCode = Extract<ErrorCode, 'UNAUTHORIZED_FIELD_OR_TYPE' | 'FORBIDDEN_ARGUMENT'>;

export function authorizationError(
  code: AuthorizationCode,
  message: string,
  { path, coordinate, unmet }: ForbiddenPlace,
): ExecutionErrorBody {
  const scopes = requiredScopes(unmet);
  return { message, path, extensions: { code, coordinate, ...(scopes === null ? {} : { requiredScopes: scopes }) } };
}
