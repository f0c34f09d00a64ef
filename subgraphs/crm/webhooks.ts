import type { SourceSettings } from '../../common/settings.ts';
import type { SourceWebhook } from '../shared/webhooks/webhook.ts';
import { hubspotConfigSchema, toHubspotConfig } from './connectors/hubspot/config.ts';
import { createHubspotWebhook } from './connectors/hubspot/webhooks.ts';
import type { crmVendors } from './sources.ts';

/** Of the CRMs that have a secret for them. */
export function createCrmWebhooks(configured: readonly SourceSettings<typeof crmVendors>[]): SourceWebhook[] {
  return configured.flatMap(({ name, settings }) => {
    const { webhookSecret } = settings;
    if (webhookSecret === null) return [];
    const { portalId, properties } = hubspotConfigSchema.parse(toHubspotConfig(name, settings));
    return [createHubspotWebhook({ name, webhookSecret, portalId, properties })];
  });
}
