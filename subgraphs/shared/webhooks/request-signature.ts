import { createHmac } from 'node:crypto';
import { isSameSecret } from './same-secret.ts';
import { headerOf, type Verify, type WebhookRequest } from './webhook.ts';

/** HubSpot refuses to vouch for what is older; what is as far ahead could be kept and sent again later. */
const MAX_AGE_MS = 5 * 60_000;

/** HubSpot decodes these before it signs, and no others. */
const DECODED = /%(?:3A|2F|3F|40|21|24|27|28|29|2A|2C|3B)/gi;

/**
 * HubSpot's signature v3: base64 HMAC-SHA256 of method, URL, body and timestamp.
 * https://developers.hubspot.com/docs/apps/developer-platform/build-apps/authentication/request-validation
 */
export function verifyRequestSignature({ clientSecret }: { clientSecret: string }): Verify {
  return (request, nowMs) => {
    const timestamp = headerOf(request, 'x-hubspot-request-timestamp') ?? '';
    const given = headerOf(request, 'x-hubspot-signature-v3') ?? '';
    if (!isSameSecret(given, signatureOf(request, timestamp, clientSecret))) return 'unsigned';
    return Math.abs(nowMs - Number(timestamp)) <= MAX_AGE_MS ? 'genuine' : 'late';
  };
}

function signatureOf({ url, body }: WebhookRequest, timestamp: string, clientSecret: string): string {
  const signedUrl = url.replace(DECODED, decodeURIComponent);
  return createHmac('sha256', clientSecret).update(`POST${signedUrl}`).update(body).update(timestamp).digest('base64');
}
