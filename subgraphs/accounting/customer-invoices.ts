import { type Connection, checkFirst, type PageSource, pageOfMerged } from '../shared/connection.ts';
import type { Context } from './context.ts';
import { indexCorrections } from './corrections.ts';
import { clientsIn, type OwnClient } from './customer-records.ts';
import { fitsJudgement, isJudging, keepFitting } from './invoice-judgement.ts';
import { type InvoiceListArgs, toQuery } from './invoice-list.ts';
import { compareInvoices, comparePlaces, fitsFilter, pageOfAll, parsePlace, sortValue } from './invoice-order.ts';
import type { Invoice } from './model.ts';
import { type Receivables, toReceivables } from './receivables.ts';
import { isCorrection, type Settlement, settle, settleOrphan } from './settlement.ts';
import type { InvoiceFilter, InvoiceOrder } from './source.ts';

/** Documents of one customer: those of all its clients in one list. */
export function invoicesOfRecords(
  records: string,
  args: InvoiceListArgs,
  context: Context,
): Promise<Connection<Invoice>> {
  const { orderBy, filter, judgement } = toQuery(args);
  const toPages = (client: OwnClient): PageSource<Invoice> => ({
    name: `${client.source.name}:${client.clientId}`,
    read: async ({ first, after }) => {
      const page = { orderBy, first, after };
      if (isJudging(judgement) || !isNewestFirst(orderBy)) {
        const documents = await context.documentsOf(client.source, client.clientId).all();
        const plain = documents.filter((invoice) => fitsFilter(invoice, filter));
        return pageOfAll(await keepFitting(plain, (invoice) => fitsJudgement(invoice, judgement, context)), page);
      }
      return readNewest(client, filter, page, context);
    },
  });
  return pageOfMerged({
    kind: `customer invoices ${orderBy.field} ${orderBy.direction}`,
    first: checkFirst(args.first),
    after: args.after,
    sources: clientsIn(context.sealer, records, context.sources).map(toPages),
    compare: compareInvoices(orderBy),
  });
}

/** What one customer owes as of today. */
export async function receivablesOfRecords(records: string, context: Context): Promise<Receivables> {
  const clients = clientsIn(context.sealer, records, context.sources);
  const bySource = [...Map.groupBy(clients, ({ source }) => source)];
  const settlements = await Promise.all(
    bySource.map(async ([source, own]) => {
      const lists = await Promise.all(own.map(({ clientId }) => context.documentsOf(source, clientId).all()));
      return settleAll(lists.flat());
    }),
  );
  return toReceivables(settlements.flat(), context.clock.today());
}

/** Each original with its corrections; a correction whose original is not among the documents stands for itself. */
function settleAll(documents: readonly Invoice[]): Settlement[] {
  const correctionsOf = indexCorrections(documents.filter(isCorrection));
  const known = new Set(documents.map(({ id }) => id));
  return documents.flatMap((document) => {
    if (!isCorrection(document)) return [settle(document, correctionsOf(document))];
    const isOrphan = document.correctsId === null || !known.has(document.correctsId);
    return isOrphan ? [settleOrphan(document, correctionsOf(document))] : [];
  });
}

interface Page {
  orderBy: InvoiceOrder;
  first: number;
  after: string | null;
}

/** Reads no further than the page's end: a client may have thousands of documents. */
async function readNewest({ source, clientId }: OwnClient, filter: InvoiceFilter, page: Page, context: Context) {
  const start = page.after === null ? null : parsePlace(page.after);
  const isBehind = (invoice: Invoice) =>
    start === null ||
    comparePlaces({ value: sortValue(invoice, page.orderBy), id: invoice.source.remoteId }, start, page.orderBy) > 0;
  const isPast = (known: readonly Invoice[]) => filter.issuedFrom !== null && oldestDay(known) < filter.issuedFrom;
  const { invoices, isWhole } = await context.documentsOf(source, clientId).until((known) => {
    // The last day read may go on in the next chunk.
    const certain = known.filter(({ issueDate }) => issueDate > oldestDay(known));
    const fitting = certain.filter((invoice) => fitsFilter(invoice, filter) && isBehind(invoice));
    return isPast(known) || fitting.length > page.first;
  });
  const answer = pageOfAll(
    invoices.filter((invoice) => fitsFilter(invoice, filter)),
    page,
  );
  return { ...answer, totalCount: isWhole || isPast(invoices) ? answer.totalCount : null };
}

/** Of a list that begins with the newest. */
function oldestDay(known: readonly Invoice[]): string {
  return known.at(-1)?.issueDate ?? '9999-12-31';
}

function isNewestFirst({ field, direction }: InvoiceOrder): boolean {
  return field === 'ISSUE_DATE' && direction === 'DESC';
}
