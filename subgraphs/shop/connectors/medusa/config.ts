import { z } from 'zod';
import { type Parsed, setting } from '../../../../common/settings.ts';
import {
  callsPerSecondSetting,
  concurrencySetting,
  syncShareSetting,
  timeoutSetting,
} from '../../../shared/upstream/settings.ts';
import { webhookSecretSetting } from '../../../shared/webhooks/settings.ts';

const words = z.array(z.string());

export const medusaConfigSchema = z.object({
  /** The source's name: it begins every reference. */
  name: z.string().regex(/^[a-z][a-z0-9_]*$/),
  /** The server's address, without `/admin`. */
  url: z.url({ protocol: /^https?$/ }),
  /** A secret API key, `sk_…`. */
  apiKey: z.string().min(1),
  /** Metadata keys of orders and customers that hold the NIP; the first one filled counts. */
  nipMetadataKeys: words.default(['nip', 'tax_id', 'vat_number']),
  /** Metadata key of orders that holds the number the customer knows; null = Medusa's own `display_id`. */
  orderNumberMetadataKey: z.string().nullable().default(null),
  /** Whether e-mails of accounts may hold upper-case letters: then finding one takes a call of its own. */
  mixedCaseEmails: z.boolean().default(true),
  /** Which of a product's prices is shown. */
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
  concurrency: z.number().int().positive().default(6),
  /** Null = as many as the places allow. Medusa itself has no limit. */
  callsPerSecond: z.number().int().positive().nullable().default(null),
  syncShare: z.number().positive().max(1).default(0.3),
});

export type MedusaConfig = z.input<typeof medusaConfigSchema>;
export type FullMedusaConfig = z.output<typeof medusaConfigSchema>;

const flag = z.enum(['true', 'false'], { error: 'expected true or false' }).transform((text) => text === 'true');

/** Settings of one Medusa source; the source's name in upper case is their prefix. */
export const medusaSettings = {
  url: setting({
    name: 'URL',
    schema: z.url({ protocol: /^https?$/, error: 'expected an http or https address' }),
    description: "the server's address, as https://medusa.example",
  }),
  apiKey: setting({
    name: 'API_KEY',
    schema: z.string().regex(/^sk_/, 'expected a key that begins with sk_'),
    description: 'secret API key',
    secret: true,
  }),
  nipMetadataKeys: setting({
    name: 'NIP_METADATA_KEYS',
    schema: z.string().transform((text) => text.split(',').map((word) => word.trim())),
    description: 'metadata keys of orders and customers that hold the NIP, comma separated',
    default: 'nip,tax_id,vat_number',
  }),
  orderNumberMetadataKey: setting({
    name: 'ORDER_NUMBER_METADATA_KEY',
    schema: z.string().min(1),
    description: "metadata key of orders that holds the number customers know; unset = Medusa's own",
    default: null,
  }),
  mixedCaseEmails: setting({
    name: 'MIXED_CASE_EMAILS',
    schema: flag,
    description: 'whether e-mails of customers may hold upper-case letters (Medusa compares them exactly)',
    default: 'true',
  }),
  currency: setting({
    name: 'CURRENCY',
    schema: z.string().regex(/^[A-Z]{3}$/, 'expected an ISO 4217 code'),
    description: 'which of the catalogue prices is shown',
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
  webhookSecret: webhookSecretSetting('with what the subscriber of the notes signs its webhooks'),
  webhookBasicAuth: setting({
    name: 'WEBHOOK_BASIC_AUTH',
    schema: z.string().regex(/^[^:]+:.{16,}$/, 'expected user:password, the password of at least 16 characters'),
    description: 'user:password of webhooks whose sender cannot sign; used where there is no WEBHOOK_SECRET',
    default: null,
    secret: true,
  }),
  timeoutMs: timeoutSetting,
  concurrency: concurrencySetting('6'),
  callsPerSecond: callsPerSecondSetting(null),
  syncShare: syncShareSetting,
};

export function toMedusaConfig(name: string, settings: Parsed<typeof medusaSettings>): FullMedusaConfig {
  return medusaConfigSchema.parse({ ...settings, name });
}
