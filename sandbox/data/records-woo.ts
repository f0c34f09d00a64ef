import type { Currency, VatCode } from './records.ts';

/** Shared between records where equal: replace it, never write into it. */
export interface WooAddress {
  readonly firstName: string;
  readonly lastName: string;
  readonly company: string;
  readonly street: string;
  readonly city: string;
  readonly postcode: string;
  readonly country: string;
  /** Only billing addresses have one; as typed. */
  readonly email: string;
  readonly phone: string;
}

export interface WooMeta {
  readonly id: number;
  readonly key: string;
  readonly value: unknown;
}

export interface WooCustomer {
  readonly id: number;
  createdAt: number;
  modifiedAt: number;
  /** Account e-mail; unique in the shop (WordPress compares without case). */
  email: string;
  firstName: string;
  lastName: string;
  username: string;
  billing: WooAddress;
  shipping: WooAddress;
  /** As typed; rendered as a meta entry under `nipKey`. */
  nip: string | null;
  nipKey: string;
  /** Other meta data. */
  meta: readonly WooMeta[];
}

export type WooOrderStatus = 'pending' | 'processing' | 'on-hold' | 'completed' | 'cancelled' | 'refunded' | 'failed';

export interface WooOrderLine {
  /** Unique over all order items of the shop. */
  readonly id: number;
  readonly productId: number;
  readonly sku: string;
  readonly name: string;
  quantity: number;
  /** Net before discounts, for the whole line. */
  subtotalMinor: number;
  subtotalTaxMinor: number;
  /** Net after discounts, for the whole line. */
  totalMinor: number;
  totalTaxMinor: number;
  vat: VatCode;
}

export interface WooShippingLine {
  readonly id: number;
  methodId: string;
  methodTitle: string;
  totalMinor: number;
  totalTaxMinor: number;
  vat: VatCode;
}

interface WooFeeLine {
  readonly id: number;
  name: string;
  totalMinor: number;
  totalTaxMinor: number;
  vat: VatCode;
}

export interface WooCouponLine {
  readonly id: number;
  code: string;
  discountMinor: number;
  discountTaxMinor: number;
}

/** One entry of `_wc_shipment_tracking_items`. */
export interface WooShipment {
  provider: string | null;
  customProvider: string | null;
  number: string;
  link: string | null;
  shippedAt: number;
}

export interface WooOrderNote {
  readonly id: number;
  author: string;
  createdAt: number;
  note: string;
  customerNote: boolean;
}

export interface WooOrder {
  readonly id: number;
  /** May differ from the id (sequential numbers plugin). */
  number: string;
  status: WooOrderStatus;
  currency: Currency;
  createdAt: number;
  modifiedAt: number;
  paidAt: number | null;
  completedAt: number | null;
  /** 0 = guest. */
  customerId: number;
  billing: WooAddress;
  shipping: WooAddress;
  nip: string | null;
  nipKey: string;
  /** woocommerce gateway id ("bacs", "przelewy24", "cod", ...) and its title. */
  paymentMethod: string;
  paymentMethodTitle: string;
  transactionId: string;
  /** "checkout", "admin", "rest-api", "allegro", "amazon". */
  createdVia: string;
  pricesIncludeTax: boolean;
  lines: readonly WooOrderLine[];
  shippingLines: readonly WooShippingLine[];
  feeLines: readonly WooFeeLine[];
  couponLines: readonly WooCouponLine[];
  /** Gross total of the whole order, discounts and tax included. */
  totalMinor: number;
  totalTaxMinor: number;
  discountMinor: number;
  discountTaxMinor: number;
  shippingMinor: number;
  shippingTaxMinor: number;
  refundIds: readonly number[];
  shipments: readonly WooShipment[];
  /** Day promised to the buyer, meta `_promised_date`. */
  promisedDate: string | null;
  customerNote: string;
  /** Other meta data. */
  meta: readonly WooMeta[];
  /** null = nobody has written any, and `orderNotes` answers what the shop wrote by itself as the order went on. */
  writtenNotes: readonly WooOrderNote[] | null;
}

export interface WooRefundLine {
  readonly id: number;
  /** The order line that is refunded (`_refunded_item_id`). */
  readonly orderLineId: number;
  readonly productId: number;
  readonly sku: string;
  readonly name: string;
  /** Positive here; the wire has it negative. */
  quantity: number;
  totalMinor: number;
  totalTaxMinor: number;
  vat: VatCode;
}

export interface WooRefund {
  readonly id: number;
  readonly orderId: number;
  createdAt: number;
  /** Gross, positive. */
  amountMinor: number;
  reason: string;
  /** WordPress user who did it. */
  refundedBy: number;
  /** Empty for a refund of money alone. */
  lines: readonly WooRefundLine[];
}

export interface WooProduct {
  readonly id: number;
  sku: string;
  name: string;
  slug: string;
  createdAt: number;
  modifiedAt: number;
  status: 'publish' | 'draft';
  /** Net, in the shop's currency (PLN): this shop enters prices without tax. */
  regularPriceMinor: number;
  salePriceMinor: number | null;
  vat: VatCode;
  stockQuantity: number;
  categoryId: number;
  weightGrams: number;
  /** Meta `_wc_cog_cost`. */
  costMinor: number;
  gtin: string | null;
}

interface WooCategory {
  readonly id: number;
  readonly name: string;
  readonly slug: string;
}

export interface WooStore {
  readonly customers: Map<number, WooCustomer>;
  readonly orders: Map<number, WooOrder>;
  readonly refunds: Map<number, WooRefund>;
  readonly products: Map<number, WooProduct>;
  readonly categories: Map<number, WooCategory>;
  /** Lower-case account e-mail -> customer id. */
  readonly customerByEmail: Map<string, number>;
  /** Customer id (not 0) -> order ids, oldest first. */
  readonly ordersByCustomer: Map<number, number[]>;
  /** Order number -> order id. */
  readonly orderByNumber: Map<string, number>;
  nextId(): number;
}
