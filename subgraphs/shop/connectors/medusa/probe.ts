import type { z } from 'zod';
import {
  attemptCheck,
  type FieldSetting,
  type ProbeCheck,
  type ProbeField,
  type ProbeReport,
} from '../../../shared/probe.ts';
import type { UpstreamClientDeps } from '../../../shared/upstream/client.ts';
import type { CallContext } from '../../../shared/upstream/context.ts';
import { checkUnique, type FieldValues, probeFields } from '../../probing.ts';
import { toCustomerParty } from '../../to-party.ts';
import { createMedusaApi, type MedusaApi, PAGE_SIZE } from './api.ts';
import { type FullMedusaConfig, type MedusaConfig, medusaConfigSchema } from './config.ts';
import { toNumber } from './mapping.ts';
import { isGuestRow, toCustomer } from './mapping-party.ts';
import {
  CUSTOMER_FIELDS,
  type CustomerPayload,
  customerPayload,
  type Metadata,
  ORDER_FIELDS,
  type OrderPayload,
  orderPayload,
  VARIANT_FIELDS,
  variantPayload,
} from './payloads.ts';

const SAMPLED_PARTIES = 50;

/** Looks at a shop without changing it: three reads of its latest records. */
export async function probe(
  input: MedusaConfig,
  context: CallContext,
  deps: UpstreamClientDeps = {},
): Promise<ProbeReport> {
  const config = medusaConfigSchema.parse(input);
  const api = createMedusaApi(config, deps);
  try {
    const [orders, customers, variants] = await Promise.all([
      sample(api, context, { path: 'orders', item: orderPayload, fields: ORDER_FIELDS }),
      sample(api, context, { path: 'customers', item: customerPayload, fields: CUSTOMER_FIELDS }),
      sample(api, context, { path: 'product-variants', item: variantPayload, fields: VARIANT_FIELDS }),
    ]);
    const accounts = customers.items.filter((payload) => !isGuestRow(payload, config));
    const numbers = orders.items.map((payload) => toNumber(payload, config));
    const skus = variants.items.flatMap(({ sku }) => sku ?? []);
    const mapping = { config, fetchedAt: new Date().toISOString() };
    return {
      ok: orders.check.ok && customers.check.ok,
      checks: [
        orders.check,
        customers.check,
        variants.check,
        ...(numbers.length > 0 ? [checkUnique('order numbers', numbers)] : []),
        ...(skus.length > 0 ? [checkUnique('product SKUs', skus)] : []),
        ...(accounts.length > 0 ? [checkCase(accounts, config)] : []),
      ],
      fields: [...orderFields(orders.items, config), ...customerFields(accounts, config)],
      fieldSettings: fieldSettings(config),
      // Medusa has no limit.
      budget: null,
      sample: accounts.slice(0, SAMPLED_PARTIES).map((payload) => toCustomerParty(toCustomer(payload, mapping))),
    };
  } finally {
    await api.close();
  }
}

interface SampleCall<T> {
  path: 'orders' | 'customers' | 'product-variants';
  item: z.ZodType<T>;
  fields: string;
}

async function sample<T>(
  api: MedusaApi,
  context: CallContext,
  { path, item, fields }: SampleCall<T>,
): Promise<{ check: ProbeCheck; items: T[] }> {
  const { check, value } = await attemptCheck(path, async () => {
    const query = [
      ['order', '-id'],
      ['limit', PAGE_SIZE],
      ['fields', fields],
    ] as const;
    const { items, total } = await api.list({ operation: `${path}.probe`, path, item, query }, context);
    return { detail: `readable, ${items.length} of ${total ?? 'unknown'} sampled`, value: items };
  });
  return { check, items: value ?? [] };
}

/** Whether `MIXED_CASE_EMAILS` has to stay on. */
function checkCase(accounts: readonly CustomerPayload[], { mixedCaseEmails }: FullMedusaConfig): ProbeCheck {
  const mixed = accounts.filter(({ email }) => email !== null && email !== email.toLowerCase()).length;
  const detail = `${mixed} of ${accounts.length} have capitals; MIXED_CASE_EMAILS is ${mixedCaseEmails}`;
  return { name: 'account e-mails', ok: mixedCaseEmails || mixed === 0, detail };
}

function fieldSettings({ nipMetadataKeys, orderNumberMetadataKey }: FullMedusaConfig): FieldSetting[] {
  const within = 'orders.metadata.';
  return [
    { setting: 'NIP_METADATA_KEYS', looksLike: 'TAX_ID', within, configured: nipMetadataKeys, isList: true },
    {
      setting: 'ORDER_NUMBER_METADATA_KEY',
      looksLike: 'ORDER_NUMBER',
      within,
      configured: orderNumberMetadataKey === null ? [] : [orderNumberMetadataKey],
    },
  ];
}

function orderFields(orders: readonly OrderPayload[], config: FullMedusaConfig): ProbeField[] {
  const { orderNumberMetadataKey } = config;
  const records = orders.map(
    (payload): FieldValues => ({
      number: toNumber(payload, config),
      email: payload.email,
      'billing_address.phone': payload.billing_address?.phone,
    }),
  );
  const known = { number: 'ORDER_NUMBER', email: 'EMAIL', 'billing_address.phone': 'PHONE' } as const;
  const numberKey = orderNumberMetadataKey === null ? {} : { [orderNumberMetadataKey]: 'ORDER_NUMBER' as const };
  return [
    ...probeFields({ within: 'orders.', records, known }),
    ...probeFields({
      within: 'orders.metadata.',
      records: orders.map((payload) => ownMetadata(payload, config)),
      known: numberKey,
      configured: nipKeys(config),
      wanted: ['TAX_ID', 'ORDER_NUMBER'],
    }),
  ];
}

/** Without a copy of the number that the order has anyway. */
function ownMetadata(payload: OrderPayload, config: FullMedusaConfig): FieldValues {
  const number = toNumber(payload, { ...config, orderNumberMetadataKey: null });
  const values = Object.entries(metadataValues(payload.metadata));
  return Object.fromEntries(values.filter(([, value]) => String(value) !== number));
}

function customerFields(accounts: readonly CustomerPayload[], config: FullMedusaConfig): ProbeField[] {
  const records = accounts.map(({ email, phone }): FieldValues => ({ email, phone }));
  return [
    ...probeFields({ within: 'customers.', records, known: { email: 'EMAIL', phone: 'PHONE' } }),
    ...probeFields({
      within: 'customers.metadata.',
      records: accounts.map(({ metadata }) => metadataValues(metadata)),
      configured: nipKeys(config),
      wanted: ['TAX_ID'],
    }),
  ];
}

function nipKeys({ nipMetadataKeys }: FullMedusaConfig) {
  return Object.fromEntries(nipMetadataKeys.map((key) => [key, 'TAX_ID' as const]));
}

function metadataValues(metadata: Metadata): FieldValues {
  return Object.fromEntries(
    Object.entries(metadata ?? {}).flatMap(([key, value]) =>
      typeof value === 'string' || typeof value === 'number' ? [[key, value]] : [],
    ),
  );
}
