import type { SourceSettings } from '../../common/settings.ts';
import type { UpstreamClientDeps } from '../shared/upstream-client.ts';
import { toWoocommerceConfig, woocommerceSettings } from './connectors/woocommerce/config.ts';
import { createWoocommerceSource } from './connectors/woocommerce/connector.ts';
import type { ShopSource } from './source.ts';

/** The vendors that `SHOP_SOURCES` may name, with their settings. */
export const shopVendors = { woocommerce: woocommerceSettings };

export function createShopSources(
  configured: readonly SourceSettings<typeof shopVendors>[],
  deps: UpstreamClientDeps = {},
): ShopSource[] {
  return configured.map(({ name, settings }) => createWoocommerceSource(toWoocommerceConfig(name, settings), deps));
}
