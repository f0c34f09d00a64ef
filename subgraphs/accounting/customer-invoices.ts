import type { Connection } from '../shared/connection.ts';
import { oldestAge } from '../shared/noted-age.ts';
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

type AgedReceivables = Receivables & { fetchedAt: string | null; stale: boolean };

const NOTHING_READ = { fetchedAt: null, stale: false };

/** What one customer owes as of today. */
export async function receivablesOfRecords(records: string, context: Context): Promise<AgedReceivables> {
  const clients = clientsIn(context.sealer, records, context.sources);
  const bySource = [...Map.groupBy(clients, ({ source }) => source)];
  const documents = bySource.map(([source, own]) => own.map(({ clientId }) => context.documentsOf(source, clientId)));
  const settlements = await Promise.all(
    documents.map(async (own) => settleAll((await Promise.all(own.map((one) => one.all()))).flat())),
  );
  const age = oldestAge(documents.flat().map((one) => one.age()));
  return { ...toReceivables(settlements.flat(), context.clock.today()), ...(age ?? NOTHING_READ) };
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
