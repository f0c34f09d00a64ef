import type { Sandbox } from '../../sandbox/start.ts';

export interface ProductAddress {
  /** Where it listens. */
  url: string;
  /** Where it believes to be reached, when that is elsewhere. */
  publicUrl: string | null;
  env: Readonly<Record<string, string | undefined>>;
}

/** Has the sandbox tell the product of every change, as a company's own systems would; not where it tells others. */
export function sendSandboxWebhooks({ control }: Sandbox, { url, publicUrl, env }: ProductAddress): void {
  const urlOf = (source: string) => `${url}/webhooks/${source}`;
  const { HUBSPOT_WEBHOOK_SECRET, WOO_WEBHOOK_SECRET, FAKTUROWNIA_WEBHOOK_SECRET } = env;
  if (HUBSPOT_WEBHOOK_SECRET && !env.SANDBOX_HUBSPOT_WEBHOOK_URL) {
    const signedUrl = `${(publicUrl ?? url).replace(/\/$/, '')}/webhooks/hubspot`;
    control.setWebhookTarget('hubspot', { url: urlOf('hubspot'), signedUrl, clientSecret: HUBSPOT_WEBHOOK_SECRET });
  }
  if (WOO_WEBHOOK_SECRET && !env.SANDBOX_WOO_WEBHOOK_URL) {
    control.setWebhookTarget('woo', { url: urlOf('woo'), secret: WOO_WEBHOOK_SECRET });
  }
  if (FAKTUROWNIA_WEBHOOK_SECRET && !env.SANDBOX_FAKTUROWNIA_WEBHOOK_URL) {
    control.setWebhookTarget('fakturownia', { url: urlOf('fakturownia'), apiToken: FAKTUROWNIA_WEBHOOK_SECRET });
  }
}
