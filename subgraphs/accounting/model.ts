import type { Money } from '../shared/money.ts';
import type { TaxIdentifier } from '../shared/normalise.ts';
import type { Address } from '../shared/party.ts';

/** Where a record comes from and how old it is. */
export interface SourceRef {
  system: 'ACCOUNTING';
  source: string;
  vendor: string;
  remoteId: string;
  url: string | null;
  fetchedAt: string;
  sourceUpdatedAt: string | null;
  stale: boolean;
}

export type InvoiceKind =
  | 'INVOICE'
  | 'ADVANCE'
  | 'FINAL'
  | 'SIMPLIFIED'
  | 'PROFORMA'
  | 'RECEIPT'
  | 'CORRECTION'
  | 'CORRECTION_ADVANCE'
  | 'CORRECTION_FINAL'
  | 'INTEREST_NOTE'
  | 'OTHER';

export type InvoiceStatus = 'DRAFT' | 'ISSUED' | 'CANCELLED' | 'OTHER';

export type InvoicePaymentStatus = 'UNPAID' | 'PARTIALLY_PAID' | 'PAID' | 'OVERPAID' | 'REFUNDED' | 'NOT_APPLICABLE';

export interface Invoice {
  /** Its reference, `fakturownia:invoice:5`. */
  id: string;
  number: string;
  /** A correction is CORRECTION here, whatever it corrects: that takes the corrected document. */
  kind: InvoiceKind;
  kindRaw: string | null;
  status: InvoiceStatus;
  statusRaw: string | null;
  issueDate: string;
  saleDate: string | null;
  dueDate: string | null;
  paidAt: string | null;
  currency: string;
  /** The client it was issued to, by its id in the accounting. */
  clientId: string | null;
  /** Issued to the one client that stands for all buyers without a name. */
  isRetail: boolean;
  buyer: PrintedParty;
  seller: PrintedParty;
  orderNumbers: string[];
  /** Null where the source did not send them. */
  lines: InvoiceLine[];
  vatMethod: VatMethod | null;
  totals: InvoiceTotals;
  fx: FxRate | null;
  /** References of other documents: the one it corrects, the one it was made from, the advances it settles. */
  correctsId: string | null;
  madeFromId: string | null;
  advanceIds: string[];
  correctionReason: string | null;
  /** Null where the accounting does not handle KSeF. */
  ksef: KsefInfo | null;
  splitPaymentMarked: boolean | null;
  formats: DocumentFormat[];
  /** Where the document came with them; null = they take another call. */
  payments: Payment[] | null;
  source: SourceRef;
}

/** A party as printed on a document. */
export interface PrintedParty {
  name: string | null;
  taxId: TaxIdentifier | null;
  address: Address | null;
  email: string | null;
}

export interface InvoiceLine {
  id: string;
  sku: string | null;
  name: string;
  quantity: string;
  unit: string | null;
  unitPriceNet: string | null;
  vatRate: VatRate;
  net: Money;
  vat: Money;
  gross: Money;
}

type VatRateKind =
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

export type VatMethod = 'NET_SUM' | 'PER_LINE' | 'GROSS';

export interface VatBreakdown {
  vatRate: VatRate;
  net: Money;
  vat: Money;
  gross: Money;
}

export interface InvoiceTotals {
  net: Money;
  vat: Money;
  gross: Money;
  /** Negative where money was given back. */
  paid: Money;
}

export interface FxRate {
  from: string;
  to: string;
  rate: string;
  table: string | null;
  date: string | null;
}

export type KsefStatus =
  | 'NOT_REQUIRED'
  | 'NOT_SENT'
  | 'QUEUED_OFFLINE'
  | 'PROCESSING'
  | 'ACCEPTED'
  | 'REJECTED'
  | 'DUPLICATE'
  | 'UNKNOWN';

export interface KsefInfo {
  status: KsefStatus;
  statusRaw: string | null;
  number: string | null;
  sentAt: string | null;
  acceptedOn: string | null;
  verificationUrl: string | null;
  messages: string[];
}

export type DocumentFormat = 'PDF' | 'XML' | 'UPO';

export type PaymentStatus = 'BOOKED' | 'PENDING' | 'REVERSED' | 'OTHER';

export interface Payment {
  /** Its reference, `fakturownia:payment:9`. */
  id: string;
  /** Negative where money was given back. */
  amount: Money;
  valueDate: string | null;
  method: string | null;
  status: PaymentStatus;
  title: string | null;
  /** The client who paid, where the accounting tells. */
  clientId: string | null;
  /** The documents it was put against, in the order in which it pays them; null = that takes another call. */
  invoiceIds: string[] | null;
  source: SourceRef;
}

/** What of a payment was put against a document. */
export interface Allocation {
  amount: Money;
  payment: Payment;
  invoice: Invoice;
}

/** A client as the accounting knows it. */
export interface Client {
  /** Its id in the accounting. */
  id: string;
  name: string | null;
  firstName: string | null;
  lastName: string | null;
  isCompany: boolean;
  emails: string[];
  phones: string[];
  taxId: TaxIdentifier | null;
  address: Address | null;
  /** The record of another system that it is, as `woo:customer:12`. */
  externalReference: string | null;
  isRetail: boolean;
  /** By which of its identifiers the accounting finds it again. */
  findableBy: { email: string | null; taxId: string | null };
  createdAt: string | null;
  updatedAt: string | null;
  source: SourceRef;
}

/** A product as one accounting system has it. */
export interface AccountingProduct {
  sku: string;
  vatRate: VatRate | null;
  gtu: string | null;
  pkwiu: string | null;
  unitCost: Money | null;
  stock: string | null;
}

/** A customer as the accounting has it: what a document claims of its client, or the records that identity found. */
export type CustomerNode = { __typename: 'Customer' } & ({ claim: string } | { records: string });

/** An order that an invoice names, or one whose invoices are asked for. */
export type OrderNode = { __typename: 'Order' } & ({ invoiceRef: string } | { id: string; orderRef: string });

export interface ProductNode {
  sku: string;
}
