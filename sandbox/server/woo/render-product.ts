import type { WooProduct, WooStore } from '../../data/records.ts';
import { minorToText } from '../money.ts';
import { dateTwins, renderMeta, taxRateOf } from './formats.ts';

export type StockStatus = 'instock' | 'outofstock';

export function stockStatus(product: WooProduct): StockStatus {
  return product.stockQuantity > 0 ? 'instock' : 'outofstock';
}

export function currentPriceMinor(product: WooProduct): number {
  return product.salePriceMinor ?? product.regularPriceMinor;
}

export function renderProduct(product: WooProduct, store: WooStore): Record<string, unknown> {
  return {
    id: product.id,
    name: product.name,
    slug: product.slug,
    permalink: '',
    ...dateTwins('date_created', product.createdAt),
    ...dateTwins('date_modified', product.modifiedAt),
    type: 'simple',
    status: product.status,
    featured: false,
    catalog_visibility: 'visible',
    description: '',
    short_description: '',
    sku: product.sku,
    global_unique_id: product.gtin ?? '',
    price: minorToText(currentPriceMinor(product)),
    regular_price: minorToText(product.regularPriceMinor),
    sale_price: product.salePriceMinor === null ? '' : minorToText(product.salePriceMinor),
    ...dateTwins('date_on_sale_from', null),
    ...dateTwins('date_on_sale_to', null),
    on_sale: product.salePriceMinor !== null,
    purchasable: product.status === 'publish',
    total_sales: 0,
    virtual: false,
    downloadable: false,
    downloads: [],
    tax_status: taxRateOf(product.vat) === null ? 'none' : 'taxable',
    tax_class: taxRateOf(product.vat)?.taxClass ?? '',
    manage_stock: true,
    stock_quantity: product.stockQuantity,
    backorders: 'no',
    backorders_allowed: false,
    backordered: false,
    low_stock_amount: null,
    sold_individually: false,
    weight: String(product.weightGrams / 1000),
    dimensions: { length: '', width: '', height: '' },
    shipping_required: true,
    shipping_taxable: true,
    shipping_class: '',
    shipping_class_id: 0,
    reviews_allowed: true,
    average_rating: '0.00',
    rating_count: 0,
    parent_id: 0,
    categories: categoriesOf(product, store),
    brands: [],
    tags: [],
    images: [],
    attributes: [],
    default_attributes: [],
    variations: [],
    grouped_products: [],
    menu_order: 0,
    price_html: '',
    related_ids: [],
    meta_data: renderMeta(product.id, [['_wc_cog_cost', minorToText(product.costMinor)]], []),
    stock_status: stockStatus(product),
    has_options: false,
    post_password: '',
  };
}

function categoriesOf(product: WooProduct, store: WooStore): { id: number; name: string; slug: string }[] {
  const category = store.categories.get(product.categoryId);
  return category === undefined ? [] : [{ id: category.id, name: category.name, slug: category.slug }];
}
