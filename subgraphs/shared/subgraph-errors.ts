import { GraphQLError } from 'graphql';
import { CodedError, ERROR_CODES, type ErrorCode } from '../../common/errors.ts';
import type { Logger } from '../../common/log.ts';
import type { ExecutionErrorBody } from '../../common/transport.ts';

/** Coded errors keep their message and details; anything else is a fault of ours: logged, and answered without its words. */
export function formatError(error: GraphQLError, log?: Logger): ExecutionErrorBody {
  const cause = rootOf(error);
  if (cause instanceof CodedError) {
    log?.[ERROR_CODES[cause.code].severity]({ err: cause, path: error.path }, 'field failed');
    return { ...place(error), message: cause.message, extensions: { ...cause.details, code: cause.code } };
  }
  // Errors without a path come from before the execution: a variable or the operation name is wrong.
  if (!error.path) return coded(error, 'BAD_USER_INPUT');
  log?.error({ err: cause, path: error.path }, 'field failed');
  return { ...place(error), message: 'Internal error', extensions: { code: 'INTERNAL_SERVER_ERROR' } };
}

export function validationFailure(error: GraphQLError): ExecutionErrorBody {
  return coded(error, 'GRAPHQL_VALIDATION_FAILED');
}

export function parseFailure(error: unknown): ExecutionErrorBody {
  if (error instanceof GraphQLError) return coded(error, 'GRAPHQL_PARSE_FAILED');
  throw error;
}

function coded(error: GraphQLError, code: ErrorCode): ExecutionErrorBody {
  return { ...place(error), message: error.message, extensions: { code } };
}

function place({ path, locations }: GraphQLError): Pick<ExecutionErrorBody, 'path' | 'locations'> {
  return {
    ...(locations ? { locations: locations.map(({ line, column }) => ({ line, column })) } : {}),
    ...(path ? { path } : {}),
  };
}

function rootOf(error: GraphQLError): Error {
  const { originalError } = error;
  return originalError instanceof GraphQLError ? rootOf(originalError) : (originalError ?? error);
}
