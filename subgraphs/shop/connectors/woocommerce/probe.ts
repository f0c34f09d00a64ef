import type { z } from 'zod';
import { attemptCheck, type ProbeCheck, type ProbeField, type ProbeReport } from '../../../shared/probe.ts';
import type { UpstreamClientDeps } from '../../../shared/upstream/client.ts';
import type { CallContext } from '../../../shared/upstream/context.ts';
import { checkUnique, type FieldValues, probeFields } from '../../probing.ts';
import { toCustomerParty } from '../../to-party.ts';
import { createWooApi, PAGE_SIZE, type WooApi } from './api.ts';
import { type FullWoocommerceConfig, type WoocommerceConfig, woocommerceConfigSchema } from './config.ts';
import { STAFF_ROLES } from './customers.ts';
import { toCustomer } from './mapping-party.ts';
import {
  CUSTOMER_FIELDS,
  type CustomerPayload,
  customerPayload,
  type MetaPayload,
  ORDER_FIELDS,
  type OrderPayload,
  orderPayload,
  PRODUCT_FIELDS,
  productPayload,
} from './payloads.ts';
import { TRACKING_KEY } from './shipments.ts';
import { createStatuses } from './statuses.ts';

const SAMPLED_PARTIES = 50;

/** Looks at a shop without changing it: three reads of its latest records. */
export async function probe(
  input: WoocommerceConfig,
  context: CallContext,
  deps: UpstreamClientDeps = {},
): Promise<ProbeReport> {
  const config = woocommerceConfigSchema.parse(input);
  const api = createWooApi(config, deps);
  try {
    const [orders, customers, products] = await Promise.all([
      sample(api, context, { path: 'orders', item: orderPayload, params: { ...LATEST, _fields: ORDER_FIELDS } }),
      sample(api, context, {
        path: 'customers',
        item: customerPayload,
        params: { orderby: 'registered_date', order: 'desc', role: 'all', _fields: CUSTOMER_FIELDS },
      }),
      sample(api, context, { path: 'products', item: productPayload, params: { ...LATEST, _fields: PRODUCT_FIELDS } }),
    ]);
    const buyers = customers.items.filter(({ role }) => !STAFF_ROLES.has(role));
    const skus = products.items.map(({ sku }) => sku).filter((sku) => sku !== '');
    return {
      ok: orders.check.ok && customers.check.ok,
      checks: [
        orders.check,
        customers.check,
        products.check,
        ...(orders.items.length > 0 ? checkOrders(orders.items, config) : []),
        ...(skus.length > 0 ? [checkUnique('product SKUs', skus)] : []),
      ],
      fields: [...orderFields(orders.items, config), ...customerFields(buyers, config)],
      fieldSettings: [
        {
          setting: 'NIP_META_KEYS',
          looksLike: 'TAX_ID',
          within: 'orders.',
          configured: config.nipMetaKeys,
          isList: true,
        },
      ],
      // WooCommerce has no limit of its own, and hosts do not tell theirs.
      budget: null,
      sample: buyers.slice(0, SAMPLED_PARTIES).map((payload) => toCustomerParty(toCustomer(payload, mapping(config)))),
    };
  } finally {
    await api.close();
  }
}

const LATEST = { orderby: 'id', order: 'desc' };

interface SampleCall<T> {
  path: 'orders' | 'customers' | 'products';
  item: z.ZodType<T>;
  params: Readonly<Record<string, string>>;
}

async function sample<T>(
  api: WooApi,
  context: CallContext,
  { path, item, params }: SampleCall<T>,
): Promise<{ check: ProbeCheck; items: T[] }> {
  const { check, value } = await attemptCheck(path, async () => {
    const paged = { ...params, per_page: PAGE_SIZE };
    const { items, total } = await api.list({ operation: `${path}.probe`, path, item, params: paged }, context);
    return { detail: `readable, ${items.length} of ${total ?? 'unknown'} sampled`, value: items };
  });
  return { check, items: value ?? [] };
}

function mapping(config: FullWoocommerceConfig) {
  return { config, fetchedAt: new Date().toISOString() };
}

function checkOrders(orders: readonly OrderPayload[], config: FullWoocommerceConfig): ProbeCheck[] {
  const statuses = createStatuses(config.statuses);
  const unknown = orders.map(({ status }) => status).filter((raw) => statuses.toStatus(raw, false) === 'OTHER');
  const tracked = orders.filter(({ meta_data }) => meta_data.some(({ key }) => key === TRACKING_KEY)).length;
  const hasOwnNumber = orders.some(({ id, number }) => number !== String(id));
  const statusDetail =
    unknown.length === 0 ? 'all known' : `say in STATUSES what these mean: ${[...new Set(unknown)].join(', ')}`;
  const numbers = checkUnique(
    'order numbers',
    orders.map(({ number }) => number),
  );
  return [
    { ...numbers, detail: `${numbers.detail}; ${hasOwnNumber ? 'not the id: looked up by search' : 'the id itself'}` },
    { name: 'order statuses', ok: unknown.length === 0, detail: statusDetail },
    { name: 'shipment tracking', ok: true, detail: `found in ${tracked} of ${orders.length} orders` },
  ];
}

function orderFields(orders: readonly OrderPayload[], config: FullWoocommerceConfig): ProbeField[] {
  const records = orders.map(
    ({ number, billing, meta_data }): FieldValues => ({
      number,
      'billing.email': billing.email,
      'billing.phone': billing.phone,
      ...metaValues(meta_data),
    }),
  );
  const known = { number: 'ORDER_NUMBER', 'billing.email': 'EMAIL', 'billing.phone': 'PHONE' } as const;
  return probeFields({ within: 'orders.', records, known, configured: nipKeys(config), wanted: ['TAX_ID'] });
}

function customerFields(customers: readonly CustomerPayload[], config: FullWoocommerceConfig): ProbeField[] {
  const records = customers.map(
    ({ email, billing, meta_data }): FieldValues => ({
      email,
      'billing.phone': billing.phone,
      ...metaValues(meta_data),
    }),
  );
  const known = { email: 'EMAIL', 'billing.phone': 'PHONE' } as const;
  return probeFields({ within: 'customers.', records, known, configured: nipKeys(config), wanted: ['TAX_ID'] });
}

function nipKeys({ nipMetaKeys }: FullWoocommerceConfig) {
  return Object.fromEntries(nipMetaKeys.map((key) => [key, 'TAX_ID' as const]));
}

/** Only plain values: what a plugin keeps as a list or an object is no identifier. */
function metaValues(meta: MetaPayload): FieldValues {
  return Object.fromEntries(
    meta.flatMap(({ key, value }) => (typeof value === 'string' || typeof value === 'number' ? [[key, value]] : [])),
  );
}
