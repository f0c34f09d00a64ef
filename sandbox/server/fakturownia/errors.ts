/** An answer other than 2xx. The vendor documents no shape; this one has been seen. */
export class FakturowniaError extends Error {
  readonly status: number;
  readonly body: { readonly code: 'error'; readonly message: string };

  constructor(status: number, message: string) {
    super(message);
    this.name = 'FakturowniaError';
    this.status = status;
    this.body = { code: 'error', message };
  }
}

export function unauthorized(): FakturowniaError {
  return new FakturowniaError(401, 'Unauthorized: wrong or missing api_token');
}

export function notFound(): FakturowniaError {
  return new FakturowniaError(404, 'Not found');
}

export function unprocessable(message: string): FakturowniaError {
  return new FakturowniaError(422, message);
}
