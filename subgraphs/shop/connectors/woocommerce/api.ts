import { z } from 'zod';
import { createUpstreamClient, type UpstreamClientDeps } from '../../../shared/upstream/client.ts';
import type { CallContext } from '../../../shared/upstream/context.ts';
import { secondly } from '../../../shared/upstream/limits.ts';
import type { VendorPage } from '../../offset-list.ts';
import { createAuthorize } from './auth.ts';
import type { FullWoocommerceConfig } from './config.ts';
import { VENDOR } from './mapping-context.ts';
import { notePayload, refundPayload } from './payloads.ts';

/** WooCommerce answers at most 100 objects a page, and refuses a larger `per_page`. */
export const PAGE_SIZE = 100;

type Params = Readonly<Record<string, string | number | undefined>>;

interface ListCall<T> {
  operation: string;
  path: 'orders' | 'customers' | 'products';
  item: z.ZodType<T>;
  params: Params;
}

/** WooCommerce's REST API v3, one function a way of asking. */
export interface WooApi {
  list<T>(call: ListCall<T>, context: CallContext): Promise<VendorPage<T>>;
  refunds(orderId: number, context: CallContext): Promise<z.output<typeof refundPayload>[]>;
  notes(orderId: number, context: CallContext): Promise<z.output<typeof notePayload>[]>;
  close(): Promise<void>;
}

const errorSchema = z.object({ code: z.string().regex(/^\w+$/) });

export function createWooApi(config: FullWoocommerceConfig, deps: UpstreamClientDeps = {}): WooApi {
  const client = createUpstreamClient(
    {
      source: config.name,
      vendor: VENDOR,
      baseUrl: `${config.url.replace(/\/+$/, '')}/wp-json/wc/v3`,
      timeoutMs: config.timeoutMs,
      concurrency: config.concurrency,
      credential: config.consumerKey,
      limits: secondly(config.callsPerSecond),
      syncShare: config.syncShare,
      authorize: createAuthorize(config),
      // Unit prices are JSON numbers: a double would add digits to them.
      losslessNumbers: true,
      // WordPress's messages are translated and quote what was sent; its codes say enough.
      describeError: (_status, body) => errorSchema.safeParse(body).data?.code ?? null,
    },
    deps,
  );

  async function list<T>({ operation, path, item, params }: ListCall<T>, context: CallContext): Promise<VendorPage<T>> {
    const { data, headers } = await client.request(
      { operation, path, query: toQuery(params), schema: z.array(item) },
      context,
    );
    const total = headers['x-wp-total'];
    // A proxy may have cut WordPress's headers off.
    return { items: data, total: total && /^\d+$/.test(total) ? Number(total) : null };
  }

  return {
    list,
    refunds: async (orderId, context) => {
      const call = {
        operation: 'orders.refunds',
        path: `orders/${orderId}/refunds`,
        query: toQuery({ per_page: PAGE_SIZE, _fields: Object.keys(refundPayload.shape).join(',') }),
        schema: z.array(refundPayload),
        notFound: 'null' as const,
      };
      return (await client.request(call, context)).data ?? [];
    },
    notes: async (orderId, context) => {
      const call = {
        operation: 'orders.notes',
        path: `orders/${orderId}/notes`,
        query: toQuery({ _fields: Object.keys(notePayload.shape).join(',') }),
        schema: z.array(notePayload),
        notFound: 'null' as const,
      };
      return (await client.request(call, context)).data ?? [];
    },
    close: () => client.close(),
  };
}

function toQuery(params: Params): [string, string][] {
  return Object.entries(params).flatMap(([name, value]): [string, string][] =>
    value === undefined ? [] : [[name, String(value)]],
  );
}
