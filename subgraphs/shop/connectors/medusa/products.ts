import { chunksOf } from '../../batches.ts';
import { readByOffset } from '../../offset-list.ts';
import type { ShopSource } from '../../source.ts';
import { listParam, type MedusaApi, PAGE_SIZE, type Query } from './api.ts';
import type { MappingContext } from './mapping-context.ts';
import { toProduct } from './mapping-product.ts';
import { VARIANT_FIELDS, variantPayload } from './payloads.ts';

interface ProductReadsDeps {
  api: MedusaApi;
  mapping(): MappingContext;
}

export function createProductReads({
  api,
  mapping,
}: ProductReadsDeps): Pick<ShopSource, 'productsBySkus' | 'listProducts'> {
  return {
    productsBySkus: async (skus, context) => {
      const wanted = skus.filter((sku) => sku.trim() !== '');
      const pages = await Promise.all(
        chunksOf(wanted, PAGE_SIZE).map((chunk) => {
          const query: Query = [...listParam('sku', chunk), ['limit', PAGE_SIZE], ['fields', VARIANT_FIELDS]];
          return api.list(
            { operation: 'variants.by_skus', path: 'product-variants', item: variantPayload, query },
            context,
          );
        }),
      );
      const found = new Map(pages.flatMap(({ items }) => items).map((payload) => [payload.sku, payload]));
      return skus.map((sku) => {
        const payload = found.get(sku);
        return payload ? toProduct({ ...payload, sku }, mapping()) : null;
      });
    },

    /** By ascending id; variants without SKU are left out, as nothing in the graph could name them. */
    listProducts: ({ search, first, after }, context) => {
      const asked: Query = [
        ['q', search ?? undefined],
        ['order', 'id'],
        ['limit', first],
        ['fields', VARIANT_FIELDS],
      ];
      const call = { operation: 'variants.list', path: 'product-variants' as const, item: variantPayload };
      return readByOffset({
        first,
        after,
        read: (offset) => api.list({ ...call, query: [...asked, ['offset', offset]] }, context),
        toNode: (payload) => (payload.sku ? toProduct({ ...payload, sku: payload.sku }, mapping()) : null),
      });
    },
  };
}
