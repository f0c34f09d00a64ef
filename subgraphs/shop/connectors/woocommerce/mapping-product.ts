import { Big, money } from '../../../shared/money.ts';
import type { Availability, ShopProduct } from '../../model.ts';
import { toAmount } from './amounts.ts';
import { type MappingContext, toSourceRef } from './mapping-context.ts';
import type { ProductPayload } from './payloads.ts';

export function toProduct(payload: ProductPayload, context: MappingContext): ShopProduct {
  const { config } = context;
  const quantity =
    payload.manage_stock === true && payload.stock_quantity != null ? toAmount(payload.stock_quantity) : null;
  const price = payload.regular_price || payload.price;
  return {
    sku: payload.sku,
    gtin: payload.global_unique_id || null,
    name: payload.name,
    categories: payload.categories.map(({ name }) => name),
    availability: toAvailability(payload, quantity),
    stock: quantity === null ? null : [{ source: config.name, location: null, quantity }],
    price: price === '' || price == null ? null : money(toAmount(price), config.currency),
    priceIncludesTax: config.pricesIncludeTax,
    url: payload.permalink || null,
    source: toSourceRef(context, 'post.php?action=edit&post=', payload.id, payload.date_modified_gmt),
  };
}

function toAvailability({ stock_status, low_stock_amount }: ProductPayload, quantity: string | null): Availability {
  if (stock_status === 'outofstock') return 'OUT_OF_STOCK';
  if (stock_status === 'onbackorder') return 'BACKORDER';
  if (stock_status !== 'instock') return 'UNKNOWN';
  const isLow = quantity !== null && low_stock_amount != null && low_stock_amount !== '';
  return isLow && new Big(quantity).lte(toAmount(low_stock_amount)) ? 'LOW_STOCK' : 'IN_STOCK';
}
