import { z } from 'zod';

const text = z
  .string()
  .nullish()
  .transform((value) => value ?? null);
/** JSON numbers in major units; decimals arrive as their text. */
const amount = z.union([z.string(), z.number()]);
const instant = z.iso.datetime({ offset: true });
const metadata = z.record(z.string(), z.unknown()).nullish();
const list = <T extends z.ZodType>(item: T) =>
  z
    .array(item)
    .nullish()
    .transform((items) => items ?? []);

const address = z
  .object({
    first_name: text,
    last_name: text,
    company: text,
    address_1: text,
    address_2: text,
    city: text,
    province: text,
    postal_code: text,
    country_code: text,
    phone: text,
  })
  .nullish()
  .transform((value) => value ?? null);

const item = z.object({
  id: z.string(),
  title: z.string(),
  subtitle: text,
  variant_sku: text,
  quantity: amount,
  unit_price: amount,
  is_tax_inclusive: z.boolean(),
  subtotal: amount,
  total: amount,
  tax_total: amount,
  discount_subtotal: amount,
  tax_lines: list(z.object({ code: text, description: text, rate: amount })),
  adjustments: list(z.object({ code: text, description: text, amount, is_tax_inclusive: z.boolean().nullish() })),
  detail: z.object({
    return_received_quantity: amount,
    return_dismissed_quantity: amount,
    written_off_quantity: amount,
  }),
});

/** Through an order only the fields of the return itself come; reasons have no more than their id there. */
const returnOfOrder = z.object({
  id: z.string(),
  created_at: instant,
  received_at: instant.nullish(),
  canceled_at: instant.nullish(),
});

const payment = z.object({
  id: z.string(),
  amount,
  provider_id: text,
  created_at: instant,
  canceled_at: instant.nullish(),
  captures: list(z.object({ id: z.string(), amount, created_at: instant })),
  refunds: list(z.object({ id: z.string(), amount, note: text, created_at: instant })),
});

const fulfillment = z.object({
  id: z.string(),
  packed_at: instant.nullish(),
  shipped_at: instant.nullish(),
  delivered_at: instant.nullish(),
  canceled_at: instant.nullish(),
  provider_id: text,
  labels: list(z.object({ id: z.string(), tracking_number: text, tracking_url: text })),
});

/** What tells a customer from the bare row that Medusa keeps for a guest's e-mail. */
const buyer = z.object({
  has_account: z.boolean(),
  company_name: text,
  first_name: text,
  last_name: text,
  phone: text,
  metadata,
});

export const orderPayload = z.object({
  id: z.string(),
  display_id: z.union([z.number(), z.string()]),
  custom_display_id: text,
  status: z.string(),
  payment_status: z.string(),
  fulfillment_status: z.string(),
  email: text,
  customer_id: text,
  /** Null also where the customer was deleted, although `customer_id` still names it. */
  customer: buyer.nullish().transform((value) => value ?? null),
  currency_code: z.string(),
  created_at: instant,
  updated_at: instant,
  canceled_at: instant.nullish(),
  metadata,
  total: amount,
  tax_total: amount,
  shipping_total: amount,
  shipping_tax_total: amount,
  items: list(item),
  credit_lines: list(z.object({ amount, reference: text })),
  billing_address: address,
  shipping_address: address,
  payment_collections: list(z.object({ payments: list(payment) })),
  fulfillments: list(fulfillment),
  returns: list(returnOfOrder),
  sales_channel: z
    .object({ name: text })
    .nullish()
    .transform((value) => value ?? null),
});

/** Medusa's default fields of an order have no e-mail, customer or address: so they are always named. */
export const ORDER_FIELDS = [
  'id,display_id,custom_display_id,status,email,customer_id,currency_code,created_at,updated_at,canceled_at,metadata',
  Object.keys(buyer.shape)
    .map((field) => `customer.${field}`)
    .join(','),
  'total,tax_total,shipping_total,shipping_tax_total,items.total,items.subtotal,items.tax_total,items.discount_subtotal',
  '*items.tax_lines,*items.adjustments,*items.detail,*credit_lines,*billing_address,*shipping_address',
  '*payment_collections.payments,*payment_collections.payments.captures,*payment_collections.payments.refunds',
  '*fulfillments,*fulfillments.labels,*returns,*sales_channel',
].join(',');

/** What looking through many orders for a number needs; Medusa adds items and statuses all the same. */
export const orderNumberPayload = orderPayload.pick({
  id: true,
  display_id: true,
  custom_display_id: true,
  metadata: true,
});
export const ORDER_NUMBER_FIELDS = Object.keys(orderNumberPayload.shape).join(',');

export const orderReturnsPayload = orderPayload.pick({ id: true, customer_id: true, returns: true });
export const ORDER_RETURNS_FIELDS = 'id,customer_id,*returns';

export const returnPayload = returnOfOrder.extend({
  order_id: z.string(),
  status: z.string(),
  refund_amount: amount.nullish(),
  updated_at: instant.nullish(),
  items: list(
    z.object({
      item_id: z.string(),
      quantity: amount,
      note: text,
      reason: z
        .object({ label: text })
        .nullish()
        .transform((value) => value ?? null),
    }),
  ),
});
export const RETURN_FIELDS =
  'id,order_id,status,refund_amount,created_at,updated_at,received_at,canceled_at,*items,*items.reason';

export const customerPayload = buyer.extend({
  id: z.string(),
  email: text,
  created_at: instant,
  updated_at: instant,
  addresses: list(address),
});
export const CUSTOMER_FIELDS =
  'id,email,has_account,company_name,first_name,last_name,phone,metadata,created_at,updated_at,*addresses';

const level = z.object({
  available_quantity: amount,
  stock_locations: list(z.object({ name: text })),
});

export const variantPayload = z.object({
  id: z.string(),
  title: text,
  sku: text,
  ean: text,
  upc: text,
  barcode: text,
  allow_backorder: z.boolean(),
  manage_inventory: z.boolean(),
  inventory_quantity: amount.nullish(),
  updated_at: instant,
  product_id: text,
  product: z
    .object({
      title: text,
      status: text,
      categories: list(z.object({ name: text })),
    })
    .nullish()
    .transform((value) => value ?? null),
  prices: list(z.object({ amount, currency_code: z.string(), min_quantity: amount.nullish(), rules: metadata })),
  inventory_items: list(
    z.object({
      required_quantity: amount,
      inventory: z
        .object({ location_levels: list(level) })
        .nullish()
        .transform((value) => value ?? null),
    }),
  ),
});
export const VARIANT_FIELDS = [
  'id,title,sku,ean,upc,barcode,allow_backorder,manage_inventory,inventory_quantity,updated_at,product_id',
  '*product,*product.categories,*prices,prices.price_rules.value,prices.price_rules.attribute,*inventory_items',
  '*inventory_items.inventory.location_levels,*inventory_items.inventory.location_levels.stock_locations',
].join(',');

export type OrderPayload = z.output<typeof orderPayload>;
export type OrderNumberPayload = z.output<typeof orderNumberPayload>;
export type ItemPayload = z.output<typeof item>;
export type AddressPayload = NonNullable<z.output<typeof address>>;
export type FulfillmentPayload = z.output<typeof fulfillment>;
export type ReturnPayload = z.output<typeof returnPayload>;
export type BuyerPayload = z.output<typeof buyer>;
export type CustomerPayload = z.output<typeof customerPayload>;
export type VariantPayload = z.output<typeof variantPayload>;
export type Metadata = z.output<typeof metadata>;
