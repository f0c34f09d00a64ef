import DataLoader from 'dataloader';
import type { Clock } from '../../common/clock.ts';
import type { Sealer } from '../shared/seal.ts';
import type { CallContext } from '../shared/upstream-client.ts';
import { ownPayments } from './allocations.ts';
import { type ClientDocuments, createClientDocuments } from './client-documents.ts';
import { type CorrectionLoader, createCorrectionLoader } from './correction-reads.ts';
import type { DocumentLinks } from './document-links.ts';
import { createRecordLoader, createReferenceLoader } from './loaders.ts';
import type { AccountingProduct, Invoice, Payment } from './model.ts';
import { createOrderInvoiceLoader } from './order-invoices.ts';
import { isCorrection, type Settlement, settle } from './settlement.ts';
import type { AccountingSource } from './source.ts';

/** What every request of the accounting subgraph has at hand; loaders live as long as the request. */
export interface Context extends CallContext {
  sources: readonly AccountingSource[];
  sealer: Sealer;
  clock: Clock;
  links: DocumentLinks;
  /** By reference. */
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
}

export function createContext(deps: ContextDeps, call: CallContext): Context {
  const { sources, sealer } = deps;
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
  return {
    ...call,
    ...deps,
    invoices,
    documentsOf,
    corrections,
    settlement: async (invoice) => settle(invoice, canBeCorrected(invoice) ? await corrections.load(invoice) : []),
    payments: createReferenceLoader<Payment>(sources, 'payment', (source, ids) => source.paymentsByIds(ids, call)),
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
