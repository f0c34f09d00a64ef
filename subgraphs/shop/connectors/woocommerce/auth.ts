import { createHmac } from 'node:crypto';
import OAuth from 'oauth-1.0a';
import type { PreparedRequest } from '../../../shared/upstream/client.ts';
import type { FullWoocommerceConfig } from './config.ts';

type Authorize = (request: PreparedRequest) => PreparedRequest;

/** Basic over https; over http the one-legged OAuth 1.0a that WooCommerce asks for there. */
export function createAuthorize(config: FullWoocommerceConfig): Authorize {
  const isPlain = new URL(config.url).protocol === 'http:';
  return isPlain && !config.basicOverHttp ? createSigner(config) : createBasic(config);
}

function createBasic({ consumerKey, consumerSecret }: FullWoocommerceConfig): Authorize {
  const authorization = `Basic ${Buffer.from(`${consumerKey}:${consumerSecret}`).toString('base64')}`;
  return (request) => ({ ...request, headers: { ...request.headers, authorization } });
}

/**
 * The signature covers the address and every parameter, and goes into the query: many hosts cut the Authorization
 * header off before PHP sees it. Names may not repeat (the signing library would sort them otherwise than PHP does), so
 * lists are sent comma separated.
 */
function createSigner({ consumerKey, consumerSecret }: FullWoocommerceConfig): Authorize {
  const oauth = new OAuth({
    consumer: { key: consumerKey, secret: consumerSecret },
    signature_method: 'HMAC-SHA256',
    hash_function: (base, key) => createHmac('sha256', key).update(base).digest('base64'),
  });
  return (request) => {
    const data = Object.fromEntries(request.query);
    const signed = oauth.authorize({ method: request.method, url: request.url, data });
    const added = Object.entries(signed).map(([name, value]) => [name, String(value)] as const);
    return { ...request, query: [...request.query, ...added] };
  };
}
