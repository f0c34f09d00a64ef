import type { SourcePage } from '../shared/connection.ts';
import type { ChangeFeed } from '../shared/links/change-feed.ts';
import type { CallContext } from '../shared/upstream/context.ts';
import type {
  AccountingProduct,
  Client,
  DocumentFormat,
  Invoice,
  InvoiceKind,
  InvoiceStatus,
  Payment,
} from './model.ts';

/** Which sales documents, in which order. Days are calendar days, both ends included. */
export interface InvoiceQuery {
  filter: InvoiceFilter;
  orderBy: InvoiceOrder;
}

/** What a document alone tells; what takes its corrections (payment status, overdue) is judged above the source. */
export interface InvoiceFilter {
  status: readonly InvoiceStatus[] | null;
  kind: readonly InvoiceKind[] | null;
  issuedFrom: string | null;
  issuedTo: string | null;
  dueFrom: string | null;
  dueTo: string | null;
}

export interface InvoiceOrder {
  field: 'ISSUE_DATE' | 'DUE_DATE' | 'UPDATED_AT';
  direction: 'ASC' | 'DESC';
}

/** A part of a list of documents; all parts of one list are of one size but the last. They are counted from 0. */
export interface DocumentChunk {
  invoices: Invoice[];
  isLast: boolean;
}

interface ProductSearch {
  /** In the order asked. */
  found: (AccountingProduct | null)[];
  /** What came along, where the vendor can't look up one alone. */
  others: AccountingProduct[];
}

/** A page of clients. */
export interface ClientQuery {
  search: string | null;
  first: number;
  after: string | null;
}

/**
 * One accounting system, in the domain's own words: sales only, never what the company itself was billed for. Answers
 * come in the order of what was asked, null or empty for what does not exist. What is called complete is complete, or
 * the call fails.
 */
export interface AccountingSource {
  readonly name: string;
  readonly vendor: string;
  /** Where the vendor can't list the documents of many clients in one call, so that an index of them pays. */
  readonly invoiceChanges?: ChangeFeed<Invoice>;

  invoicesByIds(ids: readonly string[], context: CallContext): Promise<(Invoice | null)[]>;
  /** For each number all documents that have it. */
  invoicesByNumbers(numbers: readonly string[], context: CallContext): Promise<Invoice[][]>;
  /** By a valid KSeF number. Fails with FILTER_NOT_SUPPORTED where it can't be told that there is none. */
  invoiceByKsefNumber(number: string, context: CallContext): Promise<Invoice | null>;
  /** For each order number the documents whose field for it holds it alone; others name it among several or in words. */
  invoicesByOrderNumbers(numbers: readonly string[], context: CallContext): Promise<Invoice[][]>;
  /** In the order asked; may hold documents that don't fit, where the vendor lacks a filter, but lacks none that does. */
  listInvoices(query: InvoiceQuery, index: number, context: CallContext): Promise<DocumentChunk>;
  /** One client's documents, the newest first. */
  clientDocuments(clientId: string, index: number, context: CallContext): Promise<DocumentChunk>;
  /** Everybody's corrections, the newest first, in chunks as above. */
  corrections(index: number, context: CallContext): Promise<DocumentChunk>;
  /** One client's corrections from that day of issue on; complete. */
  correctionsOfClient(clientId: string, since: string, context: CallContext): Promise<Invoice[]>;

  /** What was paid against each document, money given back included. */
  paymentsOf(invoices: readonly Invoice[], context: CallContext): Promise<Payment[][]>;
  /** With the documents they were put against. */
  paymentsByIds(ids: readonly string[], context: CallContext): Promise<(Payment | null)[]>;

  clientsByIds(ids: readonly string[], context: CallContext): Promise<(Client | null)[]>;
  clientsByEmails(emails: readonly string[], context: CallContext): Promise<Client[][]>;
  /** By country and value, `PL5252445767`. */
  clientsByTaxIds(taxIds: readonly string[], context: CallContext): Promise<Client[][]>;
  /** By the record of another system that they point at, `woo:customer:12`. */
  clientsByExternalReferences(references: readonly string[], context: CallContext): Promise<Client[][]>;
  listClients(query: ClientQuery, context: CallContext): Promise<SourcePage<Client>>;

  productsBySkus(skus: readonly string[], context: CallContext): Promise<ProductSearch>;

  /** Null when there is none, or not yet. */
  document(invoiceId: string, format: DocumentFormat, context: CallContext): Promise<Buffer | null>;
  close(): Promise<void>;
}
