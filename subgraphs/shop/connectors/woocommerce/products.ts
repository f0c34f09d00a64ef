import type { CallContext } from '../../../shared/upstream/context.ts';
import { chunksOf } from '../../batches.ts';
import { readByOffset } from '../../offset-list.ts';
import type { ShopSource } from '../../source.ts';
import { PAGE_SIZE, type WooApi } from './api.ts';
import type { MappingContext } from './mapping-context.ts';
import { toProduct } from './mapping-product.ts';
import { PRODUCT_FIELDS, type ProductPayload, productPayload } from './payloads.ts';

interface ProductReadsDeps {
  api: WooApi;
  mapping(): MappingContext;
}

export function createProductReads({
  api,
  mapping,
}: ProductReadsDeps): Pick<ShopSource, 'productsBySkus' | 'listProducts'> {
  /** `sku` takes a comma separated list and, unlike other filters, finds variations too. */
  async function readBySkus(skus: readonly string[], context: CallContext): Promise<ProductPayload[]> {
    const params = { sku: skus.join(','), per_page: PAGE_SIZE, _fields: PRODUCT_FIELDS };
    const call = { operation: 'products.by_skus', path: 'products' as const, item: productPayload, params };
    return (await api.list(call, context)).items;
  }

  return {
    productsBySkus: async (skus, context) => {
      const wanted = skus.filter((sku) => sku.trim() !== '');
      // A comma would split the SKU; asked alone, WooCommerce also looks for the whole text.
      const batches = [
        ...chunksOf(
          wanted.filter((sku) => !sku.includes(',')),
          PAGE_SIZE,
        ),
        ...chunksOf(
          wanted.filter((sku) => sku.includes(',')),
          1,
        ),
      ];
      const found = (await Promise.all(batches.map((batch) => readBySkus(batch, context)))).flat();
      return skus.map((sku) => {
        const best = bestOf(found.filter((payload) => payload.sku === sku));
        return best ? toProduct(best, mapping()) : null;
      });
    },

    /** By ascending id; products without SKU are left out, as nothing in the graph could name them. */
    listProducts: ({ search, first, after }, context) => {
      const params = { status: 'publish', search: search ?? undefined, orderby: 'id', order: 'asc', per_page: first };
      const call = { operation: 'products.list', path: 'products' as const, item: productPayload };
      return readByOffset({
        first,
        after,
        read: (offset) => api.list({ ...call, params: { ...params, offset, _fields: PRODUCT_FIELDS } }, context),
        toNode: (payload) => (payload.sku === '' ? null : toProduct(payload, mapping())),
      });
    },
  };
}

/** Imports leave drafts with the SKU of a product on sale. */
function bestOf(payloads: readonly ProductPayload[]): ProductPayload | null {
  const [best] = [...payloads].sort(
    (left, right) => Number(right.status === 'publish') - Number(left.status === 'publish') || left.id - right.id,
  );
  return best ?? null;
}
