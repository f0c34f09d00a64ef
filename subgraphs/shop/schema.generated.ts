import type { GraphQLResolveInfo, GraphQLScalarType, GraphQLScalarTypeConfig } from 'graphql';
import type { CustomerNode, OrderNode, OrderLine as OrderLineModel, OrderTransaction as OrderTransactionModel, Refund as RefundModel, Return as ReturnModel, Product as ProductModel } from './model.ts';
import type { Context } from './context.ts';
export type Maybe<T> = T | null;
export type InputMaybe<T> = T | null | undefined;
export type Omit<T, K extends keyof T> = Pick<T, Exclude<keyof T, K>>;
export type RequireFields<T, K extends keyof T> = Omit<T, K> & { [P in K]-?: NonNullable<T[P]> };
/** All built-in and custom scalars, mapped to their actual values */
export type Scalars = {
  ID: { input: string; output: string; }
  String: { input: string; output: string; }
  Boolean: { input: boolean; output: boolean; }
  Int: { input: number; output: number; }
  Float: { input: number; output: number; }
  /** ISO 3166-1 alpha-2 country code, e.g. `PL`. Greece is `GR` (its VAT prefix is `EL`). */
  CountryCode: { input: string; output: string; }
  /** ISO 4217 currency code, e.g. `PLN`. */
  CurrencyCode: { input: string; output: string; }
  /** A calendar day, `YYYY-MM-DD`. */
  Date: { input: string; output: string; }
  /** An instant in UTC, ISO 8601 with `Z`, e.g. `2026-11-02T09:00:00.000Z`. */
  DateTime: { input: string; output: string; }
  /** An exact decimal number as a string, e.g. `"1234.50"`. Never a float. */
  Decimal: { input: string; output: string; }
  /** An e-mail address, compared lower-cased, trimmed, NFC, with its domain as punycode. Plus-tags and dots are kept. */
  EmailAddress: { input: string; output: string; }
  /** A telephone number in E.164, e.g. `+48600100200`. National spellings are accepted as input (Poland by default). */
  PhoneNumber: { input: string; output: string; }
  _FieldSet: { input: string; output: string; }
};

/** A postal address. */
export type Address = {
  __typename?: 'Address';
  /** Town. */
  city: Maybe<Scalars['String']['output']>;
  /** Country. */
  country: Maybe<Scalars['CountryCode']['output']>;
  /** Addressee: a person or a company. */
  name: Maybe<Scalars['String']['output']>;
  /** Postal code. */
  postalCode: Maybe<Scalars['String']['output']>;
  /** Region, province or state. */
  region: Maybe<Scalars['String']['output']>;
  /** Street, house number, flat. */
  street: Maybe<Scalars['String']['output']>;
};

/**
 * One customer: the set of records, across the systems, that are the same person or the same company.
 * Profile fields come from the strongest record that has them: CRM before accounting before shop.
 */
export type Customer = {
  __typename?: 'Customer';
  /** A sealed statement of a record about its party; internal. */
  claim: Scalars['ID']['output'];
  /** Orders of this customer in all shops, with its guest orders. */
  orders: Maybe<OrderConnection>;
  /** The sealed references of all records of this customer; internal. */
  records: Scalars['ID']['output'];
  /** Goods this customer sent back, the newest first. */
  returns: Maybe<ReturnConnection>;
};


/**
 * One customer: the set of records, across the systems, that are the same person or the same company.
 * Profile fields come from the strongest record that has them: CRM before accounting before shop.
 */
export type CustomerOrdersArgs = {
  after: InputMaybe<Scalars['String']['input']>;
  filter: InputMaybe<OrderFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  orderBy?: InputMaybe<OrderOrder>;
};


/**
 * One customer: the set of records, across the systems, that are the same person or the same company.
 * Profile fields come from the strongest record that has them: CRM before accounting before shop.
 */
export type CustomerReturnsArgs = {
  after: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};

/** A span of days in the company's time zone, both ends included. An end left out is open. */
export type DateRange = {
  /** First day. */
  from?: InputMaybe<Scalars['Date']['input']>;
  /** Last day. */
  to?: InputMaybe<Scalars['Date']['input']>;
};

/** A discount given on an order. */
export type DiscountApplication = {
  __typename?: 'DiscountApplication';
  /** How much, without tax. */
  amount: Money;
  /** The coupon's or promotion's code. */
  code: Maybe<Scalars['String']['output']>;
  /** Its description. */
  description: Maybe<Scalars['String']['output']>;
};

/** An amount with its currency. */
export type Money = {
  __typename?: 'Money';
  /** The amount in major units, exact. */
  amount: Scalars['Decimal']['output'];
  /** The currency. */
  currency: Scalars['CurrencyCode']['output'];
};

/** An order in a shop. */
export type Order = {
  __typename?: 'Order';
  /** The billing address. */
  billingAddress: Maybe<Address>;
  /** The e-mail address given with the order. */
  billingEmail: Maybe<Scalars['EmailAddress']['output']>;
  /** The tax id given with the order. */
  billingTaxId: Maybe<TaxIdentifier>;
  /** Where it was sold. */
  channel: Maybe<SalesChannel>;
  /** The order's currency. */
  currency: Scalars['CurrencyCode']['output'];
  /** Who ordered: an account or a guest. */
  customer: Maybe<Customer>;
  /** What the customer wrote with the order. */
  customerNote: Maybe<Scalars['String']['output']>;
  /** Discounts given on the whole order, with their codes. */
  discounts: Maybe<Array<DiscountApplication>>;
  /** Where its money stands. */
  financialStatus: OrderFinancialStatus;
  /** Where its goods stand. */
  fulfillmentStatus: OrderFulfillmentStatus;
  /** The order's reference, e.g. `woo:order:123`. */
  id: Scalars['ID']['output'];
  /** A sealed statement of an invoice about its order; internal. */
  invoiceRef: Maybe<Scalars['ID']['output']>;
  /** What was ordered. */
  lines: Maybe<Array<OrderLine>>;
  /** The number the customer knows. It may differ from the id, and two shops may both have it. */
  number: Scalars['String']['output'];
  /** A sealed statement of this order for finding its invoices; internal. */
  orderRef: Scalars['ID']['output'];
  /** When it was placed. */
  placedAt: Scalars['DateTime']['output'];
  /** Whether prices were entered with tax: it decides the VAT method to compare with. */
  pricesIncludeTax: Maybe<Scalars['Boolean']['output']>;
  /** Money given back. */
  refunds: Maybe<Array<Refund>>;
  /** Goods sent back. */
  returns: Maybe<Array<Return>>;
  /** Parcels. */
  shipments: Maybe<Array<Shipment>>;
  /** The shipping address. */
  shippingAddress: Maybe<Address>;
  /** Where it comes from. */
  source: SourceRef;
  /** Where it stands as business. */
  status: OrderStatus;
  /** How the status changed over time, the oldest first. */
  statusHistory: Maybe<Array<OrderStatusChange>>;
  /** The status as the shop names it. */
  statusRaw: Maybe<Scalars['String']['output']>;
  /** The order's sums. */
  totals: Maybe<OrderTotals>;
  /** Money that moved, as the shop saw it. */
  transactions: Maybe<Array<OrderTransaction>>;
  /** When it changed last. */
  updatedAt: Maybe<Scalars['DateTime']['output']>;
};

/** A page of orders. */
export type OrderConnection = {
  __typename?: 'OrderConnection';
  /** The orders with their cursors. */
  edges: Array<OrderEdge>;
  /** The orders alone. */
  nodes: Array<Order>;
  /** Where this page ends and whether there is more. */
  pageInfo: PageInfo;
  /** How many there are in all, where every shop tells. */
  totalCount: Maybe<Scalars['Int']['output']>;
};

/** One order in a list. */
export type OrderEdge = {
  __typename?: 'OrderEdge';
  /** Pass as `after` to go on behind it. */
  cursor: Scalars['String']['output'];
  /** The order. */
  node: Order;
};

/** Which orders. */
export type OrderFilter = {
  /** Any of these payment statuses. */
  financialStatus?: InputMaybe<Array<OrderFinancialStatus>>;
  /** Placed on these days. */
  placed?: InputMaybe<DateRange>;
  /** Any of these business statuses. */
  status?: InputMaybe<Array<OrderStatus>>;
};

/** Where an order's money stands. */
export type OrderFinancialStatus =
  /** Reserved on the customer's card, not taken. */
  | 'AUTHORIZED'
  /** Never paid; the time for it is over. */
  | 'EXPIRED'
  /** The shop does not tell. */
  | 'OTHER'
  /** Paid in full. */
  | 'PAID'
  /** Paid in part. */
  | 'PARTIALLY_PAID'
  /** Some money went back. */
  | 'PARTIALLY_REFUNDED'
  /** Waiting for payment. */
  | 'PENDING'
  /** All money went back. */
  | 'REFUNDED'
  /** Cancelled before money was taken. */
  | 'VOIDED';

/** Where an order's goods stand. */
export type OrderFulfillmentStatus =
  /** All has left. */
  | 'FULFILLED'
  /** Held back. */
  | 'ON_HOLD'
  /** The shop does not tell. */
  | 'OTHER'
  /** Some has left. */
  | 'PARTIALLY_FULFILLED'
  /** Nothing has left. */
  | 'UNFULFILLED';

/** One line of an order. */
export type OrderLine = {
  __typename?: 'OrderLine';
  /** What was taken off this line, without tax. */
  discount: Maybe<Money>;
  /** The line with tax, after discounts. */
  gross: Money;
  /** The line's id in its order. */
  id: Scalars['ID']['output'];
  /** The name at the time of the order. */
  name: Scalars['String']['output'];
  /** The line without tax, after discounts. */
  net: Money;
  /** The product, where the shop still has it. */
  product: Maybe<Product>;
  /** How many, up to six decimal places. */
  quantity: Scalars['Decimal']['output'];
  /** The SKU, where the line has one. */
  sku: Maybe<Scalars['String']['output']>;
  /** Price of one with tax, after discounts, up to eight decimal places. */
  unitPriceGross: Maybe<Scalars['Decimal']['output']>;
  /** Price of one without tax, after discounts, up to eight decimal places. */
  unitPriceNet: Maybe<Scalars['Decimal']['output']>;
  /** The line's tax. */
  vat: Money;
  /** The VAT rate, where the shop tells. */
  vatRate: Maybe<VatRate>;
};

/** How to sort orders. */
export type OrderOrder = {
  /** Which way. */
  direction: SortDirection;
  /** By what. */
  field: OrderOrderField;
};

/** What orders can be sorted by. */
export type OrderOrderField =
  /** When they were placed. */
  | 'PLACED_AT'
  /** When they changed last. */
  | 'UPDATED_AT';

/** Where an order stands as business. */
export type OrderStatus =
  /** Cancelled before it was done. */
  | 'CANCELLED'
  /** Done: delivered, or closed by the shop. */
  | 'DELIVERED'
  /** Any other status; see `statusRaw`. */
  | 'OTHER'
  /** Being prepared. */
  | 'PICKING'
  /** Came in; not yet worked on, or waiting for its payment. */
  | 'RECEIVED'
  /** Sent back whole. */
  | 'RETURNED'
  /** On its way. */
  | 'SHIPPED';

/** One change of an order's status. */
export type OrderStatusChange = {
  __typename?: 'OrderStatusChange';
  /** When. */
  at: Scalars['DateTime']['output'];
  /** From which status, where known. */
  from: Maybe<OrderStatus>;
  /** The statuses as the shop wrote them. */
  raw: Maybe<Scalars['String']['output']>;
  /** To which status. */
  to: OrderStatus;
};

/** An order's sums. `gross` = what the customer was asked for. */
export type OrderTotals = {
  __typename?: 'OrderTotals';
  /** `gross` less `refunded`. */
  current: Money;
  /** Discounts without tax. */
  discount: Money;
  /** Fees without tax. */
  fees: Money;
  /** Everything with tax. */
  gross: Money;
  /** Everything without tax. */
  net: Money;
  /** Money given back so far. */
  refunded: Money;
  /** Shipping without tax. */
  shipping: Money;
  /** Lines without tax, before discounts. */
  subtotal: Money;
  /** All taxes. */
  tax: Money;
};

/** Money that moved for an order, as the shop saw it. */
export type OrderTransaction = {
  __typename?: 'OrderTransaction';
  /** How much, never negative. */
  amount: Money;
  /** When. */
  at: Maybe<Scalars['DateTime']['output']>;
  /** The transaction's id in its order. */
  id: Scalars['ID']['output'];
  /** What kind. */
  kind: OrderTransactionKind;
  /** The method, as the shop names it. */
  method: Maybe<Scalars['String']['output']>;
  /** The payment provider's reference. */
  reference: Maybe<Scalars['String']['output']>;
};

/** What kind of movement. */
export type OrderTransactionKind =
  /** Money was reserved. */
  | 'AUTHORIZATION'
  /** The customer paid. */
  | 'PAYMENT'
  /** Money went back. */
  | 'REFUND';

/** Relay's page information. Lists go forward only. */
export type PageInfo = {
  __typename?: 'PageInfo';
  /** The last cursor of this page; pass it as `after`. */
  endCursor: Maybe<Scalars['String']['output']>;
  /** Whether there is more behind `endCursor`. */
  hasNextPage: Scalars['Boolean']['output'];
  /** Whether there is more before `startCursor`, where known. */
  hasPreviousPage: Scalars['Boolean']['output'];
  /** The first cursor of this page. */
  startCursor: Maybe<Scalars['String']['output']>;
};

/** A product, or one variant of it, by its SKU. */
export type Product = {
  __typename?: 'Product';
  /** Whether it can be bought now. */
  availability: Maybe<ProductAvailability>;
  /** Its categories. */
  categories: Maybe<Array<Scalars['String']['output']>>;
  /** The GTIN (EAN), where known. */
  gtin: Maybe<Scalars['String']['output']>;
  /** Its name. */
  name: Maybe<Scalars['String']['output']>;
  /** The list price, with tax if the shop enters prices so (see `priceIncludesTax`). */
  price: Maybe<Money>;
  /** Whether `price` has tax in it. */
  priceIncludesTax: Maybe<Scalars['Boolean']['output']>;
  /** The SKU, as the shops and the accounting share it. */
  sku: Scalars['String']['output'];
  /** Where it comes from. */
  source: Maybe<SourceRef>;
  /** Exact stock by shop. Null where a shop keeps no count. */
  stock: Maybe<Array<StockLevel>>;
  /** The product's page in the shop. */
  url: Maybe<Scalars['String']['output']>;
};

/** Whether a product can be bought now. Open to everyone. */
export type ProductAvailability =
  /** Can be ordered, comes later. */
  | 'BACKORDER'
  /** In stock. */
  | 'IN_STOCK'
  /** Few left. */
  | 'LOW_STOCK'
  /** None left. */
  | 'OUT_OF_STOCK'
  /** The shop does not tell. */
  | 'UNKNOWN';

/** A page of products. */
export type ProductConnection = {
  __typename?: 'ProductConnection';
  /** The products with their cursors. */
  edges: Array<ProductEdge>;
  /** The products alone. */
  nodes: Array<Product>;
  /** Where this page ends and whether there is more. */
  pageInfo: PageInfo;
  /** How many there are in all, where every shop tells and there is only one. */
  totalCount: Maybe<Scalars['Int']['output']>;
};

/** One product in a list. */
export type ProductEdge = {
  __typename?: 'ProductEdge';
  /** Pass as `after` to go on behind it. */
  cursor: Scalars['String']['output'];
  /** The product. */
  node: Product;
};

export type Query = {
  __typename?: 'Query';
  /** One order by its id (`woo:order:123`). Null when there is none. */
  order: Maybe<Order>;
  /** One order by the number the customer knows. Null when there is none; null with AMBIGUOUS when several shops have it. */
  orderByNumber: Maybe<Order>;
  /** Orders of all shops, the newest first unless asked otherwise. */
  orders: Maybe<OrderConnection>;
  /** One product by its SKU. Null when no shop has it. */
  product: Maybe<Product>;
  /** Products of all shops, each SKU once. */
  products: Maybe<ProductConnection>;
};


export type QueryOrderArgs = {
  id: Scalars['ID']['input'];
};


export type QueryOrderByNumberArgs = {
  number: Scalars['String']['input'];
  source: InputMaybe<Scalars['String']['input']>;
};


export type QueryOrdersArgs = {
  after: InputMaybe<Scalars['String']['input']>;
  filter: InputMaybe<OrderFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  orderBy?: InputMaybe<OrderOrder>;
};


export type QueryProductArgs = {
  sku: Scalars['String']['input'];
};


export type QueryProductsArgs = {
  after: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  search: InputMaybe<Scalars['String']['input']>;
};

/** Money given back. */
export type Refund = {
  __typename?: 'Refund';
  /** How much, with tax. */
  amount: Money;
  /** When. */
  createdAt: Scalars['DateTime']['output'];
  /** The refund's id. */
  id: Scalars['ID']['output'];
  /** Why, as the shop wrote. */
  reason: Maybe<Scalars['String']['output']>;
};

/** Goods sent back. */
export type Return = {
  __typename?: 'Return';
  /** When it was recorded. */
  createdAt: Scalars['DateTime']['output'];
  /** The return's reference. */
  id: Scalars['ID']['output'];
  /** What came back. */
  lines: Array<ReturnLine>;
  /** The order they came from. */
  order: Maybe<Order>;
  /** Why, as the customer or the shop wrote. */
  reason: Maybe<Scalars['String']['output']>;
  /** The money given back for it, where known. */
  refunded: Maybe<Money>;
  /** Where it comes from. */
  source: SourceRef;
  /** The status as the shop names it. */
  statusRaw: Maybe<Scalars['String']['output']>;
};

/** A page of returns. */
export type ReturnConnection = {
  __typename?: 'ReturnConnection';
  /** The returns with their cursors. */
  edges: Array<ReturnEdge>;
  /** The returns alone. */
  nodes: Array<Return>;
  /** Where this page ends and whether there is more. */
  pageInfo: PageInfo;
  /** How many there are in all, where every shop tells. */
  totalCount: Maybe<Scalars['Int']['output']>;
};

/** One return in a list. */
export type ReturnEdge = {
  __typename?: 'ReturnEdge';
  /** Pass as `after` to go on behind it. */
  cursor: Scalars['String']['output'];
  /** The return. */
  node: Return;
};

/** One line of a return. */
export type ReturnLine = {
  __typename?: 'ReturnLine';
  /** The name. */
  name: Maybe<Scalars['String']['output']>;
  /** How many came back. */
  quantity: Scalars['Decimal']['output'];
  /** The SKU. */
  sku: Maybe<Scalars['String']['output']>;
};

/** Where something was sold. */
export type SalesChannel = {
  __typename?: 'SalesChannel';
  /** A stable code: `web`, `admin`, `allegro`, `amazon`, `pos`, `api`, or the shop's own. */
  code: Scalars['String']['output'];
  /** The channel as the shop names it. */
  name: Maybe<Scalars['String']['output']>;
};

/** A parcel. */
export type Shipment = {
  __typename?: 'Shipment';
  /** Who carries it. */
  carrier: Maybe<Scalars['String']['output']>;
  /** When it arrived. */
  deliveredAt: Maybe<Scalars['DateTime']['output']>;
  /** The parcel's id in its order. */
  id: Scalars['ID']['output'];
  /** When it left. */
  shippedAt: Maybe<Scalars['DateTime']['output']>;
  /** Where it stands. */
  status: ShipmentStatus;
  /** The carrier's number. */
  trackingNumber: Maybe<Scalars['String']['output']>;
  /** The carrier's page for this parcel. */
  trackingUrl: Maybe<Scalars['String']['output']>;
};

/** Where a parcel stands. */
export type ShipmentStatus =
  /** Delivered. */
  | 'DELIVERED'
  /** Came back or was lost. */
  | 'FAILED'
  /** The shop does not tell. */
  | 'OTHER'
  /** Announced to the carrier. */
  | 'PENDING'
  /** On its way. */
  | 'SHIPPED';

/** Which way a list is sorted. */
export type SortDirection =
  /** Smallest or oldest first. */
  | 'ASC'
  /** Largest or newest first. */
  | 'DESC';

/** Where a value comes from and how old it is. */
export type SourceRef = {
  __typename?: 'SourceRef';
  /** When the vendor answered with this record. */
  fetchedAt: Scalars['DateTime']['output'];
  /** The record's id in its own system. */
  remoteId: Scalars['ID']['output'];
  /** The source's name in the configuration, e.g. `woo`. */
  source: Scalars['String']['output'];
  /** When the vendor says the record changed last. */
  sourceUpdatedAt: Maybe<Scalars['DateTime']['output']>;
  /** True when the record is older than it should be because the source can't be asked. */
  stale: Scalars['Boolean']['output'];
  /** CRM, shop or accounting. */
  system: SourceSystem;
  /** Where a person opens the record in its own system, where the vendor has such a page. */
  url: Maybe<Scalars['String']['output']>;
  /** The vendor, e.g. `woocommerce`. */
  vendor: Scalars['String']['output'];
};

/** Which of the company's systems a record stands in. */
export type SourceSystem =
  /** The accounting. */
  | 'ACCOUNTING'
  /** Customer relations. */
  | 'CRM'
  /** The shop. */
  | 'SHOP';

/** How many of a product a shop has. */
export type StockLevel = {
  __typename?: 'StockLevel';
  /** The place in the shop, where it tells places apart. */
  location: Maybe<Scalars['String']['output']>;
  /** How many. */
  quantity: Scalars['Decimal']['output'];
  /** The shop. */
  source: Scalars['String']['output'];
};

/** The register a tax id belongs to. */
export type TaxIdScheme =
  /** A VAT id of the EU (or Northern Ireland), with its country. */
  | 'EU_VAT'
  /** Any other number, as the system has it. */
  | 'OTHER'
  /** Polish NIP, ten digits. */
  | 'PL_NIP';

/** A tax id with its register. */
export type TaxIdentifier = {
  __typename?: 'TaxIdentifier';
  /** The country of the register, where known. */
  country: Maybe<Scalars['CountryCode']['output']>;
  /** The register. */
  scheme: TaxIdScheme;
  /** The internal unit (IDWew) behind one NIP: a school of a municipality. */
  unit: Maybe<Scalars['String']['output']>;
  /** Whether the form and the checksum are right. It does not say that the number is registered. */
  valid: Scalars['Boolean']['output'];
  /** The id without prefix and separators. */
  value: Scalars['String']['output'];
};

/** A VAT rate as it stands on a document. `zw`, `oo` and `np` are not 0 %. */
export type VatRate = {
  __typename?: 'VatRate';
  /** As on the document: `23`, `8`, `zw`, `np I`, `0 WDT`. */
  code: Scalars['String']['output'];
  /** The country whose rate it is. */
  country: Maybe<Scalars['CountryCode']['output']>;
  /** What kind. */
  kind: VatRateKind;
  /** The percentage, where it is one. */
  percent: Maybe<Scalars['Decimal']['output']>;
};

/** What kind of VAT treatment a rate is. */
export type VatRateKind =
  /** Exempt (zw). */
  | 'EXEMPT'
  /** Export at zero (0 EX). */
  | 'EXPORT'
  /** A rate of another country (OSS). */
  | 'FOREIGN'
  /** Intra-Community supply of goods at zero (0 WDT). */
  | 'INTRA_COMMUNITY'
  /** The source does not tell. */
  | 'OTHER'
  /** Not taxed in Poland, supplied outside (np I). */
  | 'OUTSIDE_SCOPE'
  /** Not taxed in Poland, services to businesses of the EU (np II). */
  | 'OUTSIDE_SCOPE_EU'
  /** Domestic reverse charge (oo). */
  | 'REVERSE_CHARGE'
  /** A percentage above zero. */
  | 'STANDARD'
  /** Zero per cent on domestic supplies (0 KR). */
  | 'ZERO';



export type ResolverTypeWrapper<T> = Promise<T> | T;

export type ReferenceResolver<TResult, TReference, TContext> = (
      reference: TReference,
      context: TContext,
      info: GraphQLResolveInfo
    ) => Promise<TResult> | TResult;

      type ScalarCheck<T, S> = S extends true ? T : NullableCheck<T, S>;
      type NullableCheck<T, S> = Maybe<T> extends T ? Maybe<ListCheck<NonNullable<T>, S>> : ListCheck<T, S>;
      type ListCheck<T, S> = T extends (infer U)[] ? NullableCheck<U, S>[] : GraphQLRecursivePick<T, S>;
      export type GraphQLRecursivePick<T, S> = { [K in keyof T & keyof S]: ScalarCheck<T[K], S[K]> };
    

export type ResolverWithResolve<TResult, TParent, TContext, TArgs> = {
  resolve: ResolverFn<TResult, TParent, TContext, TArgs>;
};
export type Resolver<TResult, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>, TArgs = Record<PropertyKey, never>> = ResolverFn<TResult, TParent, TContext, TArgs> | ResolverWithResolve<TResult, TParent, TContext, TArgs>;

export type ResolverFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => Promise<TResult> | TResult;

export type SubscriptionSubscribeFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => AsyncIterable<TResult> | Promise<AsyncIterable<TResult>>;

export type SubscriptionResolveFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => TResult | Promise<TResult>;

export interface SubscriptionSubscriberObject<TResult, TKey extends string, TParent, TContext, TArgs> {
  subscribe: SubscriptionSubscribeFn<{ [key in TKey]: TResult }, TParent, TContext, TArgs>;
  resolve?: SubscriptionResolveFn<TResult, { [key in TKey]: TResult }, TContext, TArgs>;
}

export interface SubscriptionResolverObject<TResult, TParent, TContext, TArgs> {
  subscribe: SubscriptionSubscribeFn<any, TParent, TContext, TArgs>;
  resolve: SubscriptionResolveFn<TResult, any, TContext, TArgs>;
}

export type SubscriptionObject<TResult, TKey extends string, TParent, TContext, TArgs> =
  | SubscriptionSubscriberObject<TResult, TKey, TParent, TContext, TArgs>
  | SubscriptionResolverObject<TResult, TParent, TContext, TArgs>;

export type SubscriptionResolver<TResult, TKey extends string, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>, TArgs = Record<PropertyKey, never>> =
  | ((...args: any[]) => SubscriptionObject<TResult, TKey, TParent, TContext, TArgs>)
  | SubscriptionObject<TResult, TKey, TParent, TContext, TArgs>;

export type TypeResolveFn<TTypes, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>> = (
  parent: TParent,
  context: TContext,
  info: GraphQLResolveInfo
) => Maybe<TTypes> | Promise<Maybe<TTypes>>;

export type IsTypeOfResolverFn<T = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>> = (obj: T, context: TContext, info: GraphQLResolveInfo) => boolean | Promise<boolean>;

export type NextResolverFn<T> = () => Promise<T>;

export type DirectiveResolverFn<TResult = Record<PropertyKey, never>, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>, TArgs = Record<PropertyKey, never>> = (
  next: NextResolverFn<TResult>,
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => TResult | Promise<TResult>;

/** Mapping of federation types */
export type FederationTypes = {
  Customer: Customer;
  Order: Order;
  Product: Product;
  Return: Return;
};

/** Mapping of federation reference types */
export type FederationReferenceTypes = {
  Customer:
    ( { __typename: 'Customer' }
    & GraphQLRecursivePick<FederationTypes['Customer'], {"records":true}>
    & ( Record<PropertyKey, never>
        | GraphQLRecursivePick<FederationTypes['Customer'], {"records":true}>
        | GraphQLRecursivePick<FederationTypes['Customer'], {"records":true}>
        | GraphQLRecursivePick<FederationTypes['Customer'], {"records":true}> ) );
  Order:
    ( { __typename: 'Order' }
    & ( GraphQLRecursivePick<FederationTypes['Order'], {"id":true}>
        | GraphQLRecursivePick<FederationTypes['Order'], {"invoiceRef":true}> ) );
  Product:
    ( { __typename: 'Product' }
    & GraphQLRecursivePick<FederationTypes['Product'], {"sku":true}> );
  Return:
    ( { __typename: 'Return' }
    & GraphQLRecursivePick<FederationTypes['Return'], {"id":true}> );
};



/** Mapping between all available schema types and the resolvers types */
export type ResolversTypes = {
  Address: ResolverTypeWrapper<Address>;
  String: ResolverTypeWrapper<Scalars['String']['output']>;
  CountryCode: ResolverTypeWrapper<Scalars['CountryCode']['output']>;
  CurrencyCode: ResolverTypeWrapper<Scalars['CurrencyCode']['output']>;
  Customer: ResolverTypeWrapper<CustomerNode>;
  ID: ResolverTypeWrapper<Scalars['ID']['output']>;
  Int: ResolverTypeWrapper<Scalars['Int']['output']>;
  Date: ResolverTypeWrapper<Scalars['Date']['output']>;
  DateRange: DateRange;
  DateTime: ResolverTypeWrapper<Scalars['DateTime']['output']>;
  Decimal: ResolverTypeWrapper<Scalars['Decimal']['output']>;
  DiscountApplication: ResolverTypeWrapper<DiscountApplication>;
  EmailAddress: ResolverTypeWrapper<Scalars['EmailAddress']['output']>;
  Money: ResolverTypeWrapper<Money>;
  Order: ResolverTypeWrapper<OrderNode>;
  Boolean: ResolverTypeWrapper<Scalars['Boolean']['output']>;
  OrderConnection: ResolverTypeWrapper<Omit<OrderConnection, 'edges' | 'nodes'> & { edges: Array<ResolversTypes['OrderEdge']>, nodes: Array<ResolversTypes['Order']> }>;
  OrderEdge: ResolverTypeWrapper<Omit<OrderEdge, 'node'> & { node: ResolversTypes['Order'] }>;
  OrderFilter: OrderFilter;
  OrderFinancialStatus: OrderFinancialStatus;
  OrderFulfillmentStatus: OrderFulfillmentStatus;
  OrderLine: ResolverTypeWrapper<OrderLineModel>;
  OrderOrder: OrderOrder;
  OrderOrderField: OrderOrderField;
  OrderStatus: OrderStatus;
  OrderStatusChange: ResolverTypeWrapper<OrderStatusChange>;
  OrderTotals: ResolverTypeWrapper<OrderTotals>;
  OrderTransaction: ResolverTypeWrapper<OrderTransactionModel>;
  OrderTransactionKind: OrderTransactionKind;
  PageInfo: ResolverTypeWrapper<PageInfo>;
  PhoneNumber: ResolverTypeWrapper<Scalars['PhoneNumber']['output']>;
  Product: ResolverTypeWrapper<ProductModel>;
  ProductAvailability: ProductAvailability;
  ProductConnection: ResolverTypeWrapper<Omit<ProductConnection, 'edges' | 'nodes'> & { edges: Array<ResolversTypes['ProductEdge']>, nodes: Array<ResolversTypes['Product']> }>;
  ProductEdge: ResolverTypeWrapper<Omit<ProductEdge, 'node'> & { node: ResolversTypes['Product'] }>;
  Query: ResolverTypeWrapper<Record<PropertyKey, never>>;
  Refund: ResolverTypeWrapper<RefundModel>;
  Return: ResolverTypeWrapper<ReturnModel>;
  ReturnConnection: ResolverTypeWrapper<Omit<ReturnConnection, 'edges' | 'nodes'> & { edges: Array<ResolversTypes['ReturnEdge']>, nodes: Array<ResolversTypes['Return']> }>;
  ReturnEdge: ResolverTypeWrapper<Omit<ReturnEdge, 'node'> & { node: ResolversTypes['Return'] }>;
  ReturnLine: ResolverTypeWrapper<ReturnLine>;
  SalesChannel: ResolverTypeWrapper<SalesChannel>;
  Shipment: ResolverTypeWrapper<Shipment>;
  ShipmentStatus: ShipmentStatus;
  SortDirection: SortDirection;
  SourceRef: ResolverTypeWrapper<SourceRef>;
  SourceSystem: SourceSystem;
  StockLevel: ResolverTypeWrapper<StockLevel>;
  TaxIdScheme: TaxIdScheme;
  TaxIdentifier: ResolverTypeWrapper<TaxIdentifier>;
  VatRate: ResolverTypeWrapper<VatRate>;
  VatRateKind: VatRateKind;
};

/** Mapping between all available schema types and the resolvers parents */
export type ResolversParentTypes = {
  Address: Address;
  String: Scalars['String']['output'];
  CountryCode: Scalars['CountryCode']['output'];
  CurrencyCode: Scalars['CurrencyCode']['output'];
  Customer: CustomerNode;
  ID: Scalars['ID']['output'];
  Int: Scalars['Int']['output'];
  Date: Scalars['Date']['output'];
  DateRange: DateRange;
  DateTime: Scalars['DateTime']['output'];
  Decimal: Scalars['Decimal']['output'];
  DiscountApplication: DiscountApplication;
  EmailAddress: Scalars['EmailAddress']['output'];
  Money: Money;
  Order: OrderNode;
  Boolean: Scalars['Boolean']['output'];
  OrderConnection: Omit<OrderConnection, 'edges' | 'nodes'> & { edges: Array<ResolversParentTypes['OrderEdge']>, nodes: Array<ResolversParentTypes['Order']> };
  OrderEdge: Omit<OrderEdge, 'node'> & { node: ResolversParentTypes['Order'] };
  OrderFilter: OrderFilter;
  OrderLine: OrderLineModel;
  OrderOrder: OrderOrder;
  OrderStatusChange: OrderStatusChange;
  OrderTotals: OrderTotals;
  OrderTransaction: OrderTransactionModel;
  PageInfo: PageInfo;
  PhoneNumber: Scalars['PhoneNumber']['output'];
  Product: ProductModel;
  ProductConnection: Omit<ProductConnection, 'edges' | 'nodes'> & { edges: Array<ResolversParentTypes['ProductEdge']>, nodes: Array<ResolversParentTypes['Product']> };
  ProductEdge: Omit<ProductEdge, 'node'> & { node: ResolversParentTypes['Product'] };
  Query: Record<PropertyKey, never>;
  Refund: RefundModel;
  Return: ReturnModel;
  ReturnConnection: Omit<ReturnConnection, 'edges' | 'nodes'> & { edges: Array<ResolversParentTypes['ReturnEdge']>, nodes: Array<ResolversParentTypes['Return']> };
  ReturnEdge: Omit<ReturnEdge, 'node'> & { node: ResolversParentTypes['Return'] };
  ReturnLine: ReturnLine;
  SalesChannel: SalesChannel;
  Shipment: Shipment;
  SourceRef: SourceRef;
  StockLevel: StockLevel;
  TaxIdentifier: TaxIdentifier;
  VatRate: VatRate;
};

export type AddressResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Address'] = ResolversParentTypes['Address']> = {
  city?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  country?: Resolver<Maybe<ResolversTypes['CountryCode']>, ParentType, ContextType>;
  name?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  postalCode?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  region?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  street?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export interface CountryCodeScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['CountryCode'], any> {
  name: 'CountryCode';
}

export interface CurrencyCodeScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['CurrencyCode'], any> {
  name: 'CurrencyCode';
}

export type CustomerResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Customer'] = ResolversParentTypes['Customer'], FederationReferenceType extends FederationReferenceTypes['Customer'] = FederationReferenceTypes['Customer']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Customer']> | FederationReferenceType, FederationReferenceType, ContextType>;
  claim?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  orders?: Resolver<Maybe<ResolversTypes['OrderConnection']>, ParentType, ContextType, RequireFields<CustomerOrdersArgs, 'first' | 'orderBy'>>;
  returns?: Resolver<Maybe<ResolversTypes['ReturnConnection']>, ParentType, ContextType, RequireFields<CustomerReturnsArgs, 'first'>>;
};

export interface DateScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['Date'], any> {
  name: 'Date';
}

export interface DateTimeScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['DateTime'], any> {
  name: 'DateTime';
}

export interface DecimalScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['Decimal'], any> {
  name: 'Decimal';
}

export type DiscountApplicationResolvers<ContextType = Context, ParentType extends ResolversParentTypes['DiscountApplication'] = ResolversParentTypes['DiscountApplication']> = {
  amount?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  code?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  description?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export interface EmailAddressScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['EmailAddress'], any> {
  name: 'EmailAddress';
}

export type MoneyResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Money'] = ResolversParentTypes['Money']> = {
  amount?: Resolver<ResolversTypes['Decimal'], ParentType, ContextType>;
  currency?: Resolver<ResolversTypes['CurrencyCode'], ParentType, ContextType>;
};

export type OrderResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Order'] = ResolversParentTypes['Order'], FederationReferenceType extends FederationReferenceTypes['Order'] = FederationReferenceTypes['Order']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Order']> | FederationReferenceType, FederationReferenceType, ContextType>;
  billingAddress?: Resolver<Maybe<ResolversTypes['Address']>, ParentType, ContextType>;
  billingEmail?: Resolver<Maybe<ResolversTypes['EmailAddress']>, ParentType, ContextType>;
  billingTaxId?: Resolver<Maybe<ResolversTypes['TaxIdentifier']>, ParentType, ContextType>;
  channel?: Resolver<Maybe<ResolversTypes['SalesChannel']>, ParentType, ContextType>;
  currency?: Resolver<ResolversTypes['CurrencyCode'], ParentType, ContextType>;
  customer?: Resolver<Maybe<ResolversTypes['Customer']>, ParentType, ContextType>;
  customerNote?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  discounts?: Resolver<Maybe<Array<ResolversTypes['DiscountApplication']>>, ParentType, ContextType>;
  financialStatus?: Resolver<ResolversTypes['OrderFinancialStatus'], ParentType, ContextType>;
  fulfillmentStatus?: Resolver<ResolversTypes['OrderFulfillmentStatus'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  lines?: Resolver<Maybe<Array<ResolversTypes['OrderLine']>>, ParentType, ContextType>;
  number?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  orderRef?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  placedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  pricesIncludeTax?: Resolver<Maybe<ResolversTypes['Boolean']>, ParentType, ContextType>;
  refunds?: Resolver<Maybe<Array<ResolversTypes['Refund']>>, ParentType, ContextType>;
  returns?: Resolver<Maybe<Array<ResolversTypes['Return']>>, ParentType, ContextType>;
  shipments?: Resolver<Maybe<Array<ResolversTypes['Shipment']>>, ParentType, ContextType>;
  shippingAddress?: Resolver<Maybe<ResolversTypes['Address']>, ParentType, ContextType>;
  source?: Resolver<ResolversTypes['SourceRef'], ParentType, ContextType>;
  status?: Resolver<ResolversTypes['OrderStatus'], ParentType, ContextType>;
  statusHistory?: Resolver<Maybe<Array<ResolversTypes['OrderStatusChange']>>, ParentType, ContextType>;
  statusRaw?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  totals?: Resolver<Maybe<ResolversTypes['OrderTotals']>, ParentType, ContextType>;
  transactions?: Resolver<Maybe<Array<ResolversTypes['OrderTransaction']>>, ParentType, ContextType>;
  updatedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
};

export type OrderConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['OrderConnection'] = ResolversParentTypes['OrderConnection']> = {
  edges?: Resolver<Array<ResolversTypes['OrderEdge']>, ParentType, ContextType>;
  nodes?: Resolver<Array<ResolversTypes['Order']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
};

export type OrderEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['OrderEdge'] = ResolversParentTypes['OrderEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Order'], ParentType, ContextType>;
};

export type OrderLineResolvers<ContextType = Context, ParentType extends ResolversParentTypes['OrderLine'] = ResolversParentTypes['OrderLine']> = {
  discount?: Resolver<Maybe<ResolversTypes['Money']>, ParentType, ContextType>;
  gross?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  net?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  product?: Resolver<Maybe<ResolversTypes['Product']>, ParentType, ContextType>;
  quantity?: Resolver<ResolversTypes['Decimal'], ParentType, ContextType>;
  sku?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  unitPriceGross?: Resolver<Maybe<ResolversTypes['Decimal']>, ParentType, ContextType>;
  unitPriceNet?: Resolver<Maybe<ResolversTypes['Decimal']>, ParentType, ContextType>;
  vat?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  vatRate?: Resolver<Maybe<ResolversTypes['VatRate']>, ParentType, ContextType>;
};

export type OrderStatusChangeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['OrderStatusChange'] = ResolversParentTypes['OrderStatusChange']> = {
  at?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  from?: Resolver<Maybe<ResolversTypes['OrderStatus']>, ParentType, ContextType>;
  raw?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  to?: Resolver<ResolversTypes['OrderStatus'], ParentType, ContextType>;
};

export type OrderTotalsResolvers<ContextType = Context, ParentType extends ResolversParentTypes['OrderTotals'] = ResolversParentTypes['OrderTotals']> = {
  current?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  discount?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  fees?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  gross?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  net?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  refunded?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  shipping?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  subtotal?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  tax?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
};

export type OrderTransactionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['OrderTransaction'] = ResolversParentTypes['OrderTransaction']> = {
  amount?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  at?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  kind?: Resolver<ResolversTypes['OrderTransactionKind'], ParentType, ContextType>;
  method?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  reference?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type PageInfoResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PageInfo'] = ResolversParentTypes['PageInfo']> = {
  endCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  hasNextPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  hasPreviousPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  startCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export interface PhoneNumberScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['PhoneNumber'], any> {
  name: 'PhoneNumber';
}

export type ProductResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Product'] = ResolversParentTypes['Product'], FederationReferenceType extends FederationReferenceTypes['Product'] = FederationReferenceTypes['Product']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Product']> | FederationReferenceType, FederationReferenceType, ContextType>;
  availability?: Resolver<Maybe<ResolversTypes['ProductAvailability']>, ParentType, ContextType>;
  categories?: Resolver<Maybe<Array<ResolversTypes['String']>>, ParentType, ContextType>;
  gtin?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  name?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  price?: Resolver<Maybe<ResolversTypes['Money']>, ParentType, ContextType>;
  priceIncludesTax?: Resolver<Maybe<ResolversTypes['Boolean']>, ParentType, ContextType>;
  sku?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  source?: Resolver<Maybe<ResolversTypes['SourceRef']>, ParentType, ContextType>;
  stock?: Resolver<Maybe<Array<ResolversTypes['StockLevel']>>, ParentType, ContextType>;
  url?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type ProductConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ProductConnection'] = ResolversParentTypes['ProductConnection']> = {
  edges?: Resolver<Array<ResolversTypes['ProductEdge']>, ParentType, ContextType>;
  nodes?: Resolver<Array<ResolversTypes['Product']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
};

export type ProductEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ProductEdge'] = ResolversParentTypes['ProductEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Product'], ParentType, ContextType>;
};

export type QueryResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Query'] = ResolversParentTypes['Query']> = {
  order?: Resolver<Maybe<ResolversTypes['Order']>, ParentType, ContextType, RequireFields<QueryOrderArgs, 'id'>>;
  orderByNumber?: Resolver<Maybe<ResolversTypes['Order']>, ParentType, ContextType, RequireFields<QueryOrderByNumberArgs, 'number'>>;
  orders?: Resolver<Maybe<ResolversTypes['OrderConnection']>, ParentType, ContextType, RequireFields<QueryOrdersArgs, 'first' | 'orderBy'>>;
  product?: Resolver<Maybe<ResolversTypes['Product']>, ParentType, ContextType, RequireFields<QueryProductArgs, 'sku'>>;
  products?: Resolver<Maybe<ResolversTypes['ProductConnection']>, ParentType, ContextType, RequireFields<QueryProductsArgs, 'first'>>;
};

export type RefundResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Refund'] = ResolversParentTypes['Refund']> = {
  amount?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  reason?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type ReturnResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Return'] = ResolversParentTypes['Return'], FederationReferenceType extends FederationReferenceTypes['Return'] = FederationReferenceTypes['Return']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Return']> | FederationReferenceType, FederationReferenceType, ContextType>;
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  lines?: Resolver<Array<ResolversTypes['ReturnLine']>, ParentType, ContextType>;
  order?: Resolver<Maybe<ResolversTypes['Order']>, ParentType, ContextType>;
  reason?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  refunded?: Resolver<Maybe<ResolversTypes['Money']>, ParentType, ContextType>;
  source?: Resolver<ResolversTypes['SourceRef'], ParentType, ContextType>;
  statusRaw?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type ReturnConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ReturnConnection'] = ResolversParentTypes['ReturnConnection']> = {
  edges?: Resolver<Array<ResolversTypes['ReturnEdge']>, ParentType, ContextType>;
  nodes?: Resolver<Array<ResolversTypes['Return']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
};

export type ReturnEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ReturnEdge'] = ResolversParentTypes['ReturnEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Return'], ParentType, ContextType>;
};

export type ReturnLineResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ReturnLine'] = ResolversParentTypes['ReturnLine']> = {
  name?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  quantity?: Resolver<ResolversTypes['Decimal'], ParentType, ContextType>;
  sku?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type SalesChannelResolvers<ContextType = Context, ParentType extends ResolversParentTypes['SalesChannel'] = ResolversParentTypes['SalesChannel']> = {
  code?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  name?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type ShipmentResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Shipment'] = ResolversParentTypes['Shipment']> = {
  carrier?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  deliveredAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  shippedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  status?: Resolver<ResolversTypes['ShipmentStatus'], ParentType, ContextType>;
  trackingNumber?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  trackingUrl?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type SourceRefResolvers<ContextType = Context, ParentType extends ResolversParentTypes['SourceRef'] = ResolversParentTypes['SourceRef']> = {
  fetchedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  remoteId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  source?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  sourceUpdatedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  stale?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  system?: Resolver<ResolversTypes['SourceSystem'], ParentType, ContextType>;
  url?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  vendor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type StockLevelResolvers<ContextType = Context, ParentType extends ResolversParentTypes['StockLevel'] = ResolversParentTypes['StockLevel']> = {
  location?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  quantity?: Resolver<ResolversTypes['Decimal'], ParentType, ContextType>;
  source?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type TaxIdentifierResolvers<ContextType = Context, ParentType extends ResolversParentTypes['TaxIdentifier'] = ResolversParentTypes['TaxIdentifier']> = {
  country?: Resolver<Maybe<ResolversTypes['CountryCode']>, ParentType, ContextType>;
  scheme?: Resolver<ResolversTypes['TaxIdScheme'], ParentType, ContextType>;
  unit?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  valid?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  value?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type VatRateResolvers<ContextType = Context, ParentType extends ResolversParentTypes['VatRate'] = ResolversParentTypes['VatRate']> = {
  code?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  country?: Resolver<Maybe<ResolversTypes['CountryCode']>, ParentType, ContextType>;
  kind?: Resolver<ResolversTypes['VatRateKind'], ParentType, ContextType>;
  percent?: Resolver<Maybe<ResolversTypes['Decimal']>, ParentType, ContextType>;
};

export type Resolvers<ContextType = Context> = {
  Address?: AddressResolvers<ContextType>;
  CountryCode?: GraphQLScalarType;
  CurrencyCode?: GraphQLScalarType;
  Customer?: CustomerResolvers<ContextType>;
  Date?: GraphQLScalarType;
  DateTime?: GraphQLScalarType;
  Decimal?: GraphQLScalarType;
  DiscountApplication?: DiscountApplicationResolvers<ContextType>;
  EmailAddress?: GraphQLScalarType;
  Money?: MoneyResolvers<ContextType>;
  Order?: OrderResolvers<ContextType>;
  OrderConnection?: OrderConnectionResolvers<ContextType>;
  OrderEdge?: OrderEdgeResolvers<ContextType>;
  OrderLine?: OrderLineResolvers<ContextType>;
  OrderStatusChange?: OrderStatusChangeResolvers<ContextType>;
  OrderTotals?: OrderTotalsResolvers<ContextType>;
  OrderTransaction?: OrderTransactionResolvers<ContextType>;
  PageInfo?: PageInfoResolvers<ContextType>;
  PhoneNumber?: GraphQLScalarType;
  Product?: ProductResolvers<ContextType>;
  ProductConnection?: ProductConnectionResolvers<ContextType>;
  ProductEdge?: ProductEdgeResolvers<ContextType>;
  Query?: QueryResolvers<ContextType>;
  Refund?: RefundResolvers<ContextType>;
  Return?: ReturnResolvers<ContextType>;
  ReturnConnection?: ReturnConnectionResolvers<ContextType>;
  ReturnEdge?: ReturnEdgeResolvers<ContextType>;
  ReturnLine?: ReturnLineResolvers<ContextType>;
  SalesChannel?: SalesChannelResolvers<ContextType>;
  Shipment?: ShipmentResolvers<ContextType>;
  SourceRef?: SourceRefResolvers<ContextType>;
  StockLevel?: StockLevelResolvers<ContextType>;
  TaxIdentifier?: TaxIdentifierResolvers<ContextType>;
  VatRate?: VatRateResolvers<ContextType>;
};

