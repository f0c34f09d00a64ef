import type { SourcePage } from '../shared/connection.ts';
import { type RecordCache, type RecordKey, recordTag } from '../shared/record-cache.ts';
import type { Client, Invoice } from './model.ts';
import type { AccountingSource, DocumentChunk } from './source.ts';

/**
 * A source behind the record cache. Records are kept by id, lists by what was asked; a list also keeps the records that
 * came with it, so that nobody reads them again.
 */
export function createCachedSource(source: AccountingSource, cache: RecordCache): AccountingSource {
  const keyOf =
    (type: string) =>
    (id: string): RecordKey => ({ source: source.name, type, id });
  const [invoiceKey, clientKey, productKey] = [keyOf('invoice'), keyOf('client'), keyOf('product')];
  const invoicesTag = `${source.name}:invoices`;
  const clientsTag = `${source.name}:clients`;
  const invoiceTags = (invoices: readonly Invoice[]) => [invoicesTag, ...invoices.map(({ id }) => id)];
  const clientTags = (clients: readonly Client[]) => [clientsTag, ...clients.map(({ id }) => recordTag(clientKey(id)))];

  /** Keeps each of the records under its own key too. */
  const keeping = async <T>(
    read: () => Promise<T>,
    recordsOf: (value: T) => { invoices?: readonly Invoice[]; clients?: readonly Client[] },
  ): Promise<T> => {
    const since = cache.startFill();
    const value = await read();
    const { invoices = [], clients = [] } = recordsOf(value);
    for (const invoice of invoices) cache.prime(invoiceKey(invoice.source.remoteId), invoice, { since });
    for (const client of clients) cache.prime(clientKey(client.id), client, { since });
    return value;
  };

  async function chunk(type: string, id: string, read: () => Promise<DocumentChunk>): Promise<DocumentChunk> {
    const load = () => keeping(read, ({ invoices }) => ({ invoices }));
    const tags = ({ invoices }: DocumentChunk) => invoiceTags(invoices);
    return (await cache.get(keyOf(type)(id), load, { tags })) ?? { invoices: [], isLast: true };
  }

  async function invoiceLists(
    type: string,
    ids: readonly string[],
    read: (ids: readonly string[]) => Promise<Invoice[][]>,
  ): Promise<Invoice[][]> {
    const load = (missing: readonly RecordKey[]) =>
      keeping(
        () => read(idsOf(missing)),
        (lists) => ({ invoices: lists.flat() }),
      );
    return (await cache.getMany(ids.map(keyOf(type)), load, { tags: invoiceTags })).map((list) => list ?? []);
  }

  async function clientLists(
    type: string,
    ids: readonly string[],
    read: (ids: readonly string[]) => Promise<Client[][]>,
  ): Promise<Client[][]> {
    const load = (missing: readonly RecordKey[]) =>
      keeping(
        () => read(idsOf(missing)),
        (lists) => ({ clients: lists.flat() }),
      );
    return (await cache.getMany(ids.map(keyOf(type)), load, { tags: clientTags })).map((list) => list ?? []);
  }

  return {
    ...source,
    invoicesByIds: (ids, context) =>
      cache.getMany(ids.map(invoiceKey), (missing) => source.invoicesByIds(idsOf(missing), context)),
    invoicesByNumbers: (numbers, context) =>
      invoiceLists('invoice-number', numbers, (missing) => source.invoicesByNumbers(missing, context)),
    invoiceByKsefNumber: async (number, context) => {
      const read = async () => {
        const invoice = await source.invoiceByKsefNumber(number, context);
        return invoice && [invoice];
      };
      const found = await cache.get(keyOf('invoice-ksef')(number), read, { tags: invoiceTags });
      return found?.[0] ?? null;
    },
    invoicesByOrderNumbers: (numbers, context) =>
      invoiceLists('invoice-order', numbers, (missing) => source.invoicesByOrderNumbers(missing, context)),
    listInvoices: (query, index, context) =>
      chunk('invoice-list', JSON.stringify([query, index]), () => source.listInvoices(query, index, context)),
    clientDocuments: (clientId, index, context) =>
      chunk('client-documents', `${clientId} ${index}`, () => source.clientDocuments(clientId, index, context)),
    corrections: (index, context) => chunk('corrections', `${index}`, () => source.corrections(index, context)),
    correctionsOfClient: async (clientId, since, context) => {
      const read = (): Promise<Invoice[]> =>
        keeping(
          () => source.correctionsOfClient(clientId, since, context),
          (invoices) => ({ invoices }),
        );
      const key = keyOf('client-corrections')(`${clientId} ${since}`);
      return (await cache.get(key, read, { tags: invoiceTags })) ?? [];
    },
    paymentsOf: async (invoices, context) => {
      const byId = new Map(invoices.map((invoice) => [invoice.source.remoteId, invoice]));
      const read = (missing: readonly RecordKey[]) =>
        source.paymentsOf(
          missing.map(({ id }) => byId.get(id)!),
          context,
        );
      const keys = [...byId.keys()].map(keyOf('invoice-payments'));
      const tags = () => [invoicesTag];
      const found = await cache.getMany(keys, read, { tags });
      const lists = new Map([...byId.keys()].map((id, index) => [id, found[index] ?? []]));
      return invoices.map(({ source: { remoteId } }) => lists.get(remoteId) ?? []);
    },
    paymentsByIds: (ids, context) =>
      cache.getMany(ids.map(keyOf('payment')), (missing) => source.paymentsByIds(idsOf(missing), context)),
    clientsByIds: (ids, context) =>
      cache.getMany(ids.map(clientKey), (missing) => source.clientsByIds(idsOf(missing), context)),
    clientsByEmails: (emails, context) =>
      clientLists('client-email', emails, (missing) => source.clientsByEmails(missing, context)),
    clientsByTaxIds: (taxIds, context) =>
      clientLists('client-tax-id', taxIds, (missing) => source.clientsByTaxIds(missing, context)),
    clientsByExternalReferences: (references, context) =>
      clientLists('client-external', references, (missing) => source.clientsByExternalReferences(missing, context)),
    listClients: async (query, context) => {
      const read = () =>
        keeping(
          () => source.listClients(query, context),
          ({ items }) => ({ clients: items.map(({ node }) => node) }),
        );
      const tags = ({ items }: SourcePage<Client>) => clientTags(items.map(({ node }) => node));
      const page = await cache.get(keyOf('client-list')(JSON.stringify(query)), read, { tags });
      return page ?? { items: [], hasNextPage: false };
    },
    productsBySkus: async (skus, context) => {
      const load = async (missing: readonly RecordKey[]) => {
        const since = cache.startFill();
        const { found, others } = await source.productsBySkus(idsOf(missing), context);
        for (const product of others) cache.prime(productKey(product.sku), product, { since });
        return found;
      };
      return { found: await cache.getMany(skus.map(productKey), load), others: [] };
    },
  };
}

function idsOf(keys: readonly RecordKey[]): string[] {
  return keys.map(({ id }) => id);
}
