import { z } from 'zod';
import { setting } from '../../../common/settings.ts';

/** `what` is the secret in the vendor's own words. Without it the source has no webhook. */
export function webhookSecretSetting(what: string) {
  return setting({
    name: 'WEBHOOK_SECRET',
    schema: z.string().min(16, 'expected at least 16 characters'),
    default: null,
    secret: true,
    description: `${what}; without it /webhooks/<source> is not there`,
  });
}

/** Of a domain that runs as its own service on `port`. */
export function webhooksBaseUrlSetting(port: string) {
  return setting({
    name: 'WEBHOOKS_BASE_URL',
    schema: z.url({ protocol: /^https?$/, error: 'expected an http or https address' }),
    default: `http://localhost:${port}`,
    description: 'address under which /webhooks of this service is reached from outside; HubSpot signs it',
  });
}
