import type { Context } from './context.ts';
import type { Availability, Product as ProductModel, ShopProduct } from './model.ts';
import type { ProductResolvers } from './schema.generated.ts';

/** The first shop in the configuration that has a value gives it; stock comes from all of them. */
export const Product: ProductResolvers = {
  __resolveReference: ({ sku }, context) => context.products.load(sku),
  gtin: (product) => firstOf(product, ({ gtin }) => gtin),
  name: (product) => firstOf(product, ({ name }) => name),
  categories: (product) => firstOf(product, ({ categories }) => (categories.length > 0 ? categories : null)) ?? [],
  availability: ({ offers }) =>
    AVAILABILITIES.find((best) => offers.some(({ availability }) => availability === best)) ?? 'UNKNOWN',
  stock: ({ offers }) => {
    const counted = offers.filter(({ stock }) => stock !== null);
    return counted.length > 0 ? counted.flatMap(({ stock }) => stock ?? []) : null;
  },
  price: (product) => firstOf(product, ({ price }) => price),
  priceIncludesTax: (product, _args, context) => priceIncludesTax(product, context),
  url: (product) => firstOf(product, ({ url }) => url),
  source: ({ offers }) => offers[0]?.source ?? null,
};

/** What can be bought somewhere can be bought. */
const AVAILABILITIES: readonly Availability[] = ['IN_STOCK', 'LOW_STOCK', 'BACKORDER', 'OUT_OF_STOCK'];

function firstOf<T>({ offers }: ProductModel, read: (offer: ShopProduct) => T | null): T | null {
  for (const offer of offers) {
    const value = read(offer);
    if (value !== null) return value;
  }
  return null;
}

/** Of the same offer as the price. */
function priceIncludesTax({ offers }: ProductModel, context: Context): boolean | null {
  const offer = offers.find(({ price }) => price !== null) ?? offers[0];
  if (!offer) return null;
  const { source, vendor } = offer.source;
  if (offer.priceIncludesTax === null) context.notProvided({ coordinate: 'Product.priceIncludesTax', source, vendor });
  return offer.priceIncludesTax;
}
