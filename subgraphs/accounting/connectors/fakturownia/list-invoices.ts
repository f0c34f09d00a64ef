import type { AccountingSource, InvoiceFilter, InvoiceOrder } from '../../source.ts';
import type { FakturowniaApi, Params } from './api.ts';
import { toVendorKinds } from './kinds.ts';
import { toInvoice } from './mapping.ts';
import type { MappingContext } from './mapping-context.ts';

const SORT_KEYS: Readonly<Record<InvoiceOrder['field'], string>> = {
  ISSUE_DATE: 'issue_date',
  DUE_DATE: 'payment_to',
  UPDATED_AT: 'updated_at',
};

/** The vendor filters by kind and day of issue; by status or due date it can't. */
export function createInvoiceList({
  api,
  mapping,
}: {
  api: FakturowniaApi;
  mapping(): MappingContext;
}): Pick<AccountingSource, 'listInvoices'> {
  return {
    listInvoices: async ({ filter, orderBy }, index, context) => {
      const kinds = filter.kind && toVendorKinds(filter.kind);
      if (kinds?.length === 0) return { invoices: [], isLast: true };
      const params: Params = { ...issued(filter), 'kinds[]': kinds, order: orderOf(orderBy), page: index + 1 };
      const { items, isLast } = await api.invoices('invoices.list', params, context);
      return { invoices: items.map((payload) => toInvoice(payload, mapping())), isLast };
    },
  };
}

function orderOf({ field, direction }: InvoiceOrder): string {
  return direction === 'DESC' ? `${SORT_KEYS[field]}.desc` : SORT_KEYS[field];
}

function issued({ issuedFrom, issuedTo }: InvoiceFilter): Params {
  if (issuedFrom === null && issuedTo === null) return {};
  return { period: 'more', date_from: issuedFrom ?? '0001-01-01', date_to: issuedTo ?? '9999-12-31' };
}
