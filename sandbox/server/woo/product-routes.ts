import { z } from 'zod';
import type { WooProduct, WooStore } from '../../data/records.ts';
import { pageParams } from './collection.ts';
import { WooError } from './errors.ts';
import { dateTwins } from './formats.ts';
import type { ParamReader } from './params.ts';
import { currentPriceMinor, renderProduct, stockStatus } from './render-product.ts';
import { API, answerPage, type IdParams, idOf, paramsOf, type Routes, type Shop, shaped } from './shop.ts';

const ORDER_BY = [
  'date',
  'modified',
  'id',
  'include',
  'title',
  'slug',
  'price',
  'popularity',
  'rating',
  'menu_order',
] as const;

export const useProductRoutes: Routes = (app, shop) => {
  const { store } = shop;

  app.get(`${API}/products`, async (request, reply) => {
    const { params, query, fields } = paramsOf(request);
    const page = pageParams(params);
    const list = productList(store, params, query.list('sku'));
    params.check();
    const render = (product: WooProduct) => renderProduct(product, store);
    return answerPage(request, reply, { records: list(), page, path: 'products', fields, render });
  });

  app.get<{ Params: IdParams }>(`${API}/products/:id`, async (request) => {
    return shaped(request, 'products', renderProduct(existing(request.params.id), store), paramsOf(request).fields);
  });

  app.put<{ Params: IdParams }>(`${API}/products/:id`, async (request) => {
    const product = updateProduct(shop, existing(request.params.id), request.body);
    return shaped(request, 'products', renderProduct(product, store), paramsOf(request).fields);
  });

  // All products here are simple ones.
  app.get<{ Params: IdParams }>(`${API}/products/:id/variations`, async (request, reply) => {
    existing(request.params.id);
    const { params } = paramsOf(request);
    const page = pageParams(params);
    params.check();
    return answerPage(request, reply, { records: [], page, path: 'products', fields: null, render: () => ({}) });
  });

  app.get(`${API}/products/categories`, async (request, reply) => {
    const { params, fields } = paramsOf(request);
    const page = pageParams(params);
    params.check();
    const records = [...store.categories.values()];
    const render = (category: (typeof records)[number]) => ({ ...category, parent: 0, description: '', count: 0 });
    return answerPage(request, reply, { records, page, path: 'products/categories', fields, render });
  });

  app.get(`${API}/coupons`, async (request, reply) => {
    const { params, query, fields } = paramsOf(request);
    const page = pageParams(params);
    params.check();
    const code = query.text('code')?.toLowerCase() ?? null;
    const records = couponsOf(store).filter((coupon) => code === null || coupon.code === code);
    return answerPage(request, reply, { records, page, path: 'coupons', fields, render: renderCoupon });
  });

  function existing(id: string): WooProduct {
    const product = store.products.get(idOf(id) ?? -1);
    if (product === undefined) throw new WooError(404, 'woocommerce_rest_product_invalid_id', 'Invalid ID.');
    return product;
  }
};

/** Reads the parameters now and lists later, when they are known to be right. */
function productList(store: WooStore, params: ParamReader, skus: string[] | null): () => WooProduct[] {
  const include = params.ids('include');
  const exclude = params.ids('exclude') ?? [];
  const categories = params.ids('category');
  const slug = params.text('slug');
  const search = params.text('search')?.toLowerCase() ?? '';
  const status = params.oneOf('status', ['any', 'draft', 'pending', 'private', 'publish']) ?? 'any';
  const stock = params.oneOf('stock_status', ['instock', 'outofstock', 'onbackorder']);
  const modifiedAfter = params.instant('modified_after', params.flag('dates_are_gmt'));
  const modifiedBefore = params.instant('modified_before', params.flag('dates_are_gmt'));
  const orderBy = params.oneOf('orderby', ORDER_BY) ?? 'date';
  const isAscending = (params.oneOf('order', ['asc', 'desc']) ?? 'desc') === 'asc';

  const fits = (product: WooProduct) =>
    (include === null || include.length === 0 || include.includes(product.id)) &&
    !exclude.includes(product.id) &&
    (skus === null || skus.length === 0 || skus.includes(product.sku)) &&
    (categories === null || categories.includes(product.categoryId)) &&
    (slug === null || product.slug === slug) &&
    (search === '' || `${product.name} ${product.sku}`.toLowerCase().includes(search)) &&
    (status === 'any' || product.status === status) &&
    (stock === null || stockStatus(product) === stock) &&
    (modifiedAfter === null || product.modifiedAt > modifiedAfter) &&
    (modifiedBefore === null || product.modifiedAt < modifiedBefore);

  return () => {
    const found = [...store.products.values()].filter(fits);
    if (orderBy === 'include')
      return found.sort((a, b) => (include ?? []).indexOf(a.id) - (include ?? []).indexOf(b.id));
    const sorted = found.sort((a, b) => compareBy(orderBy, a, b) || a.id - b.id);
    return isAscending ? sorted : sorted.reverse();
  };
}

function compareBy(orderBy: (typeof ORDER_BY)[number], a: WooProduct, b: WooProduct): number {
  if (orderBy === 'title') return a.name.localeCompare(b.name, 'pl');
  if (orderBy === 'slug') return a.slug < b.slug ? -1 : Number(a.slug > b.slug);
  if (orderBy === 'price') return currentPriceMinor(a) - currentPriceMinor(b);
  if (orderBy === 'modified') return a.modifiedAt - b.modifiedAt;
  return orderBy === 'date' ? a.createdAt - b.createdAt : 0;
}

const changeSchema = z
  .object({
    name: z.string(),
    status: z.enum(['publish', 'draft']),
    stock_quantity: z.number().int(),
    regular_price: z.string().regex(/^\d+(?:\.\d{1,2})?$/),
  })
  .partial();

function updateProduct({ clock, changes }: Shop, product: WooProduct, body: unknown): WooProduct {
  const parsed = changeSchema.safeParse(body ?? {});
  if (!parsed.success) throw new WooError(400, 'rest_invalid_param', 'Invalid parameter(s).');
  const { name, status, stock_quantity, regular_price } = parsed.data;
  product.name = name ?? product.name;
  product.status = status ?? product.status;
  product.stockQuantity = stock_quantity ?? product.stockQuantity;
  if (regular_price !== undefined) product.regularPriceMinor = Math.round(Number(regular_price) * 100);
  product.modifiedAt = Math.max(clock.now().getTime(), product.modifiedAt + 1000);
  changes.publish({ vendor: 'woo', resource: 'product', event: 'updated', id: product.id });
  return product;
}

interface Coupon {
  id: number;
  code: string;
  firstUsedAt: number;
  usageCount: number;
}

/** The store keeps no coupons of their own: these are the ones that orders used. */
function couponsOf(store: WooStore): Coupon[] {
  const coupons = new Map<string, Coupon>();
  for (const order of store.orders.values()) {
    for (const { code } of order.couponLines) {
      const known = coupons.get(code.toLowerCase());
      if (known === undefined) {
        const id = 900_000_000 + coupons.size;
        coupons.set(code.toLowerCase(), { id, code: code.toLowerCase(), firstUsedAt: order.createdAt, usageCount: 1 });
      } else known.usageCount += 1;
    }
  }
  return [...coupons.values()];
}

function renderCoupon(coupon: Coupon): Record<string, unknown> {
  return {
    id: coupon.id,
    code: coupon.code,
    amount: '10.00',
    status: 'publish',
    ...dateTwins('date_created', coupon.firstUsedAt),
    ...dateTwins('date_modified', coupon.firstUsedAt),
    discount_type: 'percent',
    description: '',
    ...dateTwins('date_expires', null),
    usage_count: coupon.usageCount,
    individual_use: false,
    meta_data: [],
  };
}
