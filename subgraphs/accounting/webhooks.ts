import type { SourceSettings } from '../../common/settings.ts';
import type { SourceWebhook } from '../shared/webhooks/webhook.ts';
import { toFakturowniaConfig } from './connectors/fakturownia/config.ts';
import { createFakturowniaWebhook } from './connectors/fakturownia/webhooks.ts';
import type { accountingVendors } from './sources.ts';

/** Of the accounting systems that have a secret for them. */
export function createAccountingWebhooks(
  configured: readonly SourceSettings<typeof accountingVendors>[],
): SourceWebhook[] {
  return configured.flatMap(({ name, settings }) => {
    const { webhookSecret } = settings;
    if (webhookSecret === null) return [];
    return [createFakturowniaWebhook({ config: toFakturowniaConfig(name, settings), webhookSecret })];
  });
}
