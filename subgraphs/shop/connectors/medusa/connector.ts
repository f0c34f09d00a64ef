import type { UpstreamClientDeps } from '../../../shared/upstream/client.ts';
import type { ShopSource } from '../../source.ts';
import { createMedusaApi } from './api.ts';
import { type MedusaConfig, medusaConfigSchema } from './config.ts';
import { createCustomerReads } from './customers.ts';
import { listOrders } from './list-orders.ts';
import { toOrder } from './mapping.ts';
import { VENDOR } from './mapping-context.ts';
import { createOrderReads } from './orders.ts';
import { createProductReads } from './products.ts';
import { findByBuyer } from './search-orders.ts';

/** A Medusa v2 shop as a source. It only reads, through the admin API. */
export function createMedusaSource(settings: MedusaConfig, deps: UpstreamClientDeps = {}): ShopSource {
  const config = medusaConfigSchema.parse(settings);
  const api = createMedusaApi(config, deps);
  const mapping = () => ({ config, fetchedAt: new Date().toISOString() });
  return {
    name: config.name,
    vendor: VENDOR,
    notProvided: new Set(),
    ...createOrderReads({ api, config, mapping }),
    ...createCustomerReads({ api, config, mapping }),
    ...createProductReads({ api, mapping }),
    listOrders: (query, context) =>
      listOrders({ api, source: config.name, toOrder: (payload) => toOrder(payload, mapping()) }, query, context),
    findOrders: (key, context) => findByBuyer({ api, config, mapping }, key, context),
    close: () => api.close(),
  };
}
