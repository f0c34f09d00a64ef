import type { Connection } from '../shared/connection.ts';
import { clientPages } from './client-pages.ts';
import type { Context } from './context.ts';
import { indexCorrections } from './corrections.ts';
import { clientsIn } from './customer-records.ts';
import { type InvoiceListArgs, mergeInvoices, toQuery } from './invoice-list.ts';
import type { Invoice } from './model.ts';
import { type Receivables, toReceivables } from './receivables.ts';
import { isCorrection, type Settlement, settle, settleOrphan } from './settlement.ts';

/** Documents of one customer: those of all its clients in one list. */
export function invoicesOfRecords(
  records: string,
  args: InvoiceListArgs,
  context: Context,
): Promise<Connection<Invoice>> {
  const query = toQuery(args);
  const clients = clientsIn(context.sealer, records, context.sources);
  return mergeInvoices(
    'customer invoices',
    args,
    query,
    clients.map((client) => clientPages(client, query, context)),
  );
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
