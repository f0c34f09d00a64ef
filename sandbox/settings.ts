import { z } from 'zod';
import { logLevelSetting } from '../common/service.ts';
import { type Parsed, setting } from '../common/settings.ts';
import { SANDBOX_WEBHOOK_SECRET } from './server/vendors.ts';

const port = z
  .string()
  .regex(/^\d{1,5}$/, 'a port number')
  .transform(Number)
  .refine((value) => value < 65_536, 'a port number');

const wholeNumber = z
  .string()
  .regex(/^\d{1,9}$/, 'a whole number')
  .transform(Number);

const yesOrNo = z.enum(['true', 'false'], 'true or false').transform((value) => value === 'true');

const instant = z.iso.datetime({ offset: true, error: 'an instant, as in 2026-11-02T09:00:00Z' });

const webhookUrl = (vendor: string, name: string) =>
  setting({
    name,
    schema: z.url({ protocol: /^https?$/, error: 'an http or https URL' }),
    description: `Where the sandbox's ${vendor} sends its webhooks`,
    default: null,
  });

/** What the sandbox is; read by every process that holds one. */
export const SANDBOX_DATA_SETTINGS = {
  customers: setting({
    name: 'SANDBOX_CUSTOMERS',
    schema: wholeNumber,
    description: 'How many customers the sandbox makes, about',
    default: '1000',
  }),
  seed: setting({
    name: 'SANDBOX_SEED',
    schema: wholeNumber,
    description: 'Another number makes other people; the same one always the same',
    default: '1',
  }),
  asOf: setting({
    name: 'SANDBOX_AS_OF',
    schema: instant.transform((text) => new Date(text)),
    description: "The sandbox's now; the clock stands still at it",
    default: '2026-11-02T09:00:00Z',
  }),
  rateLimits: setting({
    name: 'SANDBOX_RATE_LIMITS',
    schema: yesOrNo,
    description: "Answer 429 above the vendors' rate limits",
    default: 'false',
  }),
  hubspotWebhookUrl: webhookUrl('HubSpot', 'SANDBOX_HUBSPOT_WEBHOOK_URL'),
  wooWebhookUrl: webhookUrl('WooCommerce', 'SANDBOX_WOO_WEBHOOK_URL'),
  fakturowniaWebhookUrl: webhookUrl('Fakturownia', 'SANDBOX_FAKTUROWNIA_WEBHOOK_URL'),
  webhookSecret: setting({
    name: 'SANDBOX_WEBHOOK_SECRET',
    schema: z.string().min(1, 'not empty'),
    description: "Signs the sandbox's webhooks; Fakturownia's carry it",
    default: SANDBOX_WEBHOOK_SECRET,
    secret: true,
  }),
} as const;

/** The settings as `startSandbox` takes them. */
export function sandboxOptions(settings: Parsed<typeof SANDBOX_DATA_SETTINGS>) {
  const { customers, seed, asOf, rateLimits, webhookSecret: secret } = settings;
  const { hubspotWebhookUrl, wooWebhookUrl, fakturowniaWebhookUrl } = settings;
  return {
    customers,
    seed,
    asOf,
    limits: rateLimits,
    webhooks: {
      hubspot: hubspotWebhookUrl === null ? null : { url: hubspotWebhookUrl, clientSecret: secret },
      woo: wooWebhookUrl === null ? null : { url: wooWebhookUrl, secret },
      fakturownia: fakturowniaWebhookUrl === null ? null : { url: fakturowniaWebhookUrl, apiToken: secret },
    },
  };
}

/** Where the sandbox listens when it runs alone. */
export const SANDBOX_SETTINGS = {
  ...SANDBOX_DATA_SETTINGS,
  hubspotPort: setting({
    name: 'SANDBOX_HUBSPOT_PORT',
    schema: port,
    description: "Port of the sandbox's HubSpot",
    default: '4101',
  }),
  wooPort: setting({
    name: 'SANDBOX_WOO_PORT',
    schema: port,
    description: "Port of the sandbox's WooCommerce",
    default: '4102',
  }),
  fakturowniaPort: setting({
    name: 'SANDBOX_FAKTUROWNIA_PORT',
    schema: port,
    description: "Port of the sandbox's Fakturownia",
    default: '4103',
  }),
  controlPort: setting({
    name: 'SANDBOX_CONTROL_PORT',
    schema: port,
    description: 'Port by which the sandbox is steered, from this machine alone',
    default: '4100',
  }),
  logLevel: logLevelSetting,
} as const;
