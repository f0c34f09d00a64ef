import { CodedError } from '../../common/errors.ts';
import type { SourcePage } from '../shared/connection.ts';
import type { Invoice } from './model.ts';
import type { InvoiceFilter, InvoiceOrder } from './source.ts';

export const NEWEST_FIRST: InvoiceOrder = { field: 'ISSUE_DATE', direction: 'DESC' };

const ids = new Intl.Collator('en', { numeric: true });

/** What a document is sorted by. What has no due date stands last, whichever way. */
export function sortValue(invoice: Invoice, { field, direction }: InvoiceOrder): string {
  if (field === 'ISSUE_DATE') return invoice.issueDate;
  if (field === 'UPDATED_AT') return invoice.source.sourceUpdatedAt ?? invoice.issueDate;
  return invoice.dueDate ?? (direction === 'ASC' ? '9999-12-31' : '');
}

export function compareInvoices(orderBy: InvoiceOrder): (left: Invoice, right: Invoice) => number {
  return (left, right) =>
    comparePlaces(
      { value: sortValue(left, orderBy), id: left.source.remoteId },
      { value: sortValue(right, orderBy), id: right.source.remoteId },
      orderBy,
    );
}

/** A place in a sorted list: behind the document with this value and id. */
export interface Place {
  value: string;
  id: string;
}

export function comparePlaces(left: Place, right: Place, { direction }: InvoiceOrder): number {
  const sign = direction === 'ASC' ? 1 : -1;
  if (left.value !== right.value) return sign * (left.value < right.value ? -1 : 1);
  return sign * ids.compare(left.id, right.id);
}

export function formatPlace({ value, id }: Place): string {
  return `${id} ${value}`;
}

export function parsePlace(text: string): Place {
  const [, id, value] = /^(\S{1,64}) (.{0,40})$/.exec(text) ?? [];
  if (id === undefined || value === undefined) {
    throw new CodedError('BAD_USER_INPUT', 'Expected a cursor that this list has given');
  }
  return { id, value };
}

/** A page of documents that are all at hand. */
export function pageOfAll(
  invoices: readonly Invoice[],
  { orderBy, first, after }: { orderBy: InvoiceOrder; first: number; after: string | null },
): SourcePage<Invoice> {
  const start = after === null ? null : parsePlace(after);
  const placed = [...invoices].sort(compareInvoices(orderBy)).map((node) => ({
    node,
    place: { value: sortValue(node, orderBy), id: node.source.remoteId },
  }));
  const rest = start ? placed.filter(({ place }) => comparePlaces(place, start, orderBy) > 0) : placed;
  return {
    items: rest.slice(0, first).map(({ node, place }) => ({ node, position: formatPlace(place) })),
    hasNextPage: rest.length > first,
    totalCount: invoices.length,
  };
}

/** Whether a document alone fits; a correction's kind is compared after it is known what it corrects. */
export function fitsFilter(invoice: Invoice, filter: InvoiceFilter): boolean {
  const { status, kind, issuedFrom, issuedTo, dueFrom, dueTo } = filter;
  const { issueDate, dueDate } = invoice;
  return (
    (status === null || status.includes(invoice.status)) &&
    (kind === null || kind.some((wanted) => isKindOf(wanted, invoice))) &&
    (issuedFrom === null || issueDate >= issuedFrom) &&
    (issuedTo === null || issueDate <= issuedTo) &&
    (dueFrom === null || (dueDate !== null && dueDate >= dueFrom)) &&
    (dueTo === null || (dueDate !== null && dueDate <= dueTo))
  );
}

function isKindOf(wanted: string, { kind }: Invoice): boolean {
  return wanted === kind || (kind === 'CORRECTION' && wanted.startsWith('CORRECTION'));
}
