import { CodedError } from '../../../../common/errors.ts';
import type { AccountingProduct } from '../../model.ts';
import type { AccountingSource } from '../../source.ts';
import { type FakturowniaApi, PAGE_SIZE } from './api.ts';
import type { FullFakturowniaConfig } from './config.ts';
import { toProduct } from './mapping-client.ts';
import { VENDOR } from './mapping-context.ts';

const MAX_PAGES = 50;

/** The vendor has no filter by product code: the list is read until all that are asked for were there. */
export function createProductReads(
  api: FakturowniaApi,
  { name }: FullFakturowniaConfig,
): Pick<AccountingSource, 'productsBySkus'> {
  return {
    productsBySkus: async (skus, context) => {
      const found = new Map<string, AccountingProduct>();
      const isComplete = () => skus.every((sku) => found.has(sku));
      for (let page = 1; !isComplete(); page += 1) {
        if (page > MAX_PAGES) throw tooMany(name);
        const payloads = await api.products(page, context);
        for (const product of payloads.map(toProduct)) {
          // The newest comes first; an older one of the same code was replaced by it.
          if (product && !found.has(product.sku)) found.set(product.sku, product);
        }
        if (payloads.length < PAGE_SIZE) break;
      }
      return {
        found: skus.map((sku) => found.get(sku) ?? null),
        others: [...found.values()].filter(({ sku }) => !skus.includes(sku)),
      };
    },
  };
}

function tooMany(source: string): CodedError {
  const message = `${source} (${VENDOR}): the vendor can't look up a product by its code; ${MAX_PAGES * PAGE_SIZE} were checked`;
  return new CodedError('FILTER_NOT_SUPPORTED', message, { details: { source, vendor: VENDOR } });
}
