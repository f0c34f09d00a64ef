import type { SourcePage } from '../shared/connection.ts';
import { createLinkLists } from '../shared/links/link-lists.ts';
import type { RecordIndex } from '../shared/links/record-index.ts';
import { type RecordCache, type RecordKey, recordTag } from '../shared/record-cache.ts';
import { childrenTag, collectionTag } from '../shared/tags.ts';
import type { CallContext } from '../shared/upstream/context.ts';
import { compareInvoices, NEWEST_FIRST } from './invoice-order.ts';
import type { Client, Invoice, Payment } from './model.ts';
import { orderNumberTag, placeOfClient, placeOfInvoice } from './places.ts';
import { isCorrection } from './settlement.ts';
import type { AccountingSource, DocumentChunk } from './source.ts';

/**
 * A source behind the record cache. Records are kept by id; lists of one client and look-ups keep links to them, so that
 * one changed document is read alone. Filtered lists hold their records. See shared/tags.ts for what invalidates which.
 */
export function createCachedSource(
  source: AccountingSource,
  cache: RecordCache,
  index: RecordIndex<Invoice> | null = null,
): AccountingSource {
  const keyOf =
    (type: string) =>
    (id: string): RecordKey => ({ source: source.name, type, id });
  const [invoiceKey, clientKey, productKey] = [keyOf('invoice'), keyOf('client'), keyOf('product')];
  const invoicesTag = collectionTag(source.name, 'invoices');
  const clientsTag = collectionTag(source.name, 'clients');
  const invoiceLists = createLinkLists<Invoice>({
    cache,
    keyOf: invoiceKey,
    idOf: (invoice) => invoice.source.remoteId,
    placeOf: placeOfInvoice,
  });
  const clientLists = createLinkLists<Client>({
    cache,
    keyOf: clientKey,
    idOf: ({ id }) => id,
    placeOf: placeOfClient,
  });
  const invoicesByIds = index?.read ?? source.invoicesByIds;
  const linkedInvoices = (context: CallContext) => invoiceLists.reading(invoicesByIds, context);
  const linkedClients = (context: CallContext) => clientLists.reading(source.clientsByIds, context);

  /** All documents of a client, the newest first, where the index knows them. */
  async function indexedDocuments(clientId: string, context: CallContext): Promise<Invoice[] | null> {
    const known = await index?.list(childrenTag(source.name, 'invoices', clientId), context);
    return known?.sort(compareInvoices(NEWEST_FIRST)) ?? null;
  }

  /** A list that a change of any document may change. */
  async function readFiltered(key: RecordKey, context: CallContext, read: Read<DocumentChunk>): Promise<DocumentChunk> {
    const load = async (call: CallContext) => {
      const since = cache.startFill();
      const chunk = await read(call);
      for (const invoice of chunk.invoices) cache.prime(invoiceKey(invoice.source.remoteId), invoice, { since });
      return chunk;
    };
    const tags = ({ invoices }: DocumentChunk) => [invoicesTag, ...invoices.map((invoice) => invoice.id)];
    return (await cache.get(key, load, { tags, context })) ?? { invoices: [], isLast: true };
  }

  /** A part of a list of one client. */
  async function readOfClient(
    key: RecordKey,
    clientId: string,
    context: CallContext,
    read: Read<DocumentChunk>,
  ): Promise<DocumentChunk> {
    const load = async (_: unknown, call: CallContext) => {
      const { invoices, isLast } = await read(call);
      return [{ records: invoices, more: isLast }];
    };
    const tags = () => [childrenTag(source.name, 'invoices', clientId)];
    const [list] = await linkedInvoices(context).read({ keys: [key], load, tags });
    return { invoices: [...list!.records], isLast: list!.more };
  }

  /** The look-ups of one kind, the documents in each. */
  async function findInvoices(
    type: string,
    ids: readonly string[],
    context: CallContext,
    read: (ids: readonly string[], call: CallContext) => Promise<Invoice[][]>,
    tags?: (key: RecordKey) => readonly string[],
  ): Promise<Invoice[][]> {
    const load = async (missing: readonly RecordKey[], call: CallContext) =>
      (await read(idsOf(missing), call)).map(asList);
    const found = await linkedInvoices(context).read({ keys: ids.map(keyOf(type)), load, tags });
    return found.map(({ records }) => [...records]);
  }

  async function findClients(
    type: string,
    ids: readonly string[],
    context: CallContext,
    read: (ids: readonly string[], call: CallContext) => Promise<Client[][]>,
  ): Promise<Client[][]> {
    const load = async (missing: readonly RecordKey[], call: CallContext) =>
      (await read(idsOf(missing), call)).map(asList);
    const found = await linkedClients(context).read({ keys: ids.map(keyOf(type)), load });
    return found.map(({ records }) => [...records]);
  }

  return {
    ...source,
    invoicesByIds: (ids, context) =>
      cache.getMany(ids.map(invoiceKey), (missing, call) => invoicesByIds(idsOf(missing), call), { context }),
    invoicesByNumbers: (numbers, context) => findInvoices('invoice-number', numbers, context, source.invoicesByNumbers),
    invoiceByKsefNumber: async (number, context) => {
      const read = async (_: unknown, call: CallContext) => {
        const invoice = await source.invoiceByKsefNumber(number, call);
        return [invoice ? [invoice] : []];
      };
      const [found] = await findInvoices('invoice-ksef', [number], context, read);
      return found?.[0] ?? null;
    },
    invoicesByOrderNumbers: (numbers, context) =>
      findInvoices('invoice-order', numbers, context, source.invoicesByOrderNumbers, ({ id }) => [
        orderNumberTag(source.name, id),
      ]),
    listInvoices: (query, index, context) =>
      readFiltered(keyOf('invoice-list')(JSON.stringify([query, index])), context, (call) =>
        source.listInvoices(query, index, call),
      ),
    clientDocuments: async (clientId, part, context) => {
      const known = await indexedDocuments(clientId, context);
      // All of them, whichever part it is: those before it may have come from the vendor, and been cut elsewhere.
      if (known) return { invoices: known, isLast: true };
      const read = (call: CallContext) => source.clientDocuments(clientId, part, call);
      return readOfClient(documentsKey(source.name, clientId, part), clientId, context, read);
    },
    corrections: (index, context) =>
      readFiltered(keyOf('corrections')(`${index}`), context, (call) => source.corrections(index, call)),
    correctionsOfClient: async (clientId, since, context) => {
      const known = await indexedDocuments(clientId, context);
      if (known) return known.filter((invoice) => isCorrection(invoice) && invoice.issueDate >= since);
      const read = async (call: CallContext) => ({
        invoices: await source.correctionsOfClient(clientId, since, call),
        isLast: true,
      });
      const key = keyOf('corrections-of')(`${clientId} ${since}`);
      return (await readOfClient(key, clientId, context, read)).invoices;
    },
    paymentsOf: async (invoices, context) => {
      const byId = new Map(invoices.map((invoice) => [invoice.source.remoteId, invoice]));
      const read = (missing: readonly RecordKey[], call: CallContext) =>
        source.paymentsOf(
          missing.map(({ id }) => byId.get(id)!),
          call,
        );
      const keys = [...byId.keys()].map(keyOf('invoice-payments'));
      const tags = (_: Payment[], { id }: RecordKey) => [recordTag(invoiceKey(id))];
      const found = await cache.getMany(keys, read, { tags, context });
      const lists = new Map([...byId.keys()].map((id, index) => [id, found[index] ?? []]));
      return invoices.map(({ source: { remoteId } }) => lists.get(remoteId) ?? []);
    },
    paymentsByIds: (ids, context) =>
      cache.getMany(ids.map(keyOf('payment')), (missing, call) => source.paymentsByIds(idsOf(missing), call), {
        context,
      }),
    clientsByIds: (ids, context) =>
      cache.getMany(ids.map(clientKey), (missing, call) => source.clientsByIds(idsOf(missing), call), { context }),
    clientsByEmails: (emails, context) => findClients('client-email', emails, context, source.clientsByEmails),
    clientsByTaxIds: (taxIds, context) => findClients('client-tax-id', taxIds, context, source.clientsByTaxIds),
    clientsByExternalReferences: (references, context) =>
      findClients('client-external', references, context, source.clientsByExternalReferences),
    listClients: async (query, context) => {
      const read = async (call: CallContext) => {
        const since = cache.startFill();
        const page = await source.listClients(query, call);
        for (const { node } of page.items) cache.prime(clientKey(node.id), node, { since });
        return page;
      };
      const tags = ({ items }: SourcePage<Client>) => [
        clientsTag,
        ...items.map(({ node }) => recordTag(clientKey(node.id))),
      ];
      const page = await cache.get(keyOf('client-list')(JSON.stringify(query)), read, { tags, context });
      return page ?? { items: [], hasNextPage: false };
    },
    productsBySkus: async (skus, context) => {
      const load = async (missing: readonly RecordKey[], call: CallContext) => {
        const since = cache.startFill();
        const { found, others } = await source.productsBySkus(idsOf(missing), call);
        for (const product of others) cache.prime(productKey(product.sku), product, { since });
        return found;
      };
      return { found: await cache.getMany(skus.map(productKey), load, { context }), others: [] };
    },
  };
}

/** Where a part of a client's documents is cached, the newest first. */
export function documentsKey(source: string, clientId: string, index: number): RecordKey {
  return { source, type: 'invoices-of', id: `${clientId} ${index}` };
}

type Read<T> = (call: CallContext) => Promise<T>;

function asList<T>(records: readonly T[]) {
  return { records, more: null };
}

function idsOf(keys: readonly RecordKey[]): string[] {
  return keys.map(({ id }) => id);
}
