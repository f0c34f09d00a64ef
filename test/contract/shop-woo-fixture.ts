import type { Dataset } from '../../sandbox/data/dataset.ts';
import type { WooOrder, WooProduct, WooRefund, WooStore } from '../../sandbox/data/records.ts';
import { SANDBOX_CREDENTIALS } from '../../sandbox/server/vendors.ts';
import { type Sandbox, type SandboxOptions, startSandbox } from '../../sandbox/start.ts';
import type { WoocommerceConfig } from '../../subgraphs/shop/connectors/woocommerce/config.ts';
import { createWoocommerceSource } from '../../subgraphs/shop/connectors/woocommerce/connector.ts';
import type { ShopSource } from '../../subgraphs/shop/source.ts';
import { emptyDataset } from './sandbox-fixture.ts';

export interface WooShop extends AsyncDisposable {
  sandbox: Sandbox;
  store: WooStore;
  source: ShopSource;
  connect(config?: Partial<WoocommerceConfig>): ShopSource;
  /** Requests since it was last asked: `/orders customer,page` by how many. */
  takeCalls(): Record<string, number>;
}

/** A WooCommerce on the sandbox's server with the records that `fill` puts there. */
export async function startWooShop(
  fill: (store: WooStore) => void,
  config: Partial<WoocommerceConfig> = {},
  options: SandboxOptions = {},
): Promise<WooShop> {
  const dataset: Dataset = emptyDataset();
  fill(dataset.woo);
  const sandbox = await startSandbox({ dataset, ...options });
  const sources: ShopSource[] = [];
  const connect = (more: Partial<WoocommerceConfig> = {}) => {
    const url = sandbox.urls.woo;
    const source = createWoocommerceSource({ name: 'woo', url, ...SANDBOX_CREDENTIALS.woo, ...config, ...more });
    sources.push(source);
    return source;
  };
  return {
    sandbox,
    store: dataset.woo,
    source: connect(),
    connect,
    takeCalls: () => {
      const { byRoute } = sandbox.control.calls().woo;
      sandbox.control.resetCalls();
      return Object.fromEntries(
        Object.entries(byRoute).map(([route, count]) => [route.replace('/wp-json/wc/v3', ''), count]),
      );
    },
    [Symbol.asyncDispose]: async () => {
      await Promise.all(sources.map((source) => source.close()));
      await sandbox.close();
    },
  };
}

export function addProduct(store: WooStore, id: number, values: Partial<WooProduct> = {}): WooProduct {
  const product: WooProduct = {
    id,
    sku: `SKU-${id}`,
    name: `Produkt ${id}`,
    slug: `produkt-${id}`,
    createdAt: Date.parse('2026-01-02T10:00:00Z'),
    modifiedAt: Date.parse('2026-02-02T10:00:00Z'),
    status: 'publish',
    regularPriceMinor: 4999,
    salePriceMinor: null,
    vat: '23',
    stockQuantity: 5,
    categoryId: 1,
    weightGrams: 250,
    costMinor: 2000,
    gtin: null,
    ...values,
  };
  store.products.set(id, product);
  return product;
}

/** Takes back one piece of the order's first line; `lines: []` gives back money alone. */
export function addRefund(store: WooStore, id: number, order: WooOrder, values: Partial<WooRefund> = {}): WooRefund {
  const [line] = order.lines;
  const refund: WooRefund = {
    id,
    orderId: order.id,
    createdAt: order.createdAt + 86_400_000,
    amountMinor: 6149,
    reason: 'Zwrot towaru',
    refundedBy: 1,
    lines: [
      {
        id: id * 10,
        orderLineId: line!.id,
        productId: line!.productId,
        sku: line!.sku,
        name: line!.name,
        quantity: 1,
        totalMinor: 4999,
        totalTaxMinor: 1150,
        vat: line!.vat,
      },
    ],
    ...values,
  };
  store.refunds.set(id, refund);
  store.orders.set(order.id, { ...order, refundIds: [...order.refundIds, id] });
  return refund;
}
