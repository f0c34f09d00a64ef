import type { GraphQLResolveInfo, GraphQLScalarType, GraphQLScalarTypeConfig } from 'graphql';
import type { CustomerNode, OrderNode, ProductNode, Invoice as InvoiceModel, InvoiceLine as InvoiceLineModel, Payment as PaymentModel, Allocation } from './model.ts';
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

/** What is owed in one bucket and currency. */
export type AgingAmount = {
  __typename?: 'AgingAmount';
  /** How much. */
  amount: Money;
  /** The bucket. */
  bucket: AgingBucket;
};

/** How long money has been due. */
export type AgingBucket =
  /** Not due yet. */
  | 'CURRENT'
  /** 1 to 30 days late. */
  | 'D1_30'
  /** 31 to 60 days late. */
  | 'D31_60'
  /** 61 to 90 days late. */
  | 'D61_90'
  /** More than 90 days late. */
  | 'D90_PLUS';

/** From when a correction counts (FA(3) TypKorekty). */
export type CorrectionEffect =
  /** On the day of the correction. */
  | 'CORRECTION_DATE'
  /** On the day of the original. */
  | 'ORIGINAL_DATE'
  /** On another day. */
  | 'OTHER';

/**
 * One customer: the set of records, across the systems, that are the same person or the same company.
 * Profile fields come from the strongest record that has them: CRM before accounting before shop.
 */
export type Customer = {
  __typename?: 'Customer';
  /** A sealed statement of a record about its party; internal. */
  claim: Scalars['ID']['output'];
  /** Sales invoices, corrections, proformas and receipts of this customer. */
  invoices: Maybe<InvoiceConnection>;
  /** Payments this customer made, the newest first. */
  payments: Maybe<PaymentConnection>;
  /** What this customer owes as of today, after corrections and payments. */
  receivables: Maybe<Receivables>;
  /** The sealed references of all records of this customer; internal. */
  records: Scalars['ID']['output'];
};


/**
 * One customer: the set of records, across the systems, that are the same person or the same company.
 * Profile fields come from the strongest record that has them: CRM before accounting before shop.
 */
export type CustomerInvoicesArgs = {
  after: InputMaybe<Scalars['String']['input']>;
  filter: InputMaybe<InvoiceFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  orderBy?: InputMaybe<InvoiceOrder>;
};


/**
 * One customer: the set of records, across the systems, that are the same person or the same company.
 * Profile fields come from the strongest record that has them: CRM before accounting before shop.
 */
export type CustomerPaymentsArgs = {
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

/** What a document link opens. */
export type DocumentFormat =
  /** A PDF to print. */
  | 'PDF'
  /** KSeF's receipt. */
  | 'UPO'
  /** The structured invoice. */
  | 'XML';

/** A link to a document: ours, short-lived, without any token of the vendor. */
export type DocumentLink = {
  __typename?: 'DocumentLink';
  /** Until when. */
  expiresAt: Scalars['DateTime']['output'];
  /** What it opens. */
  format: DocumentFormat;
  /** Where; valid until `expiresAt`. */
  url: Scalars['String']['output'];
};

/** A rate of exchange. */
export type FxRate = {
  __typename?: 'FxRate';
  /** The day of the table. */
  date: Maybe<Scalars['Date']['output']>;
  /** From which currency. */
  from: Scalars['CurrencyCode']['output'];
  /** How many units of `to` for one of `from`, up to six decimal places. */
  rate: Scalars['Decimal']['output'];
  /** The table it stands in, e.g. `210/A/NBP/2026`. */
  table: Maybe<Scalars['String']['output']>;
  /** To which currency. */
  to: Scalars['CurrencyCode']['output'];
};

/** A sales document: an invoice, a correction, a proforma, a receipt. */
export type Invoice = {
  __typename?: 'Invoice';
  /** How long the money has been due. Null when nothing is owed. */
  agingBucket: Maybe<AgingBucket>;
  /** What is still owed on it as of today: gross with all its corrections, less payments. Null where it can't be told. */
  balance: Maybe<Money>;
  /** Who it was issued to, as printed: a snapshot that never follows later changes. */
  buyer: Maybe<Party>;
  /** From when the correction counts. */
  correctionEffect: Maybe<CorrectionEffect>;
  /** Why it was corrected. */
  correctionReason: Maybe<Scalars['String']['output']>;
  /** The corrections of this document, the oldest first; corrections of corrections stand under theirs. */
  corrections: Maybe<Array<Invoice>>;
  /** The document this one corrects. */
  corrects: Maybe<Invoice>;
  /** The currency. */
  currency: Scalars['CurrencyCode']['output'];
  /** The customer it belongs to. */
  customer: Maybe<Customer>;
  /** How many days late, 0 when not overdue. Null where that can't be told. */
  daysOverdue: Maybe<Scalars['Int']['output']>;
  /** PDF and, where there are, XML and UPO, by short-lived links of ours. */
  documents: Maybe<Array<DocumentLink>>;
  /** The day the money is due. */
  dueDate: Maybe<Scalars['Date']['output']>;
  /** Rate of exchange used for VAT, for documents in foreign currency. */
  fx: Maybe<FxRate>;
  /** The invoice's reference, e.g. `fakturownia:invoice:5`. */
  id: Scalars['ID']['output'];
  /** Whether money is owed on it and the day it was due has passed, as of today. Null where that can't be told. */
  isOverdue: Maybe<Scalars['Boolean']['output']>;
  /** The day of issue. */
  issueDate: Scalars['Date']['output'];
  /** What kind of document. */
  kind: InvoiceKind;
  /** The kind as the accounting names it. */
  kindRaw: Maybe<Scalars['String']['output']>;
  /** Where it stands in KSeF. Null where the accounting does not handle KSeF. */
  ksef: Maybe<KsefInfo>;
  /** What was sold. A correction's lines are differences. */
  lines: Maybe<Array<InvoiceLine>>;
  /** The number as printed. It may repeat across series. */
  number: Scalars['String']['output'];
  /** The order numbers it names, as written there. */
  orderNumbers: Array<Scalars['String']['output']>;
  /** The orders it is for: several for a collective invoice. Empty when it names none; null stands where no shop has an order of that number. */
  orders: Maybe<Array<Maybe<Order>>>;
  /** The day it was paid in full. */
  paidAt: Maybe<Scalars['Date']['output']>;
  /** Where its money stands, after corrections. Null where it can't be told. */
  paymentStatus: Maybe<InvoicePaymentStatus>;
  /** Payments put against it. */
  payments: Maybe<Array<PaymentAllocation>>;
  /** The day of sale. */
  saleDate: Maybe<Scalars['Date']['output']>;
  /** Who issued it, as printed. */
  seller: Maybe<Party>;
  /** Where it comes from. */
  source: SourceRef;
  /** Whether it bears the words `mechanizm podzielonej płatności` (split payment). */
  splitPaymentMarked: Maybe<Scalars['Boolean']['output']>;
  /** Where the document stands. */
  status: InvoiceStatus;
  /** The status as the accounting names it. */
  statusRaw: Maybe<Scalars['String']['output']>;
  /** The document's own sums. */
  totals: Maybe<InvoiceTotals>;
  /** Net and tax by rate. */
  vatBreakdown: Maybe<Array<VatBreakdown>>;
  /** How VAT was worked out, where the accounting tells. */
  vatMethod: Maybe<VatMethod>;
};

/** A page of invoices. */
export type InvoiceConnection = {
  __typename?: 'InvoiceConnection';
  /** The invoices with their cursors. */
  edges: Array<InvoiceEdge>;
  /** The invoices alone. */
  nodes: Array<Invoice>;
  /** Where this page ends and whether there is more. */
  pageInfo: PageInfo;
  /** How many there are in all, where the accounting tells. */
  totalCount: Maybe<Scalars['Int']['output']>;
};

/** One invoice in a list. */
export type InvoiceEdge = {
  __typename?: 'InvoiceEdge';
  /** Pass as `after` to go on behind it. */
  cursor: Scalars['String']['output'];
  /** The invoice. */
  node: Invoice;
};

/** Which invoices. */
export type InvoiceFilter = {
  /** Due on these days. */
  due?: InputMaybe<DateRange>;
  /** Issued on these days. */
  issued?: InputMaybe<DateRange>;
  /** Any of these kinds. */
  kind?: InputMaybe<Array<InvoiceKind>>;
  /** Only those past due and not settled (true), or only the others (false), as of today. */
  overdue?: InputMaybe<Scalars['Boolean']['input']>;
  /** Any of these payment statuses. */
  paymentStatus?: InputMaybe<Array<InvoicePaymentStatus>>;
  /** Any of these statuses. */
  status?: InputMaybe<Array<InvoiceStatus>>;
};

/** What kind of document (FA(3) names and the documents outside it). */
export type InvoiceKind =
  /** For money paid in advance (ZAL). */
  | 'ADVANCE'
  /** Corrects an invoice; its amounts are differences (KOR). */
  | 'CORRECTION'
  /** Corrects an advance invoice (KOR_ZAL). */
  | 'CORRECTION_ADVANCE'
  /** Corrects a final invoice (KOR_ROZ). */
  | 'CORRECTION_FINAL'
  /** Settles advances (ROZ). */
  | 'FINAL'
  /** Interest for late payment; outside VAT. */
  | 'INTEREST_NOTE'
  /** An ordinary VAT invoice. */
  | 'INVOICE'
  /** Any other kind; see `kindRaw`. */
  | 'OTHER'
  /** An offer to pay; not an invoice for VAT, never a debt. */
  | 'PROFORMA'
  /** A fiscal receipt (paragon). */
  | 'RECEIPT'
  /** A receipt with NIP up to 450 PLN (UPR). */
  | 'SIMPLIFIED';

/** One line of a document. */
export type InvoiceLine = {
  __typename?: 'InvoiceLine';
  /** Gross. */
  gross: Money;
  /** The line's id in its document. */
  id: Scalars['ID']['output'];
  /** The name. */
  name: Scalars['String']['output'];
  /** Net. */
  net: Money;
  /** The product, where the line has a SKU. */
  product: Maybe<Product>;
  /** How many, up to six decimal places. Negative in a correction that takes away. */
  quantity: Scalars['Decimal']['output'];
  /** The SKU, where the line has one. */
  sku: Maybe<Scalars['String']['output']>;
  /** The unit, as printed. */
  unit: Maybe<Scalars['String']['output']>;
  /** Price of one without tax, up to eight decimal places. */
  unitPriceNet: Maybe<Scalars['Decimal']['output']>;
  /** Tax. */
  vat: Money;
  /** The VAT rate. */
  vatRate: VatRate;
};

/** How to sort invoices. */
export type InvoiceOrder = {
  /** Which way. */
  direction: SortDirection;
  /** By what. */
  field: InvoiceOrderField;
};

/** What invoices can be sorted by. */
export type InvoiceOrderField =
  /** The day the money is due. */
  | 'DUE_DATE'
  /** The day of issue. */
  | 'ISSUE_DATE'
  /** When they changed last. */
  | 'UPDATED_AT';

/** Where a document's money stands, after corrections. */
export type InvoicePaymentStatus =
  /** Nothing is owed on it: a proforma, a correction, a cancelled document. */
  | 'NOT_APPLICABLE'
  /** More paid than asked for. */
  | 'OVERPAID'
  /** Settled, by money or by corrections. */
  | 'PAID'
  /** Something paid. */
  | 'PARTIALLY_PAID'
  /** Money went back. */
  | 'REFUNDED'
  /** Nothing paid. */
  | 'UNPAID';

/** Where a document stands. */
export type InvoiceStatus =
  /** Cancelled or rejected. */
  | 'CANCELLED'
  /** Not issued yet. */
  | 'DRAFT'
  /** Issued. */
  | 'ISSUED'
  /** Any other status; see `statusRaw`. */
  | 'OTHER';

/** A document's sums. A correction's are differences. */
export type InvoiceTotals = {
  __typename?: 'InvoiceTotals';
  /** Gross. */
  gross: Money;
  /** Net. */
  net: Money;
  /** Paid so far. */
  paid: Money;
  /** Tax. */
  vat: Money;
};

/** A document in KSeF. */
export type KsefInfo = {
  __typename?: 'KsefInfo';
  /** The day KSeF accepted it (it stands in the number). */
  acceptedOn: Maybe<Scalars['Date']['output']>;
  /** What KSeF objected to. */
  messages: Array<Scalars['String']['output']>;
  /** The KSeF number. */
  number: Maybe<Scalars['String']['output']>;
  /** When it was sent. */
  sentAt: Maybe<Scalars['DateTime']['output']>;
  /** Where it stands. */
  status: KsefStatus;
  /** The status as the accounting names it. */
  statusRaw: Maybe<Scalars['String']['output']>;
  /** Where anyone can verify it. */
  verificationUrl: Maybe<Scalars['String']['output']>;
};

/** Where a document stands in KSeF, Poland's e-invoicing system. */
export type KsefStatus =
  /** Accepted: it has a KSeF number. */
  | 'ACCEPTED'
  /** Rejected as a duplicate of another. */
  | 'DUPLICATE'
  /** Need not be sent. */
  | 'NOT_REQUIRED'
  /** Not sent. */
  | 'NOT_SENT'
  /** Sent, not decided. */
  | 'PROCESSING'
  /** Waits to be sent after an outage. */
  | 'QUEUED_OFFLINE'
  /** Rejected. */
  | 'REJECTED'
  /** The accounting does not tell. */
  | 'UNKNOWN';

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
  /** The order's reference, e.g. `woo:order:123`. */
  id: Scalars['ID']['output'];
  /** A sealed statement of an invoice about its order; internal. */
  invoiceRef: Maybe<Scalars['ID']['output']>;
  /** Invoices, corrections, proformas and receipts for this order. Empty when the accounting has none; null when it can't be asked. */
  invoices: Maybe<Array<Invoice>>;
  /** A sealed statement of this order for finding its invoices; internal. */
  orderRef: Scalars['ID']['output'];
};

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

/** A party as printed on a document. */
export type Party = {
  __typename?: 'Party';
  /** Address. */
  address: Maybe<Address>;
  /** E-mail address. */
  email: Maybe<Scalars['EmailAddress']['output']>;
  /** Name. */
  name: Maybe<Scalars['String']['output']>;
  /** Tax id. */
  taxId: Maybe<TaxIdentifier>;
};

/** Money that came in. */
export type Payment = {
  __typename?: 'Payment';
  /** What of it was put against which invoice. */
  allocations: Array<PaymentAllocation>;
  /** How much. */
  amount: Money;
  /** Who paid it. */
  customer: Maybe<Customer>;
  /** The payment's reference. */
  id: Scalars['ID']['output'];
  /** The method, as the accounting names it. */
  method: Maybe<Scalars['String']['output']>;
  /** Where it comes from. */
  source: SourceRef;
  /** Where it stands. */
  status: PaymentStatus;
  /** The transfer's title, as far as the accounting keeps it. */
  title: Maybe<Scalars['String']['output']>;
  /** What no invoice was found for. */
  unallocated: Maybe<Money>;
  /** The day it counts. */
  valueDate: Maybe<Scalars['Date']['output']>;
};

/** What of a payment was put against an invoice. */
export type PaymentAllocation = {
  __typename?: 'PaymentAllocation';
  /** How much of the payment. */
  amount: Money;
  /** The invoice. */
  invoice: Maybe<Invoice>;
  /** The payment. */
  payment: Maybe<Payment>;
};

/** A page of payments. */
export type PaymentConnection = {
  __typename?: 'PaymentConnection';
  /** The payments with their cursors. */
  edges: Array<PaymentEdge>;
  /** The payments alone. */
  nodes: Array<Payment>;
  /** Where this page ends and whether there is more. */
  pageInfo: PageInfo;
  /** How many there are in all, where the accounting tells. */
  totalCount: Maybe<Scalars['Int']['output']>;
};

/** One payment in a list. */
export type PaymentEdge = {
  __typename?: 'PaymentEdge';
  /** Pass as `after` to go on behind it. */
  cursor: Scalars['String']['output'];
  /** The payment. */
  node: Payment;
};

/** Where a payment stands. */
export type PaymentStatus =
  /** Booked. */
  | 'BOOKED'
  /** Any other status. */
  | 'OTHER'
  /** Expected, not arrived. */
  | 'PENDING'
  /** Taken back. */
  | 'REVERSED';

/** A product, or one variant of it, by its SKU. */
export type Product = {
  __typename?: 'Product';
  /** The SKU, as the shops and the accounting share it. */
  sku: Scalars['String']['output'];
  /** How the accounting taxes it. */
  taxClass: Maybe<TaxClass>;
  /** What one costs us, without tax. */
  unitCost: Maybe<Money>;
  /** How many the accounting's warehouse has. */
  warehouseStock: Maybe<Scalars['Decimal']['output']>;
};

export type Query = {
  __typename?: 'Query';
  /** One invoice by its id (`fakturownia:invoice:5`). Null when there is none. */
  invoice: Maybe<Invoice>;
  /** One invoice by the number KSeF gave it. Null when there is none. */
  invoiceByKsefNumber: Maybe<Invoice>;
  /** One invoice by its number. Null when there is none; null with AMBIGUOUS when several fit (numbers repeat across series and systems). */
  invoiceByNumber: Maybe<Invoice>;
  /** Sales invoices of all accounting systems, the newest first unless asked otherwise. */
  invoices: Maybe<InvoiceConnection>;
  /** One payment by its id. Null when there is none. */
  payment: Maybe<Payment>;
};


export type QueryInvoiceArgs = {
  id: Scalars['ID']['input'];
};


export type QueryInvoiceByKsefNumberArgs = {
  number: Scalars['String']['input'];
};


export type QueryInvoiceByNumberArgs = {
  number: Scalars['String']['input'];
  source: InputMaybe<Scalars['String']['input']>;
};


export type QueryInvoicesArgs = {
  after: InputMaybe<Scalars['String']['input']>;
  filter: InputMaybe<InvoiceFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  orderBy?: InputMaybe<InvoiceOrder>;
};


export type QueryPaymentArgs = {
  id: Scalars['ID']['input'];
};

/** What a customer owes as of today, per currency. */
export type Receivables = {
  __typename?: 'Receivables';
  /** What is owed by how long it has been due, only buckets and currencies that hold something. */
  aging: Maybe<Array<AgingAmount>>;
  /** The day this is as of, in the company's time zone. */
  asOf: Scalars['Date']['output'];
  /** When the oldest of what this is worked out from was read. Null where the accounting knows nothing of the customer. */
  fetchedAt: Maybe<Scalars['DateTime']['output']>;
  /** The oldest due date of anything owed. Null when nothing is. */
  oldestDueDate: Maybe<Scalars['Date']['output']>;
  /** How many invoices something is owed on. */
  openInvoiceCount: Maybe<Scalars['Int']['output']>;
  /** What of it is past due. Empty when nothing is. */
  overdue: Maybe<Array<Money>>;
  /** True when that is older than it should be because the accounting can't be asked: something may have been issued or paid since. */
  stale: Scalars['Boolean']['output'];
  /** All that is owed, after corrections and payments. Empty when nothing is. */
  total: Maybe<Array<Money>>;
  /** The worst bucket anything is in. Null when nothing is owed. */
  worstBucket: Maybe<AgingBucket>;
};

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

/** How a product is taxed. */
export type TaxClass = {
  __typename?: 'TaxClass';
  /** The GTU code of JPK_V7 (`GTU_01` to `GTU_13`), where set. */
  gtu: Maybe<Scalars['String']['output']>;
  /** The PKWiU classification, where set. */
  pkwiu: Maybe<Scalars['String']['output']>;
  /** The VAT rate. */
  vatRate: VatRate;
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

/** Net and tax of one rate. */
export type VatBreakdown = {
  __typename?: 'VatBreakdown';
  /** Gross. */
  gross: Money;
  /** Sum of net. */
  net: Money;
  /** Tax. */
  vat: Money;
  /** The rate. */
  vatRate: VatRate;
};

/** How VAT was worked out (it decides which differences are only rounding). */
export type VatMethod =
  /** Out of the gross amounts. */
  | 'GROSS'
  /** Tax on the sum of net amounts of each rate. */
  | 'NET_SUM'
  /** Sum of the lines' taxes. */
  | 'PER_LINE';

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
  Invoice: Invoice;
  Order: Order;
  Payment: Payment;
  Product: Product;
};

/** Mapping of federation reference types */
export type FederationReferenceTypes = {
  Customer:
    ( { __typename: 'Customer' }
    & GraphQLRecursivePick<FederationTypes['Customer'], {"records":true}>
    & ( Record<PropertyKey, never>
        | GraphQLRecursivePick<FederationTypes['Customer'], {"records":true}>
        | GraphQLRecursivePick<FederationTypes['Customer'], {"records":true}>
        | GraphQLRecursivePick<FederationTypes['Customer'], {"records":true}>
        | GraphQLRecursivePick<FederationTypes['Customer'], {"records":true}>
        | GraphQLRecursivePick<FederationTypes['Customer'], {"records":true}>
        | GraphQLRecursivePick<FederationTypes['Customer'], {"records":true}>
        | GraphQLRecursivePick<FederationTypes['Customer'], {"records":true}> ) );
  Invoice:
    ( { __typename: 'Invoice' }
    & GraphQLRecursivePick<FederationTypes['Invoice'], {"id":true}> );
  Order:
    ( { __typename: 'Order' }
    & GraphQLRecursivePick<FederationTypes['Order'], {"id":true}>
    & ( Record<PropertyKey, never>
        | GraphQLRecursivePick<FederationTypes['Order'], {"orderRef":true}> ) );
  Payment:
    ( { __typename: 'Payment' }
    & GraphQLRecursivePick<FederationTypes['Payment'], {"id":true}> );
  Product:
    ( { __typename: 'Product' }
    & GraphQLRecursivePick<FederationTypes['Product'], {"sku":true}> );
};



/** Mapping between all available schema types and the resolvers types */
export type ResolversTypes = {
  Address: ResolverTypeWrapper<Address>;
  String: ResolverTypeWrapper<Scalars['String']['output']>;
  AgingAmount: ResolverTypeWrapper<AgingAmount>;
  AgingBucket: AgingBucket;
  CorrectionEffect: CorrectionEffect;
  CountryCode: ResolverTypeWrapper<Scalars['CountryCode']['output']>;
  CurrencyCode: ResolverTypeWrapper<Scalars['CurrencyCode']['output']>;
  Customer: ResolverTypeWrapper<CustomerNode>;
  ID: ResolverTypeWrapper<Scalars['ID']['output']>;
  Int: ResolverTypeWrapper<Scalars['Int']['output']>;
  Date: ResolverTypeWrapper<Scalars['Date']['output']>;
  DateRange: DateRange;
  DateTime: ResolverTypeWrapper<Scalars['DateTime']['output']>;
  Decimal: ResolverTypeWrapper<Scalars['Decimal']['output']>;
  DocumentFormat: DocumentFormat;
  DocumentLink: ResolverTypeWrapper<DocumentLink>;
  EmailAddress: ResolverTypeWrapper<Scalars['EmailAddress']['output']>;
  FxRate: ResolverTypeWrapper<FxRate>;
  Invoice: ResolverTypeWrapper<InvoiceModel>;
  Boolean: ResolverTypeWrapper<Scalars['Boolean']['output']>;
  InvoiceConnection: ResolverTypeWrapper<Omit<InvoiceConnection, 'edges' | 'nodes'> & { edges: Array<ResolversTypes['InvoiceEdge']>, nodes: Array<ResolversTypes['Invoice']> }>;
  InvoiceEdge: ResolverTypeWrapper<Omit<InvoiceEdge, 'node'> & { node: ResolversTypes['Invoice'] }>;
  InvoiceFilter: InvoiceFilter;
  InvoiceKind: InvoiceKind;
  InvoiceLine: ResolverTypeWrapper<InvoiceLineModel>;
  InvoiceOrder: InvoiceOrder;
  InvoiceOrderField: InvoiceOrderField;
  InvoicePaymentStatus: InvoicePaymentStatus;
  InvoiceStatus: InvoiceStatus;
  InvoiceTotals: ResolverTypeWrapper<InvoiceTotals>;
  KsefInfo: ResolverTypeWrapper<KsefInfo>;
  KsefStatus: KsefStatus;
  Money: ResolverTypeWrapper<Money>;
  Order: ResolverTypeWrapper<OrderNode>;
  PageInfo: ResolverTypeWrapper<PageInfo>;
  Party: ResolverTypeWrapper<Party>;
  Payment: ResolverTypeWrapper<PaymentModel>;
  PaymentAllocation: ResolverTypeWrapper<Allocation>;
  PaymentConnection: ResolverTypeWrapper<Omit<PaymentConnection, 'edges' | 'nodes'> & { edges: Array<ResolversTypes['PaymentEdge']>, nodes: Array<ResolversTypes['Payment']> }>;
  PaymentEdge: ResolverTypeWrapper<Omit<PaymentEdge, 'node'> & { node: ResolversTypes['Payment'] }>;
  PaymentStatus: PaymentStatus;
  Product: ResolverTypeWrapper<ProductNode>;
  Query: ResolverTypeWrapper<Record<PropertyKey, never>>;
  Receivables: ResolverTypeWrapper<Receivables>;
  SortDirection: SortDirection;
  SourceRef: ResolverTypeWrapper<SourceRef>;
  SourceSystem: SourceSystem;
  TaxClass: ResolverTypeWrapper<TaxClass>;
  TaxIdScheme: TaxIdScheme;
  TaxIdentifier: ResolverTypeWrapper<TaxIdentifier>;
  VatBreakdown: ResolverTypeWrapper<VatBreakdown>;
  VatMethod: VatMethod;
  VatRate: ResolverTypeWrapper<VatRate>;
  VatRateKind: VatRateKind;
};

/** Mapping between all available schema types and the resolvers parents */
export type ResolversParentTypes = {
  Address: Address;
  String: Scalars['String']['output'];
  AgingAmount: AgingAmount;
  CountryCode: Scalars['CountryCode']['output'];
  CurrencyCode: Scalars['CurrencyCode']['output'];
  Customer: CustomerNode;
  ID: Scalars['ID']['output'];
  Int: Scalars['Int']['output'];
  Date: Scalars['Date']['output'];
  DateRange: DateRange;
  DateTime: Scalars['DateTime']['output'];
  Decimal: Scalars['Decimal']['output'];
  DocumentLink: DocumentLink;
  EmailAddress: Scalars['EmailAddress']['output'];
  FxRate: FxRate;
  Invoice: InvoiceModel;
  Boolean: Scalars['Boolean']['output'];
  InvoiceConnection: Omit<InvoiceConnection, 'edges' | 'nodes'> & { edges: Array<ResolversParentTypes['InvoiceEdge']>, nodes: Array<ResolversParentTypes['Invoice']> };
  InvoiceEdge: Omit<InvoiceEdge, 'node'> & { node: ResolversParentTypes['Invoice'] };
  InvoiceFilter: InvoiceFilter;
  InvoiceLine: InvoiceLineModel;
  InvoiceOrder: InvoiceOrder;
  InvoiceTotals: InvoiceTotals;
  KsefInfo: KsefInfo;
  Money: Money;
  Order: OrderNode;
  PageInfo: PageInfo;
  Party: Party;
  Payment: PaymentModel;
  PaymentAllocation: Allocation;
  PaymentConnection: Omit<PaymentConnection, 'edges' | 'nodes'> & { edges: Array<ResolversParentTypes['PaymentEdge']>, nodes: Array<ResolversParentTypes['Payment']> };
  PaymentEdge: Omit<PaymentEdge, 'node'> & { node: ResolversParentTypes['Payment'] };
  Product: ProductNode;
  Query: Record<PropertyKey, never>;
  Receivables: Receivables;
  SourceRef: SourceRef;
  TaxClass: TaxClass;
  TaxIdentifier: TaxIdentifier;
  VatBreakdown: VatBreakdown;
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

export type AgingAmountResolvers<ContextType = Context, ParentType extends ResolversParentTypes['AgingAmount'] = ResolversParentTypes['AgingAmount']> = {
  amount?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  bucket?: Resolver<ResolversTypes['AgingBucket'], ParentType, ContextType>;
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
  invoices?: Resolver<Maybe<ResolversTypes['InvoiceConnection']>, ParentType, ContextType, RequireFields<CustomerInvoicesArgs, 'first' | 'orderBy'>>;
  payments?: Resolver<Maybe<ResolversTypes['PaymentConnection']>, ParentType, ContextType, RequireFields<CustomerPaymentsArgs, 'first'>>;
  receivables?: Resolver<Maybe<ResolversTypes['Receivables']>, ParentType, ContextType>;
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

export type DocumentLinkResolvers<ContextType = Context, ParentType extends ResolversParentTypes['DocumentLink'] = ResolversParentTypes['DocumentLink']> = {
  expiresAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  format?: Resolver<ResolversTypes['DocumentFormat'], ParentType, ContextType>;
  url?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export interface EmailAddressScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['EmailAddress'], any> {
  name: 'EmailAddress';
}

export type FxRateResolvers<ContextType = Context, ParentType extends ResolversParentTypes['FxRate'] = ResolversParentTypes['FxRate']> = {
  date?: Resolver<Maybe<ResolversTypes['Date']>, ParentType, ContextType>;
  from?: Resolver<ResolversTypes['CurrencyCode'], ParentType, ContextType>;
  rate?: Resolver<ResolversTypes['Decimal'], ParentType, ContextType>;
  table?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  to?: Resolver<ResolversTypes['CurrencyCode'], ParentType, ContextType>;
};

export type InvoiceResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Invoice'] = ResolversParentTypes['Invoice'], FederationReferenceType extends FederationReferenceTypes['Invoice'] = FederationReferenceTypes['Invoice']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Invoice']> | FederationReferenceType, FederationReferenceType, ContextType>;
  agingBucket?: Resolver<Maybe<ResolversTypes['AgingBucket']>, ParentType, ContextType>;
  balance?: Resolver<Maybe<ResolversTypes['Money']>, ParentType, ContextType>;
  buyer?: Resolver<Maybe<ResolversTypes['Party']>, ParentType, ContextType>;
  correctionEffect?: Resolver<Maybe<ResolversTypes['CorrectionEffect']>, ParentType, ContextType>;
  correctionReason?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  corrections?: Resolver<Maybe<Array<ResolversTypes['Invoice']>>, ParentType, ContextType>;
  corrects?: Resolver<Maybe<ResolversTypes['Invoice']>, ParentType, ContextType>;
  currency?: Resolver<ResolversTypes['CurrencyCode'], ParentType, ContextType>;
  customer?: Resolver<Maybe<ResolversTypes['Customer']>, ParentType, ContextType>;
  daysOverdue?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  documents?: Resolver<Maybe<Array<ResolversTypes['DocumentLink']>>, ParentType, ContextType>;
  dueDate?: Resolver<Maybe<ResolversTypes['Date']>, ParentType, ContextType>;
  fx?: Resolver<Maybe<ResolversTypes['FxRate']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  isOverdue?: Resolver<Maybe<ResolversTypes['Boolean']>, ParentType, ContextType>;
  issueDate?: Resolver<ResolversTypes['Date'], ParentType, ContextType>;
  kind?: Resolver<ResolversTypes['InvoiceKind'], ParentType, ContextType>;
  kindRaw?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  ksef?: Resolver<Maybe<ResolversTypes['KsefInfo']>, ParentType, ContextType>;
  lines?: Resolver<Maybe<Array<ResolversTypes['InvoiceLine']>>, ParentType, ContextType>;
  number?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  orderNumbers?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
  orders?: Resolver<Maybe<Array<Maybe<ResolversTypes['Order']>>>, ParentType, ContextType>;
  paidAt?: Resolver<Maybe<ResolversTypes['Date']>, ParentType, ContextType>;
  paymentStatus?: Resolver<Maybe<ResolversTypes['InvoicePaymentStatus']>, ParentType, ContextType>;
  payments?: Resolver<Maybe<Array<ResolversTypes['PaymentAllocation']>>, ParentType, ContextType>;
  saleDate?: Resolver<Maybe<ResolversTypes['Date']>, ParentType, ContextType>;
  seller?: Resolver<Maybe<ResolversTypes['Party']>, ParentType, ContextType>;
  source?: Resolver<ResolversTypes['SourceRef'], ParentType, ContextType>;
  splitPaymentMarked?: Resolver<Maybe<ResolversTypes['Boolean']>, ParentType, ContextType>;
  status?: Resolver<ResolversTypes['InvoiceStatus'], ParentType, ContextType>;
  statusRaw?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  totals?: Resolver<Maybe<ResolversTypes['InvoiceTotals']>, ParentType, ContextType>;
  vatBreakdown?: Resolver<Maybe<Array<ResolversTypes['VatBreakdown']>>, ParentType, ContextType>;
  vatMethod?: Resolver<Maybe<ResolversTypes['VatMethod']>, ParentType, ContextType>;
};

export type InvoiceConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['InvoiceConnection'] = ResolversParentTypes['InvoiceConnection']> = {
  edges?: Resolver<Array<ResolversTypes['InvoiceEdge']>, ParentType, ContextType>;
  nodes?: Resolver<Array<ResolversTypes['Invoice']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
};

export type InvoiceEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['InvoiceEdge'] = ResolversParentTypes['InvoiceEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Invoice'], ParentType, ContextType>;
};

export type InvoiceLineResolvers<ContextType = Context, ParentType extends ResolversParentTypes['InvoiceLine'] = ResolversParentTypes['InvoiceLine']> = {
  gross?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  net?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  product?: Resolver<Maybe<ResolversTypes['Product']>, ParentType, ContextType>;
  quantity?: Resolver<ResolversTypes['Decimal'], ParentType, ContextType>;
  sku?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  unit?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  unitPriceNet?: Resolver<Maybe<ResolversTypes['Decimal']>, ParentType, ContextType>;
  vat?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  vatRate?: Resolver<ResolversTypes['VatRate'], ParentType, ContextType>;
};

export type InvoiceTotalsResolvers<ContextType = Context, ParentType extends ResolversParentTypes['InvoiceTotals'] = ResolversParentTypes['InvoiceTotals']> = {
  gross?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  net?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  paid?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  vat?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
};

export type KsefInfoResolvers<ContextType = Context, ParentType extends ResolversParentTypes['KsefInfo'] = ResolversParentTypes['KsefInfo']> = {
  acceptedOn?: Resolver<Maybe<ResolversTypes['Date']>, ParentType, ContextType>;
  messages?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
  number?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  sentAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  status?: Resolver<ResolversTypes['KsefStatus'], ParentType, ContextType>;
  statusRaw?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  verificationUrl?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type MoneyResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Money'] = ResolversParentTypes['Money']> = {
  amount?: Resolver<ResolversTypes['Decimal'], ParentType, ContextType>;
  currency?: Resolver<ResolversTypes['CurrencyCode'], ParentType, ContextType>;
};

export type OrderResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Order'] = ResolversParentTypes['Order'], FederationReferenceType extends FederationReferenceTypes['Order'] = FederationReferenceTypes['Order']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Order']> | FederationReferenceType, FederationReferenceType, ContextType>;
  invoiceRef?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  invoices?: Resolver<Maybe<Array<ResolversTypes['Invoice']>>, ParentType, ContextType>;
};

export type PageInfoResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PageInfo'] = ResolversParentTypes['PageInfo']> = {
  endCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  hasNextPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  hasPreviousPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  startCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type PartyResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Party'] = ResolversParentTypes['Party']> = {
  address?: Resolver<Maybe<ResolversTypes['Address']>, ParentType, ContextType>;
  email?: Resolver<Maybe<ResolversTypes['EmailAddress']>, ParentType, ContextType>;
  name?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  taxId?: Resolver<Maybe<ResolversTypes['TaxIdentifier']>, ParentType, ContextType>;
};

export type PaymentResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Payment'] = ResolversParentTypes['Payment'], FederationReferenceType extends FederationReferenceTypes['Payment'] = FederationReferenceTypes['Payment']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Payment']> | FederationReferenceType, FederationReferenceType, ContextType>;
  allocations?: Resolver<Array<ResolversTypes['PaymentAllocation']>, ParentType, ContextType>;
  amount?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  customer?: Resolver<Maybe<ResolversTypes['Customer']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  method?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  source?: Resolver<ResolversTypes['SourceRef'], ParentType, ContextType>;
  status?: Resolver<ResolversTypes['PaymentStatus'], ParentType, ContextType>;
  title?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  unallocated?: Resolver<Maybe<ResolversTypes['Money']>, ParentType, ContextType>;
  valueDate?: Resolver<Maybe<ResolversTypes['Date']>, ParentType, ContextType>;
};

export type PaymentAllocationResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PaymentAllocation'] = ResolversParentTypes['PaymentAllocation']> = {
  amount?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  invoice?: Resolver<Maybe<ResolversTypes['Invoice']>, ParentType, ContextType>;
  payment?: Resolver<Maybe<ResolversTypes['Payment']>, ParentType, ContextType>;
};

export type PaymentConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PaymentConnection'] = ResolversParentTypes['PaymentConnection']> = {
  edges?: Resolver<Array<ResolversTypes['PaymentEdge']>, ParentType, ContextType>;
  nodes?: Resolver<Array<ResolversTypes['Payment']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
};

export type PaymentEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PaymentEdge'] = ResolversParentTypes['PaymentEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Payment'], ParentType, ContextType>;
};

export type ProductResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Product'] = ResolversParentTypes['Product'], FederationReferenceType extends FederationReferenceTypes['Product'] = FederationReferenceTypes['Product']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Product']> | FederationReferenceType, FederationReferenceType, ContextType>;
  sku?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  taxClass?: Resolver<Maybe<ResolversTypes['TaxClass']>, ParentType, ContextType>;
  unitCost?: Resolver<Maybe<ResolversTypes['Money']>, ParentType, ContextType>;
  warehouseStock?: Resolver<Maybe<ResolversTypes['Decimal']>, ParentType, ContextType>;
};

export type QueryResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Query'] = ResolversParentTypes['Query']> = {
  invoice?: Resolver<Maybe<ResolversTypes['Invoice']>, ParentType, ContextType, RequireFields<QueryInvoiceArgs, 'id'>>;
  invoiceByKsefNumber?: Resolver<Maybe<ResolversTypes['Invoice']>, ParentType, ContextType, RequireFields<QueryInvoiceByKsefNumberArgs, 'number'>>;
  invoiceByNumber?: Resolver<Maybe<ResolversTypes['Invoice']>, ParentType, ContextType, RequireFields<QueryInvoiceByNumberArgs, 'number'>>;
  invoices?: Resolver<Maybe<ResolversTypes['InvoiceConnection']>, ParentType, ContextType, RequireFields<QueryInvoicesArgs, 'first' | 'orderBy'>>;
  payment?: Resolver<Maybe<ResolversTypes['Payment']>, ParentType, ContextType, RequireFields<QueryPaymentArgs, 'id'>>;
};

export type ReceivablesResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Receivables'] = ResolversParentTypes['Receivables']> = {
  aging?: Resolver<Maybe<Array<ResolversTypes['AgingAmount']>>, ParentType, ContextType>;
  asOf?: Resolver<ResolversTypes['Date'], ParentType, ContextType>;
  fetchedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  oldestDueDate?: Resolver<Maybe<ResolversTypes['Date']>, ParentType, ContextType>;
  openInvoiceCount?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  overdue?: Resolver<Maybe<Array<ResolversTypes['Money']>>, ParentType, ContextType>;
  stale?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  total?: Resolver<Maybe<Array<ResolversTypes['Money']>>, ParentType, ContextType>;
  worstBucket?: Resolver<Maybe<ResolversTypes['AgingBucket']>, ParentType, ContextType>;
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

export type TaxClassResolvers<ContextType = Context, ParentType extends ResolversParentTypes['TaxClass'] = ResolversParentTypes['TaxClass']> = {
  gtu?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  pkwiu?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  vatRate?: Resolver<ResolversTypes['VatRate'], ParentType, ContextType>;
};

export type TaxIdentifierResolvers<ContextType = Context, ParentType extends ResolversParentTypes['TaxIdentifier'] = ResolversParentTypes['TaxIdentifier']> = {
  country?: Resolver<Maybe<ResolversTypes['CountryCode']>, ParentType, ContextType>;
  scheme?: Resolver<ResolversTypes['TaxIdScheme'], ParentType, ContextType>;
  unit?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  valid?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  value?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type VatBreakdownResolvers<ContextType = Context, ParentType extends ResolversParentTypes['VatBreakdown'] = ResolversParentTypes['VatBreakdown']> = {
  gross?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  net?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  vat?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  vatRate?: Resolver<ResolversTypes['VatRate'], ParentType, ContextType>;
};

export type VatRateResolvers<ContextType = Context, ParentType extends ResolversParentTypes['VatRate'] = ResolversParentTypes['VatRate']> = {
  code?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  country?: Resolver<Maybe<ResolversTypes['CountryCode']>, ParentType, ContextType>;
  kind?: Resolver<ResolversTypes['VatRateKind'], ParentType, ContextType>;
  percent?: Resolver<Maybe<ResolversTypes['Decimal']>, ParentType, ContextType>;
};

export type Resolvers<ContextType = Context> = {
  Address?: AddressResolvers<ContextType>;
  AgingAmount?: AgingAmountResolvers<ContextType>;
  CountryCode?: GraphQLScalarType;
  CurrencyCode?: GraphQLScalarType;
  Customer?: CustomerResolvers<ContextType>;
  Date?: GraphQLScalarType;
  DateTime?: GraphQLScalarType;
  Decimal?: GraphQLScalarType;
  DocumentLink?: DocumentLinkResolvers<ContextType>;
  EmailAddress?: GraphQLScalarType;
  FxRate?: FxRateResolvers<ContextType>;
  Invoice?: InvoiceResolvers<ContextType>;
  InvoiceConnection?: InvoiceConnectionResolvers<ContextType>;
  InvoiceEdge?: InvoiceEdgeResolvers<ContextType>;
  InvoiceLine?: InvoiceLineResolvers<ContextType>;
  InvoiceTotals?: InvoiceTotalsResolvers<ContextType>;
  KsefInfo?: KsefInfoResolvers<ContextType>;
  Money?: MoneyResolvers<ContextType>;
  Order?: OrderResolvers<ContextType>;
  PageInfo?: PageInfoResolvers<ContextType>;
  Party?: PartyResolvers<ContextType>;
  Payment?: PaymentResolvers<ContextType>;
  PaymentAllocation?: PaymentAllocationResolvers<ContextType>;
  PaymentConnection?: PaymentConnectionResolvers<ContextType>;
  PaymentEdge?: PaymentEdgeResolvers<ContextType>;
  Product?: ProductResolvers<ContextType>;
  Query?: QueryResolvers<ContextType>;
  Receivables?: ReceivablesResolvers<ContextType>;
  SourceRef?: SourceRefResolvers<ContextType>;
  TaxClass?: TaxClassResolvers<ContextType>;
  TaxIdentifier?: TaxIdentifierResolvers<ContextType>;
  VatBreakdown?: VatBreakdownResolvers<ContextType>;
  VatRate?: VatRateResolvers<ContextType>;
};

