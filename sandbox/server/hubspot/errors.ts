import { randomUUID } from 'node:crypto';

/** An answer other than 2xx, thrown by routes and rendered by the server. */
export class HubspotError extends Error {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;

  constructor(status: number, category: string, message: string, more: Record<string, unknown> = {}) {
    super(message);
    this.name = 'HubspotError';
    this.status = status;
    this.body = { status: 'error', message, correlationId: randomUUID(), category, ...more };
  }
}

export function invalid(message: string, more: Record<string, unknown> = {}): HubspotError {
  return new HubspotError(400, 'VALIDATION_ERROR', message, more);
}

export function objectNotFound(): HubspotError {
  return new HubspotError(404, 'OBJECT_NOT_FOUND', 'resource not found');
}

export function unauthorized(): HubspotError {
  return new HubspotError(
    401,
    'INVALID_AUTHENTICATION',
    'Authentication credentials not found. This API supports OAuth 2.0 authentication and you can find more details at https://developers.hubspot.com/docs/methods/auth/oauth-overview',
  );
}

export function missingScopes(scopes: readonly string[]): HubspotError {
  return new HubspotError(
    403,
    'MISSING_SCOPES',
    "This app hasn't been granted all required scopes to make this call. Read more about required scopes here: https://developers.hubspot.com/scopes.",
    {
      errors: [
        {
          message: 'One or more of the following scopes are required.',
          context: { requiredGranularScopes: [...scopes] },
        },
      ],
      links: { scopes: 'https://developers.hubspot.com/scopes' },
    },
  );
}

/** One entry of `errors` in a 207 answer. */
export function batchError(
  message: string,
  context: Record<string, readonly string[]>,
  subCategory?: string,
): Record<string, unknown> {
  return {
    status: 'error',
    category: 'OBJECT_NOT_FOUND',
    ...(subCategory === undefined ? {} : { subCategory }),
    message,
    context,
    errors: [],
    links: {},
  };
}
