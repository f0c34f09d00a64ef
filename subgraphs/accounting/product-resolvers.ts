import { Big } from '../shared/money.ts';
import type { Context } from './context.ts';
import type { AccountingProduct, ProductNode } from './model.ts';
import type { ProductResolvers } from './schema.generated.ts';

/** The first accounting system in the configuration that has a value gives it; stock is the sum of all. */
export const Product: ProductResolvers = {
  __resolveReference: ({ sku }): ProductNode => ({ sku }),
  taxClass: (product, _args, context) =>
    firstOf(product, context, ({ vatRate, gtu, pkwiu }) => vatRate && { vatRate, gtu, pkwiu }),
  unitCost: (product, _args, context) => firstOf(product, context, ({ unitCost }) => unitCost),
  warehouseStock: async ({ sku }, _args, context) => {
    const counted = (await context.products.load(sku)).map(({ stock }) => stock).filter((stock) => stock !== null);
    return counted.length === 0 ? null : counted.reduce((sum, stock) => sum.plus(stock), new Big('0')).toFixed();
  },
};

async function firstOf<T>(
  { sku }: ProductNode,
  context: Context,
  read: (product: AccountingProduct) => T | null,
): Promise<T | null> {
  for (const product of await context.products.load(sku)) {
    const value = read(product);
    if (value !== null) return value;
  }
  return null;
}
