import { CodedError } from '../../common/errors.ts';
import {
  type Connection,
  checkFirst,
  decodeCursor,
  encodeCursor,
  type SourcePage,
  toConnection,
} from '../shared/connection.ts';
import type { Context } from './context.ts';
import type { Product, ShopProduct } from './model.ts';

export interface ProductListArgs {
  first?: number | null;
  after?: string | null;
  search?: string | null;
}

const KIND = 'products';

/**
 * The catalogues of all shops, one behind the other. A SKU is listed by the first shop that has it, with the offers of
 * all of them, so each stands there once.
 */
export async function listProducts(args: ProductListArgs, context: Context): Promise<Connection<Product>> {
  const first = checkFirst(args.first);
  const { sources } = context;
  const start = toStart(args.after ?? null, context);
  const nodes: Product[] = [];
  const cursors: string[] = [];
  const totals: (number | null)[] = [];
  for (const source of sources.slice(start.index)) {
    let after = source === sources[start.index] ? start.position : null;
    for (let hasMore = true; hasMore; ) {
      const page = await source.listProducts(
        { search: args.search || null, first: first - nodes.length || Math.max(first, 1), after },
        context,
      );
      totals.push(page.totalCount ?? null);
      for (const { product, position } of await listedHere(source.name, page, context)) {
        if (nodes.length === first) return toPage(true);
        nodes.push(product);
        cursors.push(encodeCursor(KIND, [source.name, position]));
      }
      hasMore = page.hasNextPage;
      after = page.items.at(-1)?.position ?? after;
      if (hasMore && nodes.length === first) return toPage(true);
      if (page.items.length === 0) break;
    }
  }
  return toPage(false);

  function toPage(hasNextPage: boolean): Connection<Product> {
    const totalCount = sources.length === 1 && args.after == null ? (totals[0] ?? null) : null;
    return toConnection({ nodes, cursors, hasNextPage, hasPreviousPage: args.after != null, totalCount });
  }
}

/** A page's products with their offers in all shops, without those that an earlier shop has listed. */
async function listedHere(
  sourceName: string,
  { items }: SourcePage<ShopProduct>,
  context: Context,
): Promise<{ product: Product; position: string }[]> {
  const products = await Promise.all(items.map(({ node }) => context.products.load(node.sku)));
  return items.flatMap(({ node, position }, index) => {
    const product = products[index] ?? { sku: node.sku, offers: [node] };
    return product.offers[0]?.source.source === sourceName ? [{ product, position }] : [];
  });
}

function toStart(after: string | null, { sources }: Context): { index: number; position: string | null } {
  if (after === null) return { index: 0, position: null };
  const [name, position = null] = decodeCursor(KIND, after);
  const index = sources.findIndex((source) => source.name === name);
  if (index < 0) throw new CodedError('BAD_USER_INPUT', 'Expected a cursor that this list has given');
  return { index, position };
}
