import DataLoader from 'dataloader';
import { taxIdKey } from '../shared/normalise.ts';
import type { Sealer } from '../shared/seal.ts';
import type { CallContext } from '../shared/upstream/context.ts';
import type { ClientDocuments } from './client-documents.ts';
import type { CorrectionLoader } from './correction-reads.ts';
import { oldestFirst } from './corrections.ts';
import { settled } from './loaders.ts';
import type { Client, Invoice } from './model.ts';
import { orderNumberKey } from './order-numbers.ts';
import { type OrderRef, openOrderRef } from './order-ref.ts';
import { isCorrection } from './settlement.ts';
import type { AccountingSource } from './source.ts';

interface OrderInvoiceDeps {
  sources: readonly AccountingSource[];
  sealer: Sealer;
  documentsOf(source: AccountingSource, clientId: string): ClientDocuments;
  corrections: CorrectionLoader;
  invoices: DataLoader<string, Invoice | null>;
}

/**
 * All documents of an order: those that name its number, alone or among others, in the field made for it or in a remark,
 * and what belongs to these: corrections, the proforma or receipt they were made from, advances and the final invoice.
 * By the field alone anybody's documents are found; the others among those of the buyer, by e-mail and tax id.
 */
export function createOrderInvoiceLoader(deps: OrderInvoiceDeps, call: CallContext): DataLoader<string, Invoice[]> {
  return new DataLoader(async (sealed) => {
    const orders = sealed.map((text) => openOrderRef(deps.sealer, text));
    const answers = await Promise.all(deps.sources.map((source) => findInSource(deps, source, orders, call)));
    return orders.map((_, index) => {
      const found = answers.map((bySource) => bySource[index]!);
      return found.find((one) => one instanceof Error) ?? found.flatMap((one) => (one instanceof Error ? [] : one));
    });
  });
}

async function findInSource(
  deps: OrderInvoiceDeps,
  source: AccountingSource,
  orders: readonly OrderRef[],
  call: CallContext,
): Promise<(Invoice[] | Error)[]> {
  const byNumber = new DataLoader<string, Invoice[]>((numbers) => source.invoicesByOrderNumbers(numbers, call));
  const byEmail = new DataLoader<string, Client[]>((emails) => source.clientsByEmails(emails, call));
  const byTaxId = new DataLoader<string, Client[]>((taxIds) => source.clientsByTaxIds(taxIds, call));
  return Promise.all(
    orders.map((order) =>
      settled(async () => {
        const [named, ofEmail, ofTaxId] = await Promise.all([
          order.number === '' ? [] : byNumber.load(order.number),
          order.email === '' ? [] : byEmail.load(order.email),
          order.taxIdKey === '' ? [] : byTaxId.load(order.taxIdKey),
        ]);
        const clients = [...ofEmail, ...ofTaxId].filter(({ isRetail }) => !isRetail).map(({ id }) => id);
        return collect(deps, source, order, { named, clients: new Set(clients) });
      }),
    ),
  );
}

async function collect(
  deps: OrderInvoiceDeps,
  source: AccountingSource,
  order: OrderRef,
  { named, clients }: { named: readonly Invoice[]; clients: ReadonlySet<string> },
): Promise<Invoice[]> {
  const means = (invoice: Invoice) => namesOrder(invoice, order) && isCorroborated(invoice, order, clients);
  const ofNamed = named.filter((invoice) => means(invoice) && !invoice.isRetail);
  const clientIds = new Set([...clients, ...ofNamed.map(({ clientId }) => clientId).filter((id) => id !== null)]);
  const lists = await Promise.all([...clientIds].map((clientId) => deps.documentsOf(source, clientId).all()));
  const documents = new Map([...named, ...lists.flat()].map((invoice) => [invoice.id, invoice]));
  const found = new Map([...documents].filter(([, invoice]) => means(invoice)));
  await addRelated(found, documents, order, deps);
  return [...found.values()].sort(oldestFirst);
}

/** Documents that belong to those found, until there are no more. */
async function addRelated(
  found: Map<string, Invoice>,
  documents: ReadonlyMap<string, Invoice>,
  order: OrderRef,
  { corrections, invoices }: OrderInvoiceDeps,
): Promise<void> {
  const add = (invoice: Invoice) => {
    if (!found.has(invoice.id) && !isOfAnotherOrder(invoice, order)) found.set(invoice.id, invoice);
  };
  for (let before = -1; before !== found.size; ) {
    before = found.size;
    const known = [...found.values()];
    const named = known.flatMap(relatedIds).filter((id) => !found.has(id));
    const [origins, corrected] = await Promise.all([
      Promise.all(named.map((id) => documents.get(id) ?? invoices.load(id))),
      // Those of a correction come with those of its original.
      Promise.all(known.filter((one) => !isCorrection(one)).map((invoice) => corrections.load(invoice))),
    ]);
    for (const invoice of [...origins, ...corrected.flat()]) if (invoice) add(invoice);
    for (const invoice of documents.values()) if (relatedIds(invoice).some((id) => found.has(id))) add(invoice);
  }
}

function relatedIds({ correctsId, madeFromId, advanceIds }: Invoice): string[] {
  return [correctsId, madeFromId, ...advanceIds].filter((id) => id !== null);
}

function namesOrder({ orderNumbers }: Invoice, { number }: OrderRef): boolean {
  return orderNumbers.some((own) => orderNumberKey(own) === orderNumberKey(number));
}

function isOfAnotherOrder(invoice: Invoice, order: OrderRef): boolean {
  return invoice.orderNumbers.length > 0 && !namesOrder(invoice, order);
}

/** The number of one shop is its own; with several shops something else must agree as well. */
function isCorroborated(invoice: Invoice, order: OrderRef, clients: ReadonlySet<string>): boolean {
  const { buyer, totals, currency, clientId } = invoice;
  if (order.isNumberEnough) return true;
  const taxId = (buyer.taxId && taxIdKey(buyer.taxId)) ?? '';
  return (
    (order.email !== '' && buyer.email === order.email) ||
    (order.taxIdKey !== '' && taxId === order.taxIdKey) ||
    (clientId !== null && clients.has(clientId)) ||
    (totals.gross.amount === order.gross && currency === order.currency)
  );
}
