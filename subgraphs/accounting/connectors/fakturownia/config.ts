import { z } from 'zod';
import { type Parsed, setting } from '../../../../common/settings.ts';
import {
  callsPerSecondSetting,
  concurrencySetting,
  syncShareSetting,
  timeoutSetting,
} from '../../../shared/upstream/settings.ts';
import { webhookSecretSetting } from '../../../shared/webhooks/settings.ts';

const referencePrefix = z.string().regex(/^[a-z][a-z0-9_]*:[a-z][a-z0-9_]*$/, 'expected source:type, as woo:customer');

export const fakturowniaConfigSchema = z.object({
  /** The source's name: it begins every reference. */
  name: z.string().regex(/^[a-z][a-z0-9_]*$/),
  /** The account's address, as https://firma.fakturownia.pl. */
  url: z.url({ protocol: /^https?$/ }),
  apiToken: z.string().min(1),
  /** Source and type of the records whose ids stand in `external_id` of clients; null = of no system that we know. */
  externalIdReference: referencePrefix.nullable().default('woo:customer'),
  /** Names of the client on whom receipts of unnamed buyers are booked. */
  retailNames: z.array(z.string()).default(['Klient detaliczny', 'Klient indywidualny', 'Sprzedaż detaliczna']),
  retailClientIds: z.array(z.string()).default([]),
  /** For one whole call with its retries. */
  timeoutMs: z.number().int().positive().default(10_000),
  /** The vendor's limits are not documented: few at a time, and not too fast. */
  concurrency: z.number().int().positive().default(3),
  callsPerSecond: z.number().int().positive().default(10),
  syncShare: z.number().positive().max(1).default(0.3),
});

export type FakturowniaConfig = z.input<typeof fakturowniaConfigSchema>;
export type FullFakturowniaConfig = z.output<typeof fakturowniaConfigSchema>;

const words = z.string().transform((text) => {
  const entries = text.split(',').map((entry) => entry.trim());
  return entries.filter((entry) => entry !== '' && entry !== '-');
});

/** Settings of one Fakturownia source; the source's name in upper case is their prefix. */
export const fakturowniaSettings = {
  url: setting({
    name: 'URL',
    schema: z.url({ protocol: /^https?$/, error: 'expected an http or https address' }),
    description: "the account's address, as https://firma.fakturownia.pl",
  }),
  apiToken: setting({
    name: 'API_TOKEN',
    schema: z.string().min(1),
    description:
      'API authorization code (Settings, Account settings, Integration), of a user who may see all documents',
    secret: true,
  }),
  externalIdReference: setting({
    name: 'EXTERNAL_ID_REFERENCE',
    schema: z.union([z.literal('-').transform(() => null), referencePrefix]),
    description: "whose ids stand in the clients' external_id, as source:type; - for none",
    default: 'woo:customer',
  }),
  retailNames: setting({
    name: 'RETAIL_NAMES',
    schema: words,
    description: 'names of the client that stands for unnamed buyers, comma separated; - for none',
    default: 'Klient detaliczny,Klient indywidualny,Sprzedaż detaliczna',
  }),
  retailClientIds: setting({
    name: 'RETAIL_CLIENT_IDS',
    schema: words,
    description: 'ids of clients that stand for unnamed buyers, comma separated',
    default: '-',
  }),
  webhookSecret: webhookSecretSetting('API token of the webhooks in the account settings, the same for all of them'),
  timeoutMs: timeoutSetting,
  concurrency: concurrencySetting('3'),
  callsPerSecond: callsPerSecondSetting('10'),
  syncShare: syncShareSetting,
};

export function toFakturowniaConfig(name: string, settings: Parsed<typeof fakturowniaSettings>): FullFakturowniaConfig {
  return fakturowniaConfigSchema.parse({ ...settings, name });
}
