import type { Money } from '../shared/money.ts';
import type { TaxIdentifier } from '../shared/normalise.ts';
import type { Address } from '../shared/party.ts';

/** Where a record comes from and how old it is. */
export interface SourceRef {
  system: 'SHOP';
  source: string;
  vendor: string;
  remoteId: string;
  url: string | null;
  fetchedAt: string;
  sourceUpdatedAt: string | null;
  stale: boolean;
}

export type OrderStatus = 'RECEIVED' | 'PICKING' | 'SHIPPED' | 'DELIVERED' | 'RETURNED' | 'CANCELLED' | 'OTHER';

export type FinancialStatus =
  | 'PENDING'
  | 'AUTHORIZED'
  | 'PAID'
  | 'PARTIALLY_PAID'
  | 'PARTIALLY_REFUNDED'
  | 'REFUNDED'
  | 'VOIDED'
  | 'EXPIRED'
  | 'OTHER';

export type FulfillmentStatus = 'UNFULFILLED' | 'PARTIALLY_FULFILLED' | 'FULFILLED' | 'ON_HOLD' | 'OTHER';

/** What an order without an account says of its buyer, normalised; the empty text where it says nothing. */
export interface GuestTuple {
  email: string;
  phone: string;
  taxId: string;
  firstName: string;
  lastName: string;
  company: string;
}

export type Buyer = { type: 'customer'; customerId: string } | { type: 'guest'; guest: GuestTuple };

/** The names and numbers that stand on an order or an account, before identity makes sense of them. */
export interface PartyDetails {
  firstName: string | null;
  lastName: string | null;
  company: string | null;
  emails: string[];
  phones: string[];
  taxId: TaxIdentifier | null;
  addresses: Address[];
}

export interface Order {
  /** Its reference, `woo:order:123`. */
  id: string;
  number: string;
  placedAt: string;
  updatedAt: string | null;
  channel: SalesChannel | null;
  currency: string;
  status: OrderStatus;
  statusRaw: string | null;
  financialStatus: FinancialStatus;
  fulfillmentStatus: FulfillmentStatus;
  buyer: Buyer;
  buyerDetails: PartyDetails;
  billingAddress: Address | null;
  shippingAddress: Address | null;
  billingEmail: string | null;
  billingTaxId: TaxIdentifier | null;
  lines: OrderLine[];
  discounts: DiscountApplication[];
  totals: OrderTotals;
  /** Null where the shop does not tell. */
  pricesIncludeTax: boolean | null;
  /** Null where this shop keeps no parcels at all. */
  shipments: Shipment[] | null;
  refunds: Refund[];
  /** What may be returns of goods, without another call; null where the order alone does not tell. */
  returnHints: ReturnHint[] | null;
  /** Null where it takes another call. */
  aftermath: OrderAftermath | null;
  transactions: OrderTransaction[];
  customerNote: string | null;
  source: SourceRef;
}

/** Something that may turn out to be a return. */
export interface ReturnHint {
  /** The return's reference, if it is one. */
  id: string;
  orderId: string;
  /** Text that sorts as the returns of one shop were made. */
  madeAt: string;
}

export interface SalesChannel {
  code: string;
  name: string | null;
}

export interface OrderLine {
  id: string;
  sku: string | null;
  name: string;
  quantity: string;
  unitPriceNet: string | null;
  unitPriceGross: string | null;
  discount: Money | null;
  vatRate: VatRate | null;
  net: Money;
  vat: Money;
  gross: Money;
}

export type VatRateKind =
  | 'STANDARD'
  | 'ZERO'
  | 'INTRA_COMMUNITY'
  | 'EXPORT'
  | 'EXEMPT'
  | 'REVERSE_CHARGE'
  | 'OUTSIDE_SCOPE'
  | 'OUTSIDE_SCOPE_EU'
  | 'FOREIGN'
  | 'OTHER';

export interface VatRate {
  code: string;
  kind: VatRateKind;
  percent: string | null;
  country: string | null;
}

export interface DiscountApplication {
  code: string | null;
  description: string | null;
  amount: Money;
}

export interface OrderTotals {
  subtotal: Money;
  discount: Money;
  shipping: Money;
  fees: Money;
  net: Money;
  tax: Money;
  gross: Money;
  refunded: Money;
  current: Money;
}

export type ShipmentStatus = 'PENDING' | 'SHIPPED' | 'DELIVERED' | 'FAILED' | 'OTHER';

export interface Shipment {
  id: string;
  carrier: string | null;
  trackingNumber: string | null;
  trackingUrl: string | null;
  status: ShipmentStatus;
  shippedAt: string | null;
  deliveredAt: string | null;
}

export interface Refund {
  id: string;
  /** The reference of its order. */
  orderId: string;
  amount: Money;
  reason: string | null;
  /** Null where the order alone does not tell: the refund's own record does. */
  createdAt: string | null;
}

export interface OrderTransaction {
  id: string;
  orderId: string;
  kind: 'PAYMENT' | 'AUTHORIZATION' | 'REFUND';
  amount: Money;
  method: string | null;
  reference: string | null;
  at: string | null;
  /** The refund that tells when, where the order alone does not. */
  refundId: string | null;
}

export interface OrderStatusChange {
  at: string;
  from: OrderStatus | null;
  to: OrderStatus;
  raw: string | null;
}

export interface Return {
  /** Its reference, `woo:return:123-456`. */
  id: string;
  orderId: string;
  statusRaw: string | null;
  createdAt: string;
  reason: string | null;
  lines: ReturnLine[];
  refunded: Money | null;
  source: SourceRef;
}

interface ReturnLine {
  sku: string | null;
  name: string | null;
  quantity: string;
}

/** What the record of one order does not hold: its refunds with their dates, and the goods that came back. */
export interface OrderAftermath {
  refunds: Refund[];
  returns: Return[];
}

/** A buyer's account, or the row that a shop keeps for a guest. */
export interface ShopCustomer {
  /** Its id in the shop. */
  id: string;
  details: PartyDetails;
  /** The e-mail by which the shop finds it. */
  accountEmail: string | null;
  /** False for the row of a guest. */
  hasAccount: boolean;
  createdAt: string | null;
  updatedAt: string | null;
  source: SourceRef;
}

export type Availability = 'IN_STOCK' | 'LOW_STOCK' | 'OUT_OF_STOCK' | 'BACKORDER' | 'UNKNOWN';

/** A product, or one variant of it, as one shop has it. */
export interface ShopProduct {
  sku: string;
  gtin: string | null;
  name: string;
  categories: string[];
  availability: Availability;
  /** Null where the shop keeps no count. */
  stock: StockLevel[] | null;
  price: Money | null;
  priceIncludesTax: boolean | null;
  url: string | null;
  source: SourceRef;
}

/** One SKU in all shops that have it, in the order of the configuration. */
export interface Product {
  sku: string;
  offers: ShopProduct[];
}

export interface StockLevel {
  source: string;
  location: string | null;
  quantity: string;
}

/** An order as a resolver has it: found by an invoice's reference, it keeps that. */
export type OrderNode = Order & { invoiceRef?: string };

/** A customer as the shop has it: what an order claims of its buyer, or the records that identity found. */
export type CustomerNode = { __typename: 'Customer' } & ({ claim: string } | { records: string });
