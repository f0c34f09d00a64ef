import { type Connection, checkFirst, type PageSource, pageOfMerged } from '../shared/connection.ts';
import { keepSeen } from '../shared/party-rows.ts';
import { visiblePages } from '../shared/visible-pages.ts';
import { clientPages } from './client-pages.ts';
import type { Context } from './context.ts';
import { clientsAmong } from './customer-records.ts';
import { invoiceParties } from './document-parties.ts';
import { fitsJudgement, type JudgedQuery, keepFitting, NO_JUDGEMENT } from './invoice-judgement.ts';
import { compareInvoices, NEWEST_FIRST } from './invoice-order.ts';
import { readInvoicePage } from './invoice-pages.ts';
import type { Invoice, InvoiceKind } from './model.ts';
import type { InvoiceFilter as InvoiceFilterInput } from './schema.generated.ts';
import { OWED } from './settlement.ts';
import type { AccountingSource, InvoiceOrder } from './source.ts';

export interface InvoiceListArgs {
  first?: number | null;
  after?: string | null;
  filter?: InvoiceFilterInput | null;
  orderBy?: InvoiceOrder | null;
}

/** Documents of all accounting systems that the caller may see. */
export async function listInvoices(args: InvoiceListArgs, context: Context): Promise<Connection<Invoice>> {
  const query = toQuery(args);
  const { rows, sources } = context;
  if (rows.kind === 'none') return mergeInvoices('invoices', args, query, []);
  const own = await listsOfCaller(query, context);
  if (own) return mergeInvoices('invoices seen', args, query, own);
  const toPages = (source: AccountingSource): PageSource<Invoice> =>
    rows.kind === 'all'
      ? { name: source.name, read: (page) => readInvoicePage(source, query, page, context) }
      : seenPages(source, query, context);
  return mergeInvoices('invoices', args, query, sources.map(toPages));
}

/** More lists than these cost more calls than looking through the newest documents. */
const MAX_LISTS = 50;

/** The lists of the clients whom the caller may see; null where they are many, or anybody. */
async function listsOfCaller(query: JudgedQuery, context: Context): Promise<PageSource<Invoice>[] | null> {
  const { references, missing } = await context.rows.records();
  if (references === null) return null;
  const clients = clientsAmong({ references, gaps: missing }, context.sources);
  if (clients.length > MAX_LISTS) return null;
  for (const gap of missing) context.incomplete?.(gap);
  return clients.map((client) => clientPages(client, query, context));
}

/** What the source answers is looked through for the caller's, and only these are judged by their corrections. */
function seenPages(source: AccountingSource, query: JudgedQuery, context: Context): PageSource<Invoice> {
  const { judgement, ...plain } = query;
  const pages: PageSource<Invoice> = {
    name: source.name,
    read: (page) => readInvoicePage(source, { ...plain, judgement: NO_JUDGEMENT }, page, context),
  };
  return visiblePages(pages, {
    keep: async (invoices) => {
      const seen = await keepSeen(context.rows, invoices, invoiceParties);
      return keepFitting(seen, (invoice) => fitsJudgement(invoice, judgement, context));
    },
    sealer: context.sealer,
    source: source.name,
    vendor: source.vendor,
    advice: 'Narrow it down by "issued", or ask for the documents of a customer.',
  });
}

export function mergeInvoices(
  kind: string,
  { first, after }: InvoiceListArgs,
  { orderBy }: JudgedQuery,
  sources: readonly PageSource<Invoice>[],
): Promise<Connection<Invoice>> {
  return pageOfMerged({
    kind: `${kind} ${orderBy.field} ${orderBy.direction}`,
    first: checkFirst(first),
    after,
    sources,
    compare: compareInvoices(orderBy),
  });
}

export function toQuery({ filter, orderBy }: InvoiceListArgs): JudgedQuery {
  return {
    orderBy: orderBy ?? NEWEST_FIRST,
    filter: {
      status: filter?.status ?? null,
      kind: toKinds(filter),
      issuedFrom: filter?.issued?.from ?? null,
      issuedTo: filter?.issued?.to ?? null,
      dueFrom: filter?.due?.from ?? null,
      dueTo: filter?.due?.to ?? null,
    },
    judgement: {
      paymentStatus: filter?.paymentStatus ?? null,
      overdue: filter?.overdue ?? null,
      kind: filter?.kind ?? null,
    },
  };
}

/** Only what money is owed on can be overdue: so others, as receipts, need not be looked at. */
function toKinds(filter: InvoiceFilterInput | null | undefined): readonly InvoiceKind[] | null {
  const kinds = filter?.kind ?? null;
  if (filter?.overdue !== true) return kinds;
  return [...OWED].filter((kind) => kinds === null || kinds.includes(kind));
}
