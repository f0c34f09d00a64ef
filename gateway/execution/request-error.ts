import type { GraphQLFormattedError } from 'graphql';
import type { ErrorCode } from '../../common/errors.ts';

/** The document is at fault, at one or several places: nothing was executed. */
export class InvalidDocumentError extends Error {
  readonly errors: readonly GraphQLFormattedError[];

  constructor(code: ErrorCode, errors: readonly GraphQLFormattedError[]) {
    super(errors[0]?.message ?? code);
    this.name = 'InvalidDocumentError';
    this.errors = errors.map((error) => ({ ...error, extensions: { ...error.extensions, code } }));
  }
}
