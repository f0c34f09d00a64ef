import { z } from 'zod';

/** Documented as "59,00", as "72.57" and as a number. */
const amount = z.union([z.string(), z.number()]);
const text = z.string().nullish();
const id = z.number().int();
/** "1", "0", 1, 0, true, false. */
const flag = z.union([z.string(), z.number(), z.boolean()]).nullish();

const positionPayload = z.object({
  id: id.nullish(),
  name: text,
  code: text,
  quantity: amount.nullish(),
  quantity_unit: text,
  tax: amount.nullish(),
  price_net: amount.nullish(),
  total_price_net: amount.nullish(),
  total_price_tax: amount.nullish(),
  total_price_gross: amount.nullish(),
});

export const paymentPayload = z.object({
  id,
  name: text,
  description: text,
  price: amount,
  currency: text,
  paid: flag,
  paid_date: text,
  kind: text,
  provider: text,
  client_id: id.nullish(),
  invoice_id: id.nullish(),
  invoices: z.array(z.object({ id })).nullish(),
  updated_at: text,
});

export const invoicePayload = z.object({
  id,
  number: z.string(),
  kind: z.string(),
  income: flag,
  issue_date: z.string(),
  sell_date: text,
  payment_to: text,
  paid_date: text,
  status: text,
  cancelled: flag,
  currency: z.string(),
  price_net: amount,
  price_tax: amount.nullish(),
  price_gross: amount,
  paid: amount.nullish(),
  exchange_currency: text,
  exchange_currency_rate: amount.nullish(),
  exchange_note: text,
  oid: text,
  description: text,
  client_id: id.nullish(),
  buyer_name: text,
  buyer_tax_no: text,
  buyer_tax_no_kind: text,
  buyer_email: text,
  buyer_street: text,
  buyer_post_code: text,
  buyer_city: text,
  buyer_country: text,
  seller_name: text,
  seller_tax_no: text,
  seller_tax_no_kind: text,
  seller_street: text,
  seller_post_code: text,
  seller_city: text,
  seller_country: text,
  seller_email: text,
  from_invoice_id: id.nullish(),
  invoice_id: id.nullish(),
  invoice_ids: z.array(id).nullish(),
  correction_reason: text,
  accounting_note_kind: text,
  use_oss: flag,
  np_tax_kind: text,
  split_payment: flag,
  calculating_strategy: z.object({ position: text, sum: text }).nullish(),
  gov_status: text,
  gov_id: text,
  gov_send_date: text,
  gov_verification_link: text,
  gov_error_messages: z.array(z.string()).nullish(),
  updated_at: text,
  positions: z.array(positionPayload).nullish(),
  connected_payments: z.array(paymentPayload).nullish(),
});

export const clientPayload = z.object({
  id,
  name: text,
  tax_no: text,
  tax_no_kind: text,
  first_name: text,
  last_name: text,
  company: flag,
  email: text,
  phone: text,
  mobile_phone: text,
  street: text,
  post_code: text,
  city: text,
  country: text,
  external_id: text,
  created_at: text,
  updated_at: text,
});

export const productPayload = z.object({
  id,
  code: text,
  tax: amount.nullish(),
  currency: text,
  purchase_price_net: amount.nullish(),
  stock_level: amount.nullish(),
  warehouse_quantity: amount.nullish(),
  limited: flag,
  gtu_codes: z.array(z.string()).nullish(),
  additional_info: text,
});

export type PositionPayload = z.output<typeof positionPayload>;
export type InvoicePayload = z.output<typeof invoicePayload>;
export type PaymentPayload = z.output<typeof paymentPayload>;
export type ClientPayload = z.output<typeof clientPayload>;
export type ProductPayload = z.output<typeof productPayload>;

/** True for "1", 1, true, "true" and "yes". */
export function isSet(value: string | number | boolean | null | undefined): boolean {
  return value === true || /^(1|true|yes)$/i.test(String(value ?? ''));
}
