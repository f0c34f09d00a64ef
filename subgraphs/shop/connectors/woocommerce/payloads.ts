import { z } from 'zod';

/** PHP renders an array whose keys have gaps as an object; plugins that remove entries leave such gaps. */
function phpList<T extends z.ZodType>(item: T) {
  const toList = (value: unknown) =>
    typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.values(value) : value;
  return z.preprocess(toList, z.array(item));
}

const id = z.int().nonnegative();
const text = z
  .string()
  .nullish()
  .transform((value) => value ?? '');
/** Sums are strings, quantities and unit prices numbers; a decimal number arrives as its text. */
const amount = z.union([z.string(), z.number()]);
const gmt = z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/);

const meta = phpList(z.object({ key: z.string(), value: z.unknown() }));

const address = z.object({
  first_name: text,
  last_name: text,
  company: text,
  address_1: text,
  address_2: text,
  city: text,
  state: text,
  postcode: text,
  country: text,
  email: text,
  phone: text,
});

const line = z.object({
  id,
  name: text,
  quantity: amount,
  subtotal: amount,
  total: amount,
  total_tax: amount,
  /** An empty total marks a rate that did not apply. */
  taxes: phpList(z.object({ id: z.union([id, z.string()]), total: amount })).default([]),
  sku: text,
  price: amount.nullish(),
});

const taxLine = z.object({
  rate_id: z.union([id, z.string()]),
  rate_code: text,
  label: text,
  rate_percent: amount.nullish(),
});

export const orderPayload = z.object({
  id,
  number: z.coerce.string(),
  status: z.string(),
  currency: z.string(),
  date_created_gmt: gmt,
  date_modified_gmt: gmt.nullish(),
  date_paid_gmt: gmt.nullish(),
  date_completed_gmt: gmt.nullish(),
  discount_total: amount,
  shipping_total: amount,
  total: amount,
  total_tax: amount,
  prices_include_tax: z.boolean(),
  customer_id: id,
  customer_note: text,
  billing: address,
  shipping: address,
  payment_method: text,
  payment_method_title: text,
  transaction_id: text,
  created_via: text,
  meta_data: meta,
  line_items: phpList(line),
  tax_lines: phpList(taxLine),
  fee_lines: phpList(z.object({ total: amount })),
  coupon_lines: phpList(z.object({ code: text, discount: amount })),
  refunds: phpList(z.object({ id, reason: text, total: amount })),
});

/** Shipping methods, cart hashes and address indexes are left out. */
export const ORDER_FIELDS = Object.keys(orderPayload.shape).join(',');

/** What a scan for returns needs of an order. */
export const orderRefundsPayload = z.object({ id, customer_id: id, refunds: orderPayload.shape.refunds });

export const ORDER_REFUNDS_FIELDS = Object.keys(orderRefundsPayload.shape).join(',');

export const refundPayload = z.object({
  id,
  date_created_gmt: gmt,
  amount,
  reason: text,
  line_items: phpList(z.object({ name: text, quantity: amount, sku: text })),
});

export const notePayload = z.object({ id, date_created_gmt: gmt, note: text });

export const customerPayload = z.object({
  id,
  date_created_gmt: gmt.nullish(),
  date_modified_gmt: gmt.nullish(),
  email: text,
  first_name: text,
  last_name: text,
  role: text,
  billing: address,
  meta_data: meta,
});

export const CUSTOMER_FIELDS = Object.keys(customerPayload.shape).join(',');

export const productPayload = z.object({
  id,
  name: text,
  sku: text,
  global_unique_id: text,
  permalink: text,
  status: text,
  price: amount.nullish(),
  regular_price: amount.nullish(),
  /** "parent" on a variation whose product counts for it. */
  manage_stock: z.union([z.boolean(), z.literal('parent')]).default(false),
  stock_quantity: amount.nullish(),
  stock_status: text,
  low_stock_amount: amount.nullish(),
  categories: phpList(z.object({ name: text })).default([]),
  date_modified_gmt: gmt.nullish(),
});

export const PRODUCT_FIELDS = Object.keys(productPayload.shape).join(',');

export type OrderPayload = z.output<typeof orderPayload>;
export type LinePayload = z.output<typeof line>;
export type AddressPayload = z.output<typeof address>;
export type MetaPayload = z.output<typeof meta>;
export type RefundPayload = z.output<typeof refundPayload>;
export type NotePayload = z.output<typeof notePayload>;
export type CustomerPayload = z.output<typeof customerPayload>;
export type ProductPayload = z.output<typeof productPayload>;
