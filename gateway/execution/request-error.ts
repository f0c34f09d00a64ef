import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import type { ErrorCode } from '../../common/errors.ts';

/** The document is at fault, at one or several places: nothing was executed. */
export class InvalidDocumentError extends Error {
  readonly errors: readonly GraphQLFormattedError[];

  constructor(code: ErrorCode, errors: readonly GraphQLFormattedError[]) {
    super(errors[0]?.message ?? code);
    this.name = 'InvalidDocumentError';
    this.errors = errors.map((error) => ({ ...error, extensions: { ...error.extensions, code } }));
  }

  /** Anything but a syntax error is a fault of ours and stays one. */
  static fromParser(error: unknown): unknown {
    return error instanceof GraphQLError ? new InvalidDocumentError('GRAPHQL_PARSE_FAILED', [error.toJSON()]) : error;
  }
}
