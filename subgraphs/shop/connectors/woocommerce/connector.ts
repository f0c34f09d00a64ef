import type { UpstreamClientDeps } from '../../../shared/upstream/client.ts';
import type { CallContext } from '../../../shared/upstream/context.ts';
import type { ShopSource } from '../../source.ts';
import { createWooApi } from './api.ts';
import { type WoocommerceConfig, woocommerceConfigSchema } from './config.ts';
import { createCustomerReads } from './customers.ts';
import { listOrders } from './list-orders.ts';
import { toOrder } from './mapping.ts';
import { VENDOR } from './mapping-context.ts';
import { createOrderChanges } from './order-changes.ts';
import { createOrderReads } from './orders.ts';
import type { OrderPayload } from './payloads.ts';
import { createProductReads } from './products.ts';
import { findByBuyer } from './search-orders.ts';
import { createStatuses } from './statuses.ts';

/** A WooCommerce shop as a source. It only reads, through the REST API v3. */
export function createWoocommerceSource(settings: WoocommerceConfig, deps: UpstreamClientDeps = {}): ShopSource {
  const config = woocommerceConfigSchema.parse(settings);
  const api = createWooApi(config, deps);
  const statuses = createStatuses(config.statuses);
  const mapping = () => ({ config, fetchedAt: new Date().toISOString() });
  const toOrders = (payloads: readonly OrderPayload[]) => payloads.map((payload) => toOrder(payload, mapping()));
  const source = config.name;
  const listing = { api, source, statuses, toOrder: (payload: OrderPayload) => toOrder(payload, mapping()) };
  return {
    name: source,
    vendor: VENDOR,
    notProvided: new Set(),
    ...createOrderReads({ api, config, statuses, mapping }),
    ...createCustomerReads({ api, mapping }),
    ...createProductReads({ api, mapping }),
    orderChanges: createOrderChanges(listing),
    listOrders: (query, context) => listOrders(listing, query, context),
    findOrders: async (key, context: CallContext) => toOrders(await findByBuyer({ api, source }, key, context)),
    close: () => api.close(),
  };
}
