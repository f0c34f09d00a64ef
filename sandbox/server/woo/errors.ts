/** An answer other than 2xx in WordPress's form. */
export class WooError extends Error {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;

  constructor(status: number, code: string, message: string, data: Record<string, unknown> = {}) {
    super(message);
    this.name = 'WooError';
    this.status = status;
    this.body = { code, message, data: { status, ...data } };
  }
}

export function authenticationError(message: string): WooError {
  return new WooError(401, 'woocommerce_rest_authentication_error', message);
}

/** What a request without credentials gets. */
export function cannotView(isList: boolean): WooError {
  const what = isList ? 'list resources' : 'view this resource';
  return new WooError(401, 'woocommerce_rest_cannot_view', `Sorry, you cannot ${what}.`);
}

export function noRoute(): WooError {
  return new WooError(404, 'rest_no_route', 'No route was found matching the URL and request method.');
}

/** All wrong parameters at once, each with its reason. */
export function invalidParams(params: Readonly<Record<string, ParamProblem>>): WooError {
  const names = Object.keys(params);
  return new WooError(400, 'rest_invalid_param', `Invalid parameter(s): ${names.join(', ')}`, {
    params: Object.fromEntries(names.map((name) => [name, params[name]?.message])),
    details: Object.fromEntries(names.map((name) => [name, { ...params[name], data: null }])),
  });
}

export interface ParamProblem {
  code: 'rest_invalid_type' | 'rest_out_of_bounds' | 'rest_not_in_enum' | 'rest_invalid_date' | 'rest_invalid_email';
  message: string;
}
