import type { Currency, VatCode } from './records.ts';

/** `tax_no_kind`: "" Polish NIP, EU VAT number, other number, none, NIP with an internal unit ("5252445767-12345"). */
type TaxNumberKind = '' | 'nip_ue' | 'other' | 'empty' | 'nip_with_id';

export interface FakturowniaClient {
  readonly id: number;
  name: string;
  taxNumber: string | null;
  taxNumberKind: TaxNumberKind;
  firstName: string | null;
  lastName: string | null;
  /** `company`: "1" firm, "0" person. */
  isCompany: boolean;
  /** As typed; several addresses may stand in it, comma separated. */
  email: string | null;
  phone: string | null;
  street: string | null;
  city: string | null;
  postCode: string | null;
  country: string | null;
  externalId: string | null;
  note: string | null;
  createdAt: number;
  updatedAt: number;
}

/** `wdt` = intra-Community supply; `export_products` = export; others as their names say. */
export type FakturowniaInvoiceKind =
  | 'vat'
  | 'proforma'
  | 'receipt'
  | 'advance'
  | 'final'
  | 'correction'
  | 'wdt'
  | 'export_products';

type FakturowniaInvoiceStatus = 'issued' | 'sent' | 'paid' | 'partial' | 'rejected';

export interface FakturowniaPosition {
  readonly id: number;
  productId: number | null;
  name: string;
  /** Product code; null for free text. */
  code: string | null;
  /** Negative on a correction that takes goods back. */
  quantity: number;
  unit: string;
  vat: VatCode;
  /** Net of one unit. */
  unitNetMinor: number;
  /** Net and gross of the whole position; on a correction the difference. */
  netMinor: number;
  grossMinor: number;
  /** On corrections: the position as it was and as it is now (`correction_before_attributes`, `correction_after_attributes`). */
  before: FakturowniaPositionState | null;
  after: FakturowniaPositionState | null;
}

export interface FakturowniaPositionState {
  readonly quantity: number;
  readonly unitNetMinor: number;
  readonly netMinor: number;
  readonly grossMinor: number;
  readonly vat: VatCode;
}

/** Snapshot of the buyer on the document; shared between documents where equal: replace it, never write into it. */
export interface FakturowniaBuyer {
  readonly name: string;
  readonly taxNumber: string | null;
  readonly taxNumberKind: TaxNumberKind;
  readonly firstName: string | null;
  readonly lastName: string | null;
  readonly isCompany: boolean;
  readonly email: string | null;
  readonly phone: string | null;
  readonly street: string | null;
  readonly city: string | null;
  readonly postCode: string | null;
  readonly country: string | null;
}

/** `gov_status`; null = never sent. */
type GovStatus = 'ok' | 'processing' | 'send_error' | 'server_error' | 'not_applicable' | 'not_connected';

export interface FakturowniaInvoice {
  readonly id: number;
  /** Repeats across departments and kinds (series). */
  number: string;
  kind: FakturowniaInvoiceKind;
  readonly clientId: number;
  departmentId: number;
  issueDate: string;
  sellDate: string;
  /** `payment_to`. */
  dueDate: string | null;
  paidDate: string | null;
  status: FakturowniaInvoiceStatus;
  /** "transfer", "card", "cash", "cod", "przelewy24", ... */
  paymentType: string;
  currency: Currency;
  /** NBP mid rate in ten-thousandths (42531 = 4.2531 PLN); null for PLN. */
  exchangeRate: number | null;
  /** `exchange_kind` "nbp", `exchange_note` table and day. */
  exchangeNote: string | null;
  /** Order number(s): "1001" or "1001,1002". */
  oid: string | null;
  /** Uwagi; may hold "Zamówienie nr 1001". */
  description: string | null;
  buyer: FakturowniaBuyer;
  /** `recipient_*`: the unit that gets the goods when the buyer is a municipality. */
  recipientName: string | null;
  positions: readonly FakturowniaPosition[];
  netMinor: number;
  vatMinor: number;
  grossMinor: number;
  /** VAT in PLN for a foreign-currency invoice. */
  vatPlnMinor: number | null;
  paidMinor: number;
  /** The document this one came from: corrected invoice, proforma or receipt of an invoice, advance of a final one. */
  fromInvoiceId: number | null;
  /** Advances that a final invoice settles. */
  advanceIds: readonly number[];
  correctionReason: string | null;
  govStatus: GovStatus | null;
  /** KSeF number. */
  govId: string | null;
  govSentAt: number | null;
  govErrors: readonly string[];
  /** KSeF number of the corrected invoice. */
  govCorrectedNumber: string | null;
  /** `split_payment`. */
  splitPayment: boolean;
  /** `exempt_tax_kind`, with a "zw" position. */
  exemptTaxKind: string | null;
  /** `np_tax_kind`, with an "np" position. */
  npTaxKind: string | null;
  cancelled: boolean;
  createdAt: number;
  updatedAt: number;
}

export interface FakturowniaPayment {
  readonly id: number;
  /** Empty = money nobody has allocated yet. */
  invoiceIds: readonly number[];
  clientId: number | null;
  /** May be negative: money given back. */
  priceMinor: number;
  currency: Currency;
  paidDate: string;
  name: string;
  description: string | null;
  kind: 'api' | 'bank' | 'cash';
  provider: string | null;
  createdAt: number;
  updatedAt: number;
}

export interface FakturowniaProduct {
  readonly id: number;
  code: string;
  name: string;
  vat: VatCode;
  netMinor: number;
  grossMinor: number;
  purchaseNetMinor: number;
  quantity: number;
  gtu: string | null;
  pkwiu: string | null;
  /** On Annex 15 (compulsory split payment above 15 000 PLN gross). */
  splitPayment: boolean;
  createdAt: number;
  updatedAt: number;
}

interface FakturowniaDepartment {
  readonly id: number;
  readonly name: string;
  readonly shortcut: string;
  readonly taxNumber: string;
  readonly street: string;
  readonly city: string;
  readonly postCode: string;
  readonly bankAccount: string;
}

export interface FakturowniaStore {
  readonly clients: Map<number, FakturowniaClient>;
  readonly invoices: Map<number, FakturowniaInvoice>;
  readonly payments: Map<number, FakturowniaPayment>;
  readonly products: Map<number, FakturowniaProduct>;
  readonly departments: Map<number, FakturowniaDepartment>;
  readonly invoicesByClient: Map<number, number[]>;
  /** Exact `oid` text -> invoice ids ("1001,1002" is one key). */
  readonly invoicesByOid: Map<string, number[]>;
  readonly invoicesByNumber: Map<string, number[]>;
  readonly paymentsByInvoice: Map<number, number[]>;
  /** Lower-case e-mail text as stored -> client ids. */
  readonly clientsByEmail: Map<string, number[]>;
  /** `tax_no` reduced to letters, digits and the unit's hyphen, as the vendor compares it ("525-244-57-67" = "5252445767"). */
  readonly clientsByTaxNumber: Map<string, number[]>;
  readonly clientsByExternalId: Map<string, number[]>;
  nextId(): number;
}
