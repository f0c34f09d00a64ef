import type { FastifyRequest } from 'fastify';
import { authenticationError, cannotView } from './errors.ts';
import { createOAuthVerifier } from './oauth.ts';
import { parsePhpQuery } from './php-query.ts';

export interface WooAuthOptions {
  consumerKey: string;
  consumerSecret: string;
  /** Take the plain key and secret over http, as a shop behind a TLS proxy does. Default true. */
  allowPlainCredentials?: boolean;
}

export type Authorize = (request: FastifyRequest) => void;

/** OAuth 1.0a, Basic, or `consumer_key` and `consumer_secret` in the query. Throws what WooCommerce answers. */
export function createWooAuth(options: WooAuthOptions): Authorize {
  const { consumerKey, consumerSecret, allowPlainCredentials = true } = options;
  const oauth = createOAuthVerifier({ consumerKey, consumerSecret });

  return (request) => {
    const { path, query } = originalParts(request);
    const params = parsePhpQuery(query);
    const authorization = request.headers.authorization ?? null;
    if (params.text('oauth_consumer_key') !== null || authorization?.startsWith('OAuth ')) {
      const baseUrl = `http://${request.headers.host ?? ''}${path}`;
      const error = oauth.verify({ method: request.method, baseUrl, query, authorization });
      if (error !== null) throw error;
      return;
    }
    const offered = allowPlainCredentials ? plainCredentials(authorization, params) : null;
    if (offered === null) throw cannotView(!/\/\d+(?:\/|$)/.test(path));
    if (offered.key !== consumerKey) throw authenticationError('Consumer key is invalid.');
    if (offered.secret !== consumerSecret) throw authenticationError('Consumer secret is invalid.');
  };
}

/** As the client sent it: a signature covers the address before any rewriting. */
function originalParts(request: FastifyRequest): { path: string; query: string } {
  const at = request.originalUrl.indexOf('?');
  if (at === -1) return { path: request.originalUrl, query: '' };
  return { path: request.originalUrl.slice(0, at), query: request.originalUrl.slice(at + 1) };
}

function plainCredentials(
  authorization: string | null,
  params: ReturnType<typeof parsePhpQuery>,
): { key: string; secret: string } | null {
  if (authorization?.startsWith('Basic ')) {
    const [key = '', ...secret] = Buffer.from(authorization.slice(6), 'base64').toString('utf8').split(':');
    return { key, secret: secret.join(':') };
  }
  const [key, secret] = [params.text('consumer_key'), params.text('consumer_secret')];
  return key === null || secret === null ? null : { key, secret };
}
