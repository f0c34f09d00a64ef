import { CodedError } from '../../common/errors.ts';
import type { SourcePage } from '../shared/connection.ts';
import type { Context } from './context.ts';
import { fitsJudgement, type Judgement, keepFitting } from './invoice-judgement.ts';
import { fitsFilter, sortValue } from './invoice-order.ts';
import type { Invoice } from './model.ts';
import type { AccountingSource, InvoiceQuery } from './source.ts';

/** How many chunks are looked through for documents that fit a filter the vendor does not have. */
const MAX_SCANNED_CHUNKS = 10;

/** A page of a source's documents: one read, unless the filter is not the vendor's own and each has to be checked. */
export async function readInvoicePage(
  source: AccountingSource,
  query: InvoiceQuery & { judgement: Judgement },
  { first, after }: { first: number; after: string | null },
  context: Context,
): Promise<SourcePage<Invoice>> {
  const { filter, orderBy, judgement } = query;
  const start = after === null ? null : parsePosition(after);
  const found: SourcePage<Invoice>['items'][number][] = [];
  let position: Position = start ?? { chunk: 0, value: '', seen: [] };
  for (let scanned = 0; scanned < MAX_SCANNED_CHUNKS; scanned += 1) {
    const chunk = (start?.chunk ?? 0) + scanned;
    const { invoices, isLast } = await source.listInvoices({ filter, orderBy }, chunk, context);
    const placed = invoices
      .filter((invoice) => !start || isBehind(invoice, start, query))
      .map((node) => {
        position = behind(position, sortValue(node, orderBy), node, chunk);
        return { node, position: formatPosition(position) };
      });
    const fitting = placed.filter(({ node }) => fitsFilter(node, filter));
    found.push(...(await keepFitting(fitting, ({ node }) => fitsJudgement(node, judgement, context))));
    // A full page that ends with the chunk does not need the next one.
    if (isLast || found.length >= first) {
      const hasNextPage = found.length > first || !isLast;
      const totalCount = isLast && chunk === scanned && !start ? found.length : null;
      return { items: found.slice(0, first), hasNextPage, totalCount };
    }
  }
  throw tooMuchToCheck(source);
}

function tooMuchToCheck({ name, vendor }: AccountingSource): CodedError {
  const message =
    `${name} (${vendor}): the vendor can't filter so; ${MAX_SCANNED_CHUNKS} pages of documents were checked and more ` +
    'are left. Narrow it down by "issued", or ask for the documents of a customer.';
  return new CodedError('FILTER_NOT_SUPPORTED', message, { details: { source: name, vendor } });
}

/**
 * Where a list was left: in which chunk, at which value of what it is sorted by, and with which documents of that value
 * already given. So a document that was added meanwhile neither repeats nor hides another.
 */
interface Position {
  chunk: number;
  value: string;
  seen: string[];
}

function behind(before: Position, value: string, { source }: Invoice, chunk: number): Position {
  const twins = before.value === value ? before.seen : [];
  return { chunk, value, seen: [...twins, source.remoteId] };
}

function isBehind(invoice: Invoice, start: Position, { orderBy }: InvoiceQuery): boolean {
  const value = sortValue(invoice, orderBy);
  if (value === start.value) return !start.seen.includes(invoice.source.remoteId);
  return orderBy.direction === 'ASC' ? value > start.value : value < start.value;
}

function formatPosition({ chunk, value, seen }: Position): string {
  return [chunk, value, ...seen].join(' ');
}

function parsePosition(text: string): Position {
  const [chunk = '', value = '', ...seen] = text.split(' ');
  if (!/^\d{1,6}$/.test(chunk)) throw new CodedError('BAD_USER_INPUT', 'Expected a cursor that this list has given');
  return { chunk: Number(chunk), value, seen };
}
