import { CodedError } from '../../common/errors.ts';
import type { SourcePage } from '../shared/connection.ts';
import type { Context } from './context.ts';
import { fitsJudgement, type JudgedQuery, keepFitting } from './invoice-judgement.ts';
import { fitsFilter } from './invoice-order.ts';
import type { Invoice } from './model.ts';
import type { AccountingSource, InvoiceOrder } from './source.ts';

/** How many chunks are looked through for documents that fit a filter the vendor does not have. */
const MAX_SCANNED_CHUNKS = 10;

/** A page of a source's documents: one read, unless the filter is not the vendor's own and each has to be checked. */
export async function readInvoicePage(
  source: AccountingSource,
  { judgement, ...query }: JudgedQuery,
  { first, after }: { first: number; after: string | null },
  context: Context,
): Promise<SourcePage<Invoice>> {
  const start = after === null ? null : parsePlace(after);
  const found: SourcePage<Invoice>['items'][number][] = [];
  const firstChunk = start?.chunk ?? 0;
  for (let chunk = firstChunk; chunk < firstChunk + MAX_SCANNED_CHUNKS; chunk += 1) {
    const { invoices, isLast } = await source.listInvoices(query, chunk, context);
    const placed = invoices.map((node, index) => ({ node, position: formatPlace(chunk, index, node) }));
    const rest = start ? placed.slice(restOf(invoices, chunk, start, query.orderBy)) : placed;
    const fitting = rest.filter(({ node }) => fitsFilter(node, query.filter));
    found.push(...(await keepFitting(fitting, ({ node }) => fitsJudgement(node, judgement, context))));
    // A full page that ends with the chunk does not need the next one.
    if (!isLast && found.length < first) continue;
    const isWhole = isLast && start === null;
    return {
      items: found.slice(0, first),
      hasNextPage: found.length > first || !isLast,
      totalCount: isWhole ? found.length : null,
    };
  }
  throw tooMuchToCheck(source);
}

function tooMuchToCheck({ name, vendor }: AccountingSource): CodedError {
  const message =
    `${name} (${vendor}): the vendor can't filter so; ${MAX_SCANNED_CHUNKS} pages of documents were checked and more ` +
    'are left. Narrow it down by "issued", or ask for the documents of a customer.';
  return new CodedError('FILTER_NOT_SUPPORTED', message, { details: { source: name, vendor } });
}

/** Where a list was left: behind this document, which stood there. */
interface Place {
  chunk: number;
  index: number;
  id: string;
}

/**
 * From where on a chunk is new. Documents that were added meanwhile have moved the last one given further on; one that
 * is no longer there was changed, and stands at the list's beginning or end.
 */
function restOf(invoices: readonly Invoice[], chunk: number, last: Place, { direction }: InvoiceOrder): number {
  const index = invoices.findIndex(({ source }) => source.remoteId === last.id);
  if (index >= 0) return index + 1;
  if (chunk !== last.chunk) return 0;
  return direction === 'ASC' ? last.index : last.index + 1;
}

function formatPlace(chunk: number, index: number, { source }: Invoice): string {
  return `${chunk} ${index} ${source.remoteId}`;
}

function parsePlace(text: string): Place {
  const [, chunk, index, id] = /^(\d{1,6}) (\d{1,4}) (\S{1,64})$/.exec(text) ?? [];
  if (!id) throw new CodedError('BAD_USER_INPUT', 'Expected a cursor that this list has given');
  return { chunk: Number(chunk), index: Number(index), id };
}
