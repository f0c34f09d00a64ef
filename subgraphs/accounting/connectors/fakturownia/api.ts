import { z } from 'zod';
import { type ErrorCode, UpstreamError } from '../../../../common/errors.ts';
import { createUpstreamClient, type UpstreamClientDeps } from '../../../shared/upstream/client.ts';
import type { CallContext } from '../../../shared/upstream/context.ts';
import { secondly } from '../../../shared/upstream/limits.ts';
import type { DocumentFormat } from '../../model.ts';
import type { FullFakturowniaConfig } from './config.ts';
import { isId } from './ids.ts';
import { VENDOR } from './mapping-context.ts';
import {
  type ClientPayload,
  clientPayload,
  type InvoicePayload,
  invoicePayload,
  isSet,
  type PaymentPayload,
  type ProductPayload,
  paymentPayload,
  productPayload,
} from './payloads.ts';

/** The vendor cuts longer pages to this. */
export const PAGE_SIZE = 100;

export type Params = Readonly<Record<string, string | number | readonly string[] | null>>;

/** Fakturownia's API, one function a way of asking. It only reads. */
export interface FakturowniaApi {
  /** Sales documents: what the company itself was billed for is left out, so a page may be shorter than asked. */
  invoices(operation: string, params: Params, context: CallContext): Promise<InvoicePage>;
  /** With the payments connected to it. */
  invoice(id: string, context: CallContext): Promise<InvoicePayload | null>;
  clients(operation: string, params: Params, context: CallContext): Promise<ClientPayload[]>;
  client(id: string, context: CallContext): Promise<ClientPayload | null>;
  payments(page: number, context: CallContext): Promise<PaymentPayload[]>;
  payment(id: string, context: CallContext): Promise<PaymentPayload | null>;
  products(page: number, context: CallContext): Promise<ProductPayload[]>;
  /** Null when there is none. */
  document(id: string, format: DocumentFormat, context: CallContext): Promise<Buffer | null>;
  /** An answer that ignores the question must not pass for the answer. */
  filterIgnored(operation: string, code?: ErrorCode): UpstreamError;
  close(): Promise<void>;
}

interface InvoicePage {
  items: InvoicePayload[];
  /** Whether the vendor had no more. */
  isLast: boolean;
}

const failureBody = z.object({ status: z.string().nullish(), code: z.string().nullish(), message: z.unknown() });

export function createFakturowniaApi(config: FullFakturowniaConfig, deps: UpstreamClientDeps = {}): FakturowniaApi {
  const client = createUpstreamClient(
    {
      source: config.name,
      vendor: VENDOR,
      baseUrl: config.url,
      timeoutMs: config.timeoutMs,
      concurrency: config.concurrency,
      credential: config.apiToken,
      limits: secondly(config.callsPerSecond),
      syncShare: config.syncShare,
      // The vendor takes the token nowhere but in the query: the client keeps addresses out of all that is printed.
      authorize: (request) => ({ ...request, query: [...request.query, ['api_token', config.apiToken]] }),
      losslessNumbers: true,
      checkBody,
    },
    deps,
  );

  async function list<T>(operation: string, path: string, item: z.ZodType<T>, params: Params, context: CallContext) {
    const { data } = await client.request({ operation, path, query: toQuery(params), schema: z.array(item) }, context);
    return data;
  }

  async function one<T>(operation: string, path: string, schema: z.ZodType<T>, params: Params, context: CallContext) {
    const call = { operation, path, query: toQuery(params), schema, notFound: 'null' as const };
    return (await client.request(call, context)).data;
  }

  return {
    invoices: async (operation, params, context) => {
      const all = { ...ALL_DOCUMENTS, per_page: PAGE_SIZE, ...params };
      const items = await list(operation, 'invoices.json', invoicePayload, all, context);
      return { items: items.filter(isSale), isLast: items.length < Number(all.per_page) };
    },
    invoice: async (id, context) => {
      const params = { 'additional_fields[invoice]': 'connected_payments' };
      const found = await one('invoices.get', `invoices/${id}.json`, invoicePayload, params, context);
      return found && isSale(found) ? found : null;
    },
    clients: (operation, params, context) =>
      list(operation, 'clients.json', clientPayload, { per_page: PAGE_SIZE, ...params }, context),
    client: (id, context) => one('clients.get', `clients/${id}.json`, clientPayload, {}, context),
    payments: (page, context) => {
      const params = { include: 'invoices', per_page: PAGE_SIZE, page };
      return list('payments.list', 'banking/payments.json', paymentPayload, params, context);
    },
    // The singular is the vendor's.
    payment: (id, context) =>
      one('payments.get', `banking/payment/${id}.json`, paymentPayload, { include: 'invoices' }, context),
    products: (page, context) =>
      list('products.list', 'products.json', productPayload, { per_page: PAGE_SIZE, page }, context),
    document: async (id, format, context) => {
      if (!isId(id)) return null;
      const operation = `invoices.${format.toLowerCase()}`;
      const call =
        format === 'PDF'
          ? { path: `invoices/${id}.pdf`, contentTypes: ['application/pdf'] }
          : { path: `invoices/${id}/attachment`, query: toQuery({ kind: KSEF_FILES[format] }), contentTypes: XML };
      try {
        return (await client.requestBytes({ operation, ...call }, context)).bytes;
      } catch (error) {
        if (error instanceof UpstreamError && error.status === 404) return null;
        throw error;
      }
    },
    filterIgnored: (operation, code = 'UPSTREAM_BAD_RESPONSE') => {
      const message = `${config.name} (${VENDOR}): ${operation}: the filter was not applied`;
      return new UpstreamError({ code, message, source: config.name, vendor: VENDOR, operation });
    },
    close: () => client.close(),
  };
}

/**
 * Without `period` the vendor lists the latest twelve months alone. Payments are documented for single documents only;
 * where a list brings them too, nobody has to ask again.
 */
const ALL_DOCUMENTS: Params = {
  period: 'all',
  include_positions: 'true',
  'additional_fields[invoice]': 'connected_payments',
};

/** What KSeF was sent, and its receipt, are kept as attachments. */
const KSEF_FILES = { XML: 'gov', UPO: 'gov_upo' } as const;
const XML = ['text/xml', 'application/xml'];

/** Expenses are the same objects. */
function isSale({ income }: InvoicePayload): boolean {
  return income == null || isSet(income);
}

/** The vendor also answers 200 when something went wrong. Its words may quote what was asked for. */
function checkBody(body: unknown): { code: ErrorCode; message: string } | null {
  const parsed = failureBody.safeParse(body);
  if (!parsed.success || Array.isArray(body)) return null;
  const isFailure = parsed.data.status === 'error' || parsed.data.code === 'error';
  return isFailure ? { code: 'UPSTREAM_REFUSED', message: 'the vendor answered with an error' } : null;
}

function toQuery(params: Params): [string, string][] {
  return Object.entries(params).flatMap(([name, value]): [string, string][] => {
    if (value === null) return [];
    if (typeof value === 'object') return value.map((item) => [name, item]);
    return [[name, String(value)]];
  });
}
