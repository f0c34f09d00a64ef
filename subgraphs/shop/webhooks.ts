import type { SourceSettings } from '../../common/settings.ts';
import type { SourceWebhook } from '../shared/webhooks/webhook.ts';
import { createMedusaWebhook, type MedusaProof } from './connectors/medusa/webhooks.ts';
import { toWoocommerceConfig } from './connectors/woocommerce/config.ts';
import { createWoocommerceWebhook } from './connectors/woocommerce/webhooks.ts';
import type { shopVendors } from './sources.ts';

/** Of the shops that have a secret for them. */
export function createShopWebhooks(configured: readonly SourceSettings<typeof shopVendors>[]): SourceWebhook[] {
  return configured.map(createShopWebhook).filter((webhook) => webhook !== null);
}

function createShopWebhook(source: SourceSettings<typeof shopVendors>): SourceWebhook | null {
  const { name } = source;
  if (source.vendor === 'medusa') {
    const proof = medusaProof(source.settings);
    return proof && createMedusaWebhook({ name, proof });
  }
  const { webhookSecret } = source.settings;
  if (webhookSecret === null) return null;
  return createWoocommerceWebhook({ config: toWoocommerceConfig(name, source.settings), webhookSecret });
}

type MedusaSettings = Extract<SourceSettings<typeof shopVendors>, { vendor: 'medusa' }>['settings'];

function medusaProof({ webhookSecret, webhookBasicAuth }: MedusaSettings): MedusaProof | null {
  if (webhookSecret !== null) return { kind: 'signature', secret: webhookSecret };
  return webhookBasicAuth === null ? null : { kind: 'basic', credentials: webhookBasicAuth };
}
