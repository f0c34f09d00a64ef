import { CodedError } from '../../common/errors.ts';

/** A token that does not count. It never makes its bearer anonymous: they meant to be somebody. */
export class TokenError extends CodedError {
  /** Value of the WWW-Authenticate header (RFC 6750, section 3). */
  readonly challenge: string;

  /** `reason` is a sentence of ours, without a quotation mark and without anything from the token. */
  constructor(reason: string) {
    super('UNAUTHENTICATED', reason);
    this.name = 'TokenError';
    this.challenge = `Bearer realm="jeden", error="invalid_token", error_description="${reason}"`;
  }
}
