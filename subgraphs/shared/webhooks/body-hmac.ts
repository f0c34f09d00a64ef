import { createHmac } from 'node:crypto';
import { isSameSecret } from './same-secret.ts';
import { headerOf, type Verify } from './webhook.ts';

/**
 * Base64 HMAC-SHA256 of the raw body in a header: WooCommerce's `x-wc-webhook-signature`, Shopify's
 * `x-shopify-hmac-sha256` and their like.
 */
export function verifyBodyHmac({ header, secret }: { header: string; secret: string }): Verify {
  return (request) => {
    const expected = createHmac('sha256', secret).update(request.body).digest('base64');
    return isSameSecret(headerOf(request, header) ?? '', expected) ? 'genuine' : 'unsigned';
  };
}
