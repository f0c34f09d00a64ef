import { z } from 'zod';
import { type Parsed, setting } from '../../../../common/settings.ts';
import {
  callsPerSecondSetting,
  concurrencySetting,
  syncShareSetting,
  timeoutSetting,
} from '../../../shared/upstream/settings.ts';
import { webhookSecretSetting } from '../../../shared/webhooks/settings.ts';
import type { OrderStatus } from '../../model.ts';

const ORDER_STATUSES = ['RECEIVED', 'PICKING', 'SHIPPED', 'DELIVERED', 'RETURNED', 'CANCELLED', 'OTHER'] as const;

export const woocommerceConfigSchema = z.object({
  /** The source's name: it begins every reference. */
  name: z.string().regex(/^[a-z][a-z0-9_]*$/),
  /** The shop's address, without `/wp-json`. */
  url: z.url({ protocol: /^https?$/ }),
  consumerKey: z.string().min(1),
  consumerSecret: z.string().min(1),
  /** Meta keys of orders and customers that hold the NIP; the first one filled counts. */
  nipMetaKeys: z.array(z.string()).default(['_billing_nip', 'billing_nip', '_billing_vat']),
  /**
   * Over plain http WooCommerce wants OAuth 1.0a signatures. Behind a proxy that ends TLS, and does not tell WordPress so,
   * it takes Basic there too: key and secret then travel readable between us and the proxy.
   */
  basicOverHttp: z.boolean().default(false),
  /** Whether the Shipment Tracking plugin is there. Null = not known: an order without its data may still have parcels. */
  shipmentTracking: z.boolean().nullable().default(null),
  /** What the shop's own statuses mean, by their slug without `wc-`; wins over the built-in ones. */
  statuses: z.record(z.string(), z.enum(ORDER_STATUSES)).default({}),
  /** The shop's currency: products do not tell theirs. */
  currency: z
    .string()
    .regex(/^[A-Z]{3}$/)
    .default('PLN'),
  /** Whether catalogue prices have tax in them; null = not known. */
  pricesIncludeTax: z.boolean().nullable().default(null),
  /** Whose VAT rates are domestic. */
  homeCountry: z
    .string()
    .regex(/^[A-Z]{2}$/)
    .default('PL'),
  /** For one whole call with its retries. */
  timeoutMs: z.number().int().positive().default(10_000),
  /** Shared hosts answer few requests at a time. */
  concurrency: z.number().int().positive().default(6),
  /** Null = as many as the places allow. WooCommerce itself has no limit, its host may. */
  callsPerSecond: z.number().int().positive().nullable().default(null),
  syncShare: z.number().positive().max(1).default(0.3),
});

export type WoocommerceConfig = z.input<typeof woocommerceConfigSchema>;
export type FullWoocommerceConfig = z.output<typeof woocommerceConfigSchema>;

const flag = z.enum(['true', 'false'], { error: 'expected true or false' }).transform((text) => text === 'true');

const words = z.string().transform((text) => text.split(',').map((word) => word.trim()));

const statusMap = z.string().transform((text, context): Record<string, OrderStatus> => {
  const entries = text.split(',').map((entry) => entry.trim().split('='));
  const parsed = woocommerceConfigSchema.shape.statuses.safeParse(Object.fromEntries(entries));
  if (parsed.success && entries.every((entry) => entry.length === 2)) return parsed.data;
  context.addIssue({ code: 'custom', message: `expected slug=STATUS, comma separated; ${ORDER_STATUSES.join(', ')}` });
  return z.NEVER;
});

/** Settings of one WooCommerce source; the source's name in upper case is their prefix. */
export const woocommerceSettings = {
  url: setting({
    name: 'URL',
    schema: z.url({ protocol: /^https?$/, error: 'expected an http or https address' }),
    description: "the shop's address, as https://shop.example",
  }),
  consumerKey: setting({
    name: 'CONSUMER_KEY',
    schema: z.string().regex(/^ck_/, 'expected a key that begins with ck_'),
    description: 'REST API key with read permission',
    secret: true,
  }),
  consumerSecret: setting({
    name: 'CONSUMER_SECRET',
    schema: z.string().regex(/^cs_/, 'expected a secret that begins with cs_'),
    description: 'secret of the REST API key',
    secret: true,
  }),
  nipMetaKeys: setting({
    name: 'NIP_META_KEYS',
    schema: words,
    description: 'meta keys of orders and customers that hold the NIP, comma separated',
    default: '_billing_nip,billing_nip,_billing_vat',
  }),
  basicOverHttp: setting({
    name: 'BASIC_OVER_HTTP',
    schema: flag,
    description: 'send key and secret as Basic over plain http instead of signing (a proxy ends TLS)',
    default: 'false',
  }),
  shipmentTracking: setting({
    name: 'SHIPMENT_TRACKING',
    schema: flag,
    description: 'whether the Shipment Tracking plugin is there; unset = not known',
    default: null,
  }),
  statuses: setting({
    name: 'STATUSES',
    schema: statusMap,
    description: "what the shop's own statuses mean, as packed=PICKING,sent=SHIPPED",
    default: null,
  }),
  currency: setting({
    name: 'CURRENCY',
    schema: z.string().regex(/^[A-Z]{3}$/, 'expected an ISO 4217 code'),
    description: 'currency of catalogue prices',
    default: 'PLN',
  }),
  pricesIncludeTax: setting({
    name: 'PRICES_INCLUDE_TAX',
    schema: flag,
    description: 'whether catalogue prices have tax in them; unset = not known',
    default: null,
  }),
  homeCountry: setting({
    name: 'HOME_COUNTRY',
    schema: z.string().regex(/^[A-Z]{2}$/, 'expected an ISO 3166-1 alpha-2 code'),
    description: 'country whose VAT rates are domestic',
    default: 'PL',
  }),
  webhookSecret: webhookSecretSetting('secret of the webhooks in the shop, the same for all of them'),
  timeoutMs: timeoutSetting,
  concurrency: concurrencySetting('6'),
  callsPerSecond: callsPerSecondSetting(null),
  syncShare: syncShareSetting,
};

export function toWoocommerceConfig(name: string, settings: Parsed<typeof woocommerceSettings>): FullWoocommerceConfig {
  return woocommerceConfigSchema.parse({ ...settings, name, statuses: settings.statuses ?? {} });
}
