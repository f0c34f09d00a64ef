import type { PageSource } from '../shared/connection.ts';
import type { Context } from './context.ts';
import type { OwnClient } from './customer-records.ts';
import { fitsJudgement, isJudging, type JudgedQuery, keepFitting } from './invoice-judgement.ts';
import { comparePlaces, fitsFilter, pageOfAll, parsePlace, sortValue } from './invoice-order.ts';
import type { Invoice } from './model.ts';
import type { InvoiceFilter, InvoiceOrder } from './source.ts';

/** The documents of one client. */
export function clientPages(
  client: OwnClient,
  { orderBy, filter, judgement }: JudgedQuery,
  context: Context,
): PageSource<Invoice> {
  return {
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
  };
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
