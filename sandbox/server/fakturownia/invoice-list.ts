import type { FakturowniaInvoice, FakturowniaStore } from '../../data/records.ts';
import { bracketList } from './query.ts';

/** Filters that the vendor has. Others are ignored, as it ignores them: there is none by due date. */
export interface InvoiceFilters {
  /** First and last day; null = all days. */
  period: { from: string; to: string; by: 'issueDate' | 'paidDate' | 'sellDate' } | null;
  isIncome: boolean;
  kinds: readonly string[];
  number: string | null;
  clientId: number | null;
  ids: readonly number[] | null;
  oid: string | null;
  /** KSeF number. */
  govId: string | null;
  order: InvoiceOrder;
}

interface InvoiceOrder {
  key: keyof typeof SORT_KEYS;
  descending: boolean;
}

const SORT_KEYS = {
  id: (invoice: FakturowniaInvoice) => invoice.id,
  number: (invoice: FakturowniaInvoice) => invoice.number,
  updated_at: (invoice: FakturowniaInvoice) => invoice.updatedAt,
  price_net: (invoice: FakturowniaInvoice) => invoice.netMinor,
  price_gross: (invoice: FakturowniaInvoice) => invoice.grossMinor,
  price_tax: (invoice: FakturowniaInvoice) => invoice.vatMinor,
  issue_date: (invoice: FakturowniaInvoice) => invoice.issueDate,
  payment_to: (invoice: FakturowniaInvoice) => invoice.dueDate ?? '',
  paid_date: (invoice: FakturowniaInvoice) => invoice.paidDate ?? '',
  transaction_date: (invoice: FakturowniaInvoice) => invoice.sellDate,
  buyer_name: (invoice: FakturowniaInvoice) => invoice.buyer.name,
  buyer_tax_no: (invoice: FakturowniaInvoice) => invoice.buyer.taxNumber ?? '',
  oid: (invoice: FakturowniaInvoice) => invoice.oid ?? '',
} as const;

const DATE_TYPES: Readonly<Record<string, 'issueDate' | 'paidDate' | 'sellDate'>> = {
  issue_date: 'issueDate',
  paid_date: 'paidDate',
  transaction_date: 'sellDate',
};

export function invoiceFilters(query: URLSearchParams, today: string): InvoiceFilters {
  const period = periodOf(query, today);
  const kind = query.get('kind');
  const ids = query.get('invoice_ids');
  const clientId = query.get('client_id');
  return {
    period: period === null ? null : { ...period, by: DATE_TYPES[query.get('search_date_type') ?? ''] ?? 'issueDate' },
    isIncome: !['no', '0'].includes(query.get('income') ?? ''),
    kinds: [...query.getAll('kinds[]'), ...(kind === null || kind === 'all' ? [] : [kind])],
    number: query.get('number'),
    clientId: clientId === null || clientId === '' ? null : Number(clientId),
    ids: ids === null ? null : bracketList(query, 'invoice_ids').map(Number),
    oid: query.get('oid'),
    govId: query.get('gov_id'),
    order: orderOf(query.get('order')),
  };
}

/** Without a period the vendor's list shows the latest twelve months alone. */
function periodOf(query: URLSearchParams, today: string): { from: string; to: string } | null {
  const [year, month] = [Number(today.slice(0, 4)), Number(today.slice(5, 7))];
  switch (query.get('period') ?? 'last_12_months') {
    case 'all':
      return null;
    case 'this_month':
      return { from: day(year, month, 1), to: day(year, month + 1, 0) };
    case 'last_month':
      return { from: day(year, month - 1, 1), to: day(year, month, 0) };
    case 'this_year':
      return { from: day(year, 1, 1), to: day(year, 12, 31) };
    case 'last_year':
      return { from: day(year - 1, 1, 1), to: day(year - 1, 12, 31) };
    case 'last_30_days':
      return { from: day(year, month, Number(today.slice(8)) - 30), to: today };
    case 'more':
      return { from: query.get('date_from') ?? '0000-01-01', to: query.get('date_to') ?? '9999-12-31' };
    default:
      return { from: day(year - 1, month, Number(today.slice(8))), to: today };
  }
}

/** Day 0 is the last of the month before. */
function day(year: number, month: number, dayOfMonth: number): string {
  return new Date(Date.UTC(year, month - 1, dayOfMonth)).toISOString().slice(0, 10);
}

function orderOf(text: string | null): InvoiceOrder {
  const [key = '', direction] = (text ?? '').split('.');
  if (key in SORT_KEYS) return { key: key as InvoiceOrder['key'], descending: direction === 'desc' };
  return { key: 'id', descending: true };
}

/** All invoices in one order, kept until something changes: half a million are slow to sort. */
export interface SortedInvoices {
  in(order: InvoiceOrder): readonly FakturowniaInvoice[];
  forget(): void;
}

export function createSortedInvoices(store: FakturowniaStore): SortedInvoices {
  const kept = new Map<string, readonly FakturowniaInvoice[]>();
  return {
    in: (order) => {
      const name = `${order.key}.${order.descending}`;
      const known = kept.get(name);
      if (known !== undefined) return known;
      const sorted = sortInvoices([...store.invoices.values()], order);
      kept.set(name, sorted);
      return sorted;
    },
    forget: () => kept.clear(),
  };
}

/** Lazily, so that a page costs no more than the invoices before its end. */
export function* listInvoices(
  store: FakturowniaStore,
  sorted: SortedInvoices,
  filters: InvoiceFilters,
): Generator<FakturowniaInvoice> {
  if (!filters.isIncome) return;
  for (const invoice of candidates(store, sorted, filters)) if (fits(invoice, filters)) yield invoice;
}

function candidates(
  store: FakturowniaStore,
  sorted: SortedInvoices,
  { ids, clientId, oid, number, order }: InvoiceFilters,
): readonly FakturowniaInvoice[] {
  const narrow =
    ids ??
    (clientId === null ? null : (store.invoicesByClient.get(clientId) ?? [])) ??
    (oid === null ? null : (store.invoicesByOid.get(oid) ?? [])) ??
    (number === null ? null : (store.invoicesByNumber.get(number) ?? []));
  if (narrow === null) return sorted.in(order);
  return sortInvoices(
    [...new Set(narrow)].flatMap((id) => store.invoices.get(id) ?? []),
    order,
  );
}

function fits(invoice: FakturowniaInvoice, filters: InvoiceFilters): boolean {
  const { period, kinds, number, clientId, oid, govId } = filters;
  const date = period === null ? null : invoice[period.by];
  return (
    (period === null || (date !== null && date >= period.from && date <= period.to)) &&
    (kinds.length === 0 || kinds.includes(invoice.kind)) &&
    (number === null || invoice.number === number) &&
    (clientId === null || invoice.clientId === clientId) &&
    (oid === null || invoice.oid === oid) &&
    (govId === null || invoice.govId === govId)
  );
}

function sortInvoices(invoices: FakturowniaInvoice[], { key, descending }: InvoiceOrder): FakturowniaInvoice[] {
  const read = SORT_KEYS[key];
  const direction = descending ? -1 : 1;
  return invoices.sort((a, b) => {
    const [left, right] = [read(a), read(b)];
    return (left < right ? -1 : left > right ? 1 : a.id - b.id) * direction;
  });
}
