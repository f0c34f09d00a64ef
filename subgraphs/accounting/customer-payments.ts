import { type Connection, checkFirst, type PageSource, pageOfMerged, type SourcePage } from '../shared/connection.ts';
import { keepSeen } from '../shared/party-rows.ts';
import { hasPayments } from './allocations.ts';
import type { Context } from './context.ts';
import { clientsIn } from './customer-records.ts';
import { paymentParties } from './document-parties.ts';
import { comparePlaces, formatPlace, type Place, parsePlace } from './invoice-order.ts';
import type { Invoice, Payment } from './model.ts';
import type { InvoiceOrder } from './source.ts';

export interface PaymentListArgs {
  first?: number | null;
  after?: string | null;
}

const NEWEST_FIRST: InvoiceOrder = { field: 'UPDATED_AT', direction: 'DESC' };

/** Payments of one customer: what was put against the documents of all its clients. */
export function paymentsOfRecords(
  records: string,
  args: PaymentListArgs,
  context: Context,
): Promise<Connection<Payment>> {
  const clients = clientsIn(context.sealer, records, context.sources);
  const bySource = [...Map.groupBy(clients, ({ source }) => source)];
  return pageOfMerged({
    kind: 'customer payments',
    first: checkFirst(args.first),
    after: args.after,
    sources: bySource.map(
      ([source, own]): PageSource<Payment> => ({
        name: source.name,
        read: async (page) => {
          const lists = await Promise.all(own.map(({ clientId }) => context.documentsOf(source, clientId).all()));
          return readNewest(lists.flat(), page, context);
        },
      }),
    ),
    compare: (left, right) => comparePlaces(placeOf(left), placeOf(right), NEWEST_FIRST),
  });
}

/**
 * A payment changes its document, so no payment is newer than its document's last change: the payments of those that
 * changed last are read until none that is left can be newer than the page's end.
 */
async function readNewest(
  documents: readonly Invoice[],
  { first, after }: { first: number; after: string | null },
  context: Context,
): Promise<SourcePage<Payment>> {
  const start = after === null ? null : parsePlace(after);
  const waiting = documents.filter(hasPayments).sort((a, b) => (changedAt(a) < changedAt(b) ? 1 : -1));
  const found = new Map<string, Payment>();
  const rest = () =>
    [...found.values()]
      .filter((payment) => start === null || comparePlaces(placeOf(payment), start, NEWEST_FIRST) > 0)
      .sort((left, right) => comparePlaces(placeOf(left), placeOf(right), NEWEST_FIRST));
  const isFull = () => {
    const next = waiting[0];
    // One more than asked for, to know whether the list goes on.
    const last = rest()[first];
    return last !== undefined && (!next || placeOf(last).value > context.clock.dateOf(new Date(changedAt(next))));
  };
  while (waiting.length > 0 && !isFull()) {
    const batch = waiting.splice(0, Math.max(1, first + 1 - rest().length));
    const lists = await Promise.all(batch.map((invoice) => context.paymentsOf.load(invoice)));
    const seen = await keepSeen(context.rows, lists.flat(), (payment) => paymentParties(payment, context));
    for (const payment of seen) found.set(payment.id, payment);
  }
  const page = rest();
  return {
    items: page.slice(0, first).map((node) => ({ node, position: formatPlace(placeOf(node)) })),
    hasNextPage: page.length > first,
    totalCount: waiting.length === 0 ? found.size : null,
  };
}

function placeOf({ valueDate, source }: Payment): Place {
  return { value: valueDate ?? '', id: source.remoteId };
}

function changedAt({ source, issueDate }: Invoice): string {
  return source.sourceUpdatedAt ?? `${issueDate}T00:00:00.000Z`;
}
