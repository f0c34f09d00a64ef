import DataLoader from 'dataloader';
import type { Clock } from '../../common/clock.ts';
import type { IdentityPort } from '../shared/identity-port.ts';
import { createPartyRows, forParties, type PartyRows, readSeen } from '../shared/party-rows.ts';
import type { Sealer } from '../shared/seal.ts';
import type { RequestCall } from '../shared/subgraph.ts';
import { ownPayments } from './allocations.ts';
import { type ClientDocuments, createClientDocuments } from './client-documents.ts';
import { type CorrectionLoader, createCorrectionLoader } from './correction-reads.ts';
import type { DocumentLinks } from './document-links.ts';
import { invoiceParties, paymentParties } from './document-parties.ts';
import { createRecordLoader, createReferenceLoader } from './loaders.ts';
import type { AccountingProduct, Invoice, Payment } from './model.ts';
import { createOrderInvoiceLoader } from './order-invoices.ts';
import { isCorrection, type Settlement, settle } from './settlement.ts';
import type { AccountingSource } from './source.ts';

/** What every request of the accounting subgraph has at hand; loaders live as long as the request. */
export interface Context extends RequestCall {
  sources: readonly AccountingSource[];
  sealer: Sealer;
  clock: Clock;
  links: DocumentLinks;
  /** What the caller may see. Every document and payment that is handed out went through it. */
  rows: PartyRows;
  /** By reference; null for what the caller may not see. */
  seenInvoices: { load(reference: string): Promise<Invoice | null> };
  seenPayments: { load(reference: string): Promise<Payment | null> };
  /** By reference, whoever may see them: for working out what others say. */
  invoices: DataLoader<string, Invoice | null>;
  /** One client's documents, the same for whoever asks within the request. */
  documentsOf(source: AccountingSource, clientId: string): ClientDocuments;
  corrections: CorrectionLoader;
  /** Where a document's money stands. */
  settlement(invoice: Invoice): Promise<Settlement>;
  /** By reference, with what they were put against. */
  payments: DataLoader<string, Payment | null>;
  paymentsOf: DataLoader<Invoice, Payment[], string>;
  /** By sealed order. */
  orderInvoices: DataLoader<string, Invoice[]>;
  /** By SKU. */
  products: DataLoader<string, AccountingProduct[]>;
}

export interface ContextDeps {
  sources: readonly AccountingSource[];
  sealer: Sealer;
  clock: Clock;
  links: DocumentLinks;
  /** Null where no caller's rules are known. */
  identity: IdentityPort | null;
}

export function createContext({ identity, ...deps }: ContextDeps, call: RequestCall): Context {
  const { sources, sealer } = deps;
  const { caller } = call;
  const rows = createPartyRows({ rules: forParties(caller.facts.rows), caller, identity }, call);
  const lists = new Map<string, ClientDocuments>();
  const keyOf = (source: AccountingSource, clientId: string) => `${source.name}:${clientId}`;
  const documentsOf = (source: AccountingSource, clientId: string) => {
    const key = keyOf(source, clientId);
    const documents = lists.get(key) ?? createClientDocuments(source, clientId, call);
    lists.set(key, documents);
    return documents;
  };
  const known = (source: AccountingSource, clientId: string) => lists.get(keyOf(source, clientId)) ?? null;
  const corrections = createCorrectionLoader({ sources, known }, call);
  const invoices = createReferenceLoader<Invoice>(sources, 'invoice', (source, ids) => source.invoicesByIds(ids, call));
  const payments = createReferenceLoader<Payment>(sources, 'payment', (source, ids) => source.paymentsByIds(ids, call));
  return {
    ...call,
    ...deps,
    rows,
    invoices,
    seenInvoices: { load: (reference) => readSeen(rows, () => invoices.load(reference), invoiceParties) },
    seenPayments: {
      load: (reference) =>
        readSeen(
          rows,
          () => payments.load(reference),
          (payment) => paymentParties(payment, { invoices, payments }),
        ),
    },
    documentsOf,
    corrections,
    settlement: async (invoice) => settle(invoice, canBeCorrected(invoice) ? await corrections.load(invoice) : []),
    payments,
    paymentsOf: createRecordLoader(sources, async (source, paid: readonly Invoice[]) => {
      const lists = await source.paymentsOf(paid, call);
      return lists.map((payments, index) => ownPayments(paid[index]!, payments));
    }),
    orderInvoices: createOrderInvoiceLoader({ sources, sealer, documentsOf, corrections, invoices }, call),
    products: new DataLoader(async (skus) => {
      const answers = await Promise.all(sources.map((source) => source.productsBySkus(skus, call)));
      return skus.map((_, index) =>
        answers.map(({ found }) => found[index] ?? null).filter((product) => product !== null),
      );
    }),
  };
}

/** The money of others does not depend on what corrects them. */
function canBeCorrected(invoice: Invoice): boolean {
  return invoice.status !== 'CANCELLED' && !isCorrection(invoice) && invoice.kind !== 'PROFORMA';
}
