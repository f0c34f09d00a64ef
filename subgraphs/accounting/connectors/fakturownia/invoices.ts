import type { CallContext } from '../../../shared/upstream/context.ts';
import type { Invoice } from '../../model.ts';
import { orderNumberKey } from '../../order-numbers.ts';
import type { AccountingSource } from '../../source.ts';
import { type FakturowniaApi, PAGE_SIZE, type Params } from './api.ts';
import { chunksOf, isId } from './ids.ts';
import { toInvoice } from './mapping.ts';
import type { MappingContext } from './mapping-context.ts';
import type { InvoicePayload } from './payloads.ts';

type InvoiceReads = Pick<
  AccountingSource,
  'invoicesByIds' | 'invoicesByNumbers' | 'invoicesByOrderNumbers' | 'clientDocuments'
>;

interface InvoiceReadsDeps {
  api: FakturowniaApi;
  mapping(): MappingContext;
}

/** Documents of one number or order: a few. More pages than these would be something else. */
const MAX_PAGES_OF_ONE = 5;

export function createInvoiceReads({ api, mapping }: InvoiceReadsDeps): InvoiceReads {
  const toInvoices = (payloads: readonly InvoicePayload[]) => payloads.map((payload) => toInvoice(payload, mapping()));

  /** All documents that one filter leaves. Should the vendor ignore it, strangers would come: then nothing is known. */
  async function readFiltered(
    operation: string,
    params: Params,
    fits: (payload: InvoicePayload) => boolean,
    context: CallContext,
    atMost = Number.POSITIVE_INFINITY,
  ): Promise<InvoicePayload[]> {
    const found: InvoicePayload[] = [];
    for (let page = 1; page <= MAX_PAGES_OF_ONE; page += 1) {
      const { items, isLast } = await api.invoices(operation, { ...params, page }, context);
      if (!items.every(fits)) throw api.filterIgnored(operation);
      found.push(...items);
      if (isLast || found.length >= atMost) break;
    }
    return found;
  }

  return {
    invoicesByIds: async (ids, context) => {
      const pages = await Promise.all(
        chunksOf(ids.filter(isId), PAGE_SIZE).map((chunk) => {
          const fits = ({ id }: InvoicePayload) => chunk.includes(String(id));
          return readFiltered('invoices.by_ids', { invoice_ids: chunk.join(',') }, fits, context, chunk.length);
        }),
      );
      const found = new Map(toInvoices(pages.flat()).map((invoice) => [invoice.source.remoteId, invoice]));
      return ids.map((id) => found.get(id) ?? null);
    },

    invoicesByNumbers: (numbers, context) =>
      Promise.all(
        numbers.map(async (number) => {
          const fits = (payload: InvoicePayload) => payload.number.includes(number);
          const found = await readFiltered('invoices.by_number', { number }, fits, context);
          return toInvoices(found.filter((payload) => payload.number === number));
        }),
      ),

    /** `oid` is not in the vendor's reference, though it works: each hit is compared with its own field. */
    invoicesByOrderNumbers: (numbers, context) =>
      Promise.all(
        numbers.map(async (number) => {
          const fits = ({ oid }: InvoicePayload) => (oid ?? '').toLowerCase().includes(number.toLowerCase());
          const found = toInvoices(await readFiltered('invoices.by_order', { oid: number }, fits, context));
          return found.filter((invoice) => names(invoice, number));
        }),
      ),

    clientDocuments: async (clientId, index, context) => {
      if (!isId(clientId)) return { invoices: [], isLast: true };
      const params = { client_id: clientId, order: 'issue_date.desc', page: index + 1 };
      const { items, isLast } = await api.invoices('invoices.of_client', params, context);
      const areTheirs = items.every(({ client_id }) => String(client_id) === clientId);
      if (!areTheirs) throw api.filterIgnored('invoices.of_client');
      return { invoices: toInvoices(items), isLast };
    },
  };
}

function names(invoice: Invoice, number: string): boolean {
  return invoice.orderNumbers.some((own) => orderNumberKey(own) === orderNumberKey(number));
}
