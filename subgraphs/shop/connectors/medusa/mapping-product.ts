import { Big, money } from '../../../shared/money.ts';
import type { Availability, ShopProduct, StockLevel } from '../../model.ts';
import { type MappingContext, toSourceRef } from './mapping-context.ts';
import { decimal } from './mapping-lines.ts';
import { toInstant } from './mapping-party.ts';
import type { VariantPayload } from './payloads.ts';

/** A variant is what Medusa sells: it has the SKU. */
export function toProduct(payload: VariantPayload & { sku: string }, context: MappingContext): ShopProduct {
  const { config } = context;
  const { product, product_id } = payload;
  const price = payload.prices.find(isListPrice(config.currency));
  return {
    sku: payload.sku,
    gtin: payload.ean ?? payload.upc ?? payload.barcode,
    name: toName(payload),
    categories: (product?.categories ?? []).flatMap(({ name }) => name ?? []),
    availability: toAvailability(payload),
    stock: payload.manage_inventory ? toStock(payload, config.name) : null,
    price: price ? money(decimal(price.amount), config.currency) : null,
    priceIncludesTax: config.pricesIncludeTax,
    // The storefront is somebody else's program: Medusa does not know its addresses.
    url: null,
    source: {
      ...toSourceRef(context, 'products', product_id ?? payload.id, toInstant(payload.updated_at)),
      remoteId: payload.id,
    },
  };
}

/** A product with a single variant calls it "Default variant". */
function toName({ title, product, sku }: VariantPayload): string {
  const variant = /^default( variant| title)?$/i.test(title ?? '') ? null : title;
  return [product?.title, variant].filter(Boolean).join(' – ') || (sku ?? '');
}

/** Not one of a price list, a quantity or a region: those are other people's prices. */
function isListPrice(currency: string) {
  return ({ currency_code, min_quantity, rules }: VariantPayload['prices'][number]): boolean =>
    currency_code.toUpperCase() === currency && min_quantity == null && Object.keys(rules ?? {}).length === 0;
}

function toAvailability({
  manage_inventory,
  inventory_quantity,
  allow_backorder,
  product,
}: VariantPayload): Availability {
  if (product && product.status !== 'published') return 'UNKNOWN';
  if (!manage_inventory) return 'IN_STOCK';
  if (inventory_quantity == null) return 'UNKNOWN';
  if (decimal(inventory_quantity).gt('0')) return 'IN_STOCK';
  return allow_backorder ? 'BACKORDER' : 'OUT_OF_STOCK';
}

/** By place; a kit of several parts only as a whole, as its parts may lie in different places. */
function toStock(payload: VariantPayload, source: string): StockLevel[] | null {
  const [part, another] = payload.inventory_items;
  const levels = part?.inventory?.location_levels ?? [];
  if (part && !another && levels.length > 0) {
    return levels.map(({ available_quantity, stock_locations }) => ({
      source,
      location: stock_locations[0]?.name ?? null,
      quantity: decimal(available_quantity).div(decimal(part.required_quantity)).round(0, Big.roundDown).toFixed(),
    }));
  }
  const { inventory_quantity } = payload;
  return inventory_quantity == null
    ? null
    : [{ source, location: null, quantity: decimal(inventory_quantity).toFixed() }];
}
