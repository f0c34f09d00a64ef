import type { SourceSettings } from '../../common/settings.ts';
import type { UpstreamClientDeps } from '../shared/upstream/client.ts';
import { medusaSettings, toMedusaConfig } from './connectors/medusa/config.ts';
import { createMedusaSource } from './connectors/medusa/connector.ts';
import { toWoocommerceConfig, woocommerceSettings } from './connectors/woocommerce/config.ts';
import { createWoocommerceSource } from './connectors/woocommerce/connector.ts';
import type { ShopSource } from './source.ts';

/** The vendors that `SHOP_SOURCES` may name, with their settings. */
export const shopVendors = { woocommerce: woocommerceSettings, medusa: medusaSettings };

export function createShopSources(
  configured: readonly SourceSettings<typeof shopVendors>[],
  deps: UpstreamClientDeps = {},
): ShopSource[] {
  return configured.map((source) => createShopSource(source, deps));
}

function createShopSource(source: SourceSettings<typeof shopVendors>, deps: UpstreamClientDeps): ShopSource {
  if (source.vendor === 'medusa') return createMedusaSource(toMedusaConfig(source.name, source.settings), deps);
  return createWoocommerceSource(toWoocommerceConfig(source.name, source.settings), deps);
}
