import { type Connection, checkFirst, pageOfMerged } from '../shared/connection.ts';
import type { Context } from './context.ts';
import type { Judgement } from './invoice-judgement.ts';
import { compareInvoices, NEWEST_FIRST } from './invoice-order.ts';
import { readInvoicePage } from './invoice-pages.ts';
import type { Invoice, InvoiceKind } from './model.ts';
import type { InvoiceFilter as InvoiceFilterInput } from './schema.generated.ts';
import { OWED } from './settlement.ts';
import type { InvoiceFilter, InvoiceOrder } from './source.ts';

export interface InvoiceListArgs {
  first?: number | null;
  after?: string | null;
  filter?: InvoiceFilterInput | null;
  orderBy?: InvoiceOrder | null;
}

/** Documents of all accounting systems. */
export function listInvoices(args: InvoiceListArgs, context: Context): Promise<Connection<Invoice>> {
  const query = toQuery(args);
  const { field, direction } = query.orderBy;
  return pageOfMerged({
    kind: `invoices ${field} ${direction}`,
    first: checkFirst(args.first),
    after: args.after,
    sources: context.sources.map((source) => ({
      name: source.name,
      read: (page) => readInvoicePage(source, query, page, context),
    })),
    compare: compareInvoices(query.orderBy),
  });
}

/** What a source answers itself, and what is judged here. */
export function toQuery({ filter, orderBy }: InvoiceListArgs): {
  filter: InvoiceFilter;
  orderBy: InvoiceOrder;
  judgement: Judgement;
} {
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
