import type DataLoader from 'dataloader';
import type { CallContext } from '../shared/upstream/context.ts';
import type { ClientDocuments } from './client-documents.ts';
import { indexCorrections } from './corrections.ts';
import { createRecordLoader } from './loaders.ts';
import type { Invoice } from './model.ts';
import { isCorrection } from './settlement.ts';
import type { AccountingSource } from './source.ts';

interface CorrectionLoaderDeps {
  sources: readonly AccountingSource[];
  /** What the request has begun to read of that client; null when nothing. */
  known(source: AccountingSource, clientId: string): ClientDocuments | null;
}

/** All that corrects a document, directly or by way of another correction, the oldest first. */
export type CorrectionLoader = DataLoader<Invoice, Invoice[], string>;

/**
 * A correction is never older than what it corrects, and goes to the same client. So the client's documents, where the
 * request reads them anyway, tell it all; else the corrections since the oldest of the documents do: of the one client,
 * or, for several, everybody's, as long as that takes fewer reads than one for each client.
 */
export function createCorrectionLoader({ sources, known }: CorrectionLoaderDeps, call: CallContext): CorrectionLoader {
  return createRecordLoader(sources, async (source, invoices: readonly Invoice[]) => {
    const lists = await Promise.all(invoices.map((invoice) => readKnown(source, invoice)));
    const unknown = invoices.filter((_, index) => lists[index] === null);
    const correctionsOf = indexCorrections(unknown.length > 0 ? await readSince(source, unknown, call) : []);
    return invoices.map((invoice, index) => lists[index] ?? correctionsOf(invoice));
  });

  async function readKnown(source: AccountingSource, invoice: Invoice): Promise<Invoice[] | null> {
    const documents = invoice.clientId === null ? null : known(source, invoice.clientId);
    if (!documents) return null;
    const { invoices } = await documents.until((read) => isBefore(read.at(-1), invoice.issueDate));
    return indexCorrections(invoices.filter(isCorrection))(invoice);
  }
}

/** At most so many chunks of everybody's corrections are tried. */
const MAX_CHUNKS = 10;

async function readSince(
  source: AccountingSource,
  invoices: readonly Invoice[],
  call: CallContext,
): Promise<Invoice[]> {
  const byClient = Map.groupBy(invoices, ({ clientId }) => clientId);
  const isOneClient = byClient.size === 1 && !byClient.has(null);
  const ofAll = isOneClient ? null : await readEverybodys(source, oldestDay(invoices), byClient.size, call);
  if (ofAll) return ofAll;
  const reads = [...byClient].map(([clientId, own]) =>
    clientId === null ? [] : source.correctionsOfClient(clientId, oldestDay(own), call),
  );
  return (await Promise.all(reads)).flat();
}

/** Null when they are too many. */
async function readEverybodys(
  source: AccountingSource,
  since: string,
  clients: number,
  call: CallContext,
): Promise<Invoice[] | null> {
  const found: Invoice[] = [];
  for (let index = 0; index < Math.min(clients, MAX_CHUNKS); index += 1) {
    const { invoices, isLast } = await source.corrections(index, call);
    found.push(...invoices);
    if (isLast || isBefore(invoices.at(-1), since)) return found;
  }
  return null;
}

function isBefore(invoice: Invoice | undefined, day: string): boolean {
  return invoice !== undefined && invoice.issueDate < day;
}

function oldestDay(invoices: readonly Invoice[]): string {
  return invoices.map(({ issueDate }) => issueDate).sort()[0]!;
}
