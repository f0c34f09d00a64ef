import { z } from 'zod';
import { createUpstreamClient, type UpstreamClientDeps } from '../../../shared/upstream/client.ts';
import type { CallContext } from '../../../shared/upstream/context.ts';
import { secondly } from '../../../shared/upstream/limits.ts';
import { readAllPages } from '../../all-pages.ts';
import type { VendorPage } from '../../offset-list.ts';
import type { FullMedusaConfig } from './config.ts';
import { VENDOR } from './mapping-context.ts';

/** Medusa itself has no maximum; this keeps answers and addresses (`id[]=` for each) within bounds of its server. */
export const PAGE_SIZE = 100;

const COLLECTIONS = {
  orders: 'orders',
  customers: 'customers',
  returns: 'returns',
  'product-variants': 'variants',
} as const;

/** Repeated names stand for lists, as `id[]`; undefined leaves one out. */
export type Query = readonly (readonly [string, string | number | undefined])[];

interface ListCall<T> {
  operation: string;
  path: keyof typeof COLLECTIONS;
  item: z.ZodType<T>;
  query: Query;
}

interface ListBounds {
  /** What the list is asked for: stands in the error when it is too long. */
  filter: string;
  maxPages: number;
  /** Default 100. */
  pageSize?: number;
}

/** Medusa's admin API: everything here is one of its lists. */
export interface MedusaApi {
  list<T>(call: ListCall<T>, context: CallContext): Promise<VendorPage<T>>;
  /** The whole list by ascending id, which grows with time; FILTER_NOT_SUPPORTED when it is longer than the bounds. */
  listAll<T>(call: ListCall<T>, bounds: ListBounds, context: CallContext): Promise<T[]>;
  close(): Promise<void>;
}

const errorSchema = z.object({ type: z.string().regex(/^\w+$/) });

export function createMedusaApi(config: FullMedusaConfig, deps: UpstreamClientDeps = {}): MedusaApi {
  // A secret key is the user of Basic, with no password; as Bearer it would be refused.
  const authorization = `Basic ${Buffer.from(`${config.apiKey}:`).toString('base64')}`;
  const client = createUpstreamClient(
    {
      source: config.name,
      vendor: VENDOR,
      baseUrl: `${config.url.replace(/\/+$/, '')}/admin`,
      timeoutMs: config.timeoutMs,
      concurrency: config.concurrency,
      credential: config.apiKey,
      limits: secondly(config.callsPerSecond),
      syncShare: config.syncShare,
      authorize: (request) => ({ ...request, headers: { ...request.headers, authorization } }),
      // Sums are JSON numbers with as many decimals as the arithmetic gave.
      losslessNumbers: true,
      describeError: (_status, body) => errorSchema.safeParse(body).data?.type ?? null,
    },
    deps,
  );

  async function list<T>({ operation, path, item, query }: ListCall<T>, context: CallContext): Promise<VendorPage<T>> {
    const collection = COLLECTIONS[path];
    const schema = z.object({ [collection]: z.array(item), count: z.int() });
    const named = query.flatMap(([name, value]): [string, string][] =>
      value === undefined ? [] : [[name, String(value)]],
    );
    const { data } = await client.request({ operation, path, query: named, schema }, context);
    // Cast: the schema's computed key is not in its type.
    const { count, [collection]: items } = data as { count: number } & Record<typeof collection, T[]>;
    return { items, total: count };
  }

  return {
    list,
    listAll: (call, { filter, maxPages, pageSize = PAGE_SIZE }, context) =>
      readAllPages({
        source: config.name,
        vendor: VENDOR,
        filter,
        pageSize,
        maxPages,
        read: (page) => {
          const query: Query = [...call.query, ['order', 'id'], ...pageParams(page, pageSize)];
          return list({ ...call, query }, context);
        },
      }),
    close: () => client.close(),
  };
}

/** `id[]=a&id[]=b` */
export function listParam(name: string, values: readonly string[]): [string, string][] {
  return values.map((value) => [`${name}[]`, value]);
}

/** Pages are counted from 1. */
export function pageParams(page: number, size: number): Query {
  return [
    ['limit', size],
    ['offset', (page - 1) * size],
  ];
}
