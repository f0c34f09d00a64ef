import { z } from 'zod';
import { setting } from '../../../../common/settings.ts';
import { concurrencySetting, positive, syncShareSetting, timeoutSetting } from '../../../shared/upstream/settings.ts';
import { webhookSecretSetting } from '../../../shared/webhooks/settings.ts';

const propertyName = z.string().regex(/^[a-z][a-z0-9_]{0,99}$/, 'expected the internal name of a HubSpot property');

const externalIdSchema = z.object({
  /** Property of companies and contacts that holds the id. */
  property: propertyName,
  /** Source and type of the record it names, as `woo:customer`. */
  reference: z.string().regex(/^[a-z][a-z0-9_]*:[a-z][a-z0-9_]*$/, 'expected source:type, as woo:customer'),
});

const consentSchema = z.object({
  property: propertyName,
  purpose: z.enum(['MARKETING', 'PROFILING', 'OTHER']),
  channel: z.enum(['EMAIL', 'SMS', 'PHONE', 'OTHER']),
});

/** Which properties of this portal hold what HubSpot itself has no property for. Null = none does. */
const propertiesSchema = z.object({
  taxId: propertyName.nullable().default('nip'),
  internalUnit: propertyName.nullable().default('internal_unit'),
  legalForm: propertyName.nullable().default('legal_form'),
  /** Values of `legalForm` that say: this company is one human. */
  soleTraderForms: z.array(z.string()).default(['JDG']),
  externalIds: z.array(externalIdSchema).default([
    { property: 'woo_customer_id', reference: 'woo:customer' },
    { property: 'fakturownia_client_id', reference: 'fakturownia:client' },
  ]),
  orderNumber: propertyName.nullable().default('order_number'),
  /** Values of `hs_ticket_category` that say: this ticket is a claim. */
  claimCategories: z.array(z.string()).default(['CLAIM']),
  consents: z
    .array(consentSchema)
    .default([{ property: 'marketing_consent_email', purpose: 'MARKETING', channel: 'EMAIL' }]),
});

export const hubspotConfigSchema = z.object({
  /** The source's name, which begins its references. */
  name: z.string(),
  url: z.url('expected a URL').default('https://api.hubapi.com'),
  /** Access token of a private app. */
  token: z.string().min(1, 'expected a token'),
  /** `v3` (objects v3 with associations v4) or a dated version, as `2026-03`, which moves the version in the path. */
  apiVersion: z
    .string()
    .regex(/^(v3|\d{4}-\d{2})$/, 'expected v3 or a dated version, as 2026-03')
    .default('v3'),
  /** For links into HubSpot's own pages. */
  portalId: z.string().regex(/^\d+$/, 'expected digits').nullable().default(null),
  /** Of deals that name none. */
  currency: z
    .string()
    .regex(/^[A-Z]{3}$/, 'expected an ISO 4217 code')
    .default('PLN'),
  /** HubSpot allows each token 4 searches a second, apart from its other limits. */
  searchesPerSecond: z.number().int().min(1).default(4),
  /** Null = what HubSpot tells in its answers, and until then the smallest plan's 100. */
  callsPer10Seconds: z.number().int().min(1).nullable().default(null),
  /** Null = what HubSpot tells in its answers, and until then the smallest plan's 250,000. */
  callsPerDay: z.number().int().min(1).nullable().default(null),
  syncShare: z.number().positive().max(1).default(0.3),
  timeoutMs: z.number().int().min(1).default(10_000),
  concurrency: z.number().int().min(1).default(8),
  properties: propertiesSchema.default(propertiesSchema.parse({})),
});

export type HubspotConfig = z.input<typeof hubspotConfigSchema>;
export type ParsedHubspotConfig = z.output<typeof hubspotConfigSchema>;
export type HubspotProperties = ParsedHubspotConfig['properties'];

const shape = hubspotConfigSchema.shape;

/** The settings of a HubSpot source; each has the source's name in upper case before it (`HUBSPOT_TOKEN`). */
export const hubspotSettings = {
  url: setting({
    name: 'URL',
    schema: shape.url,
    default: 'https://api.hubapi.com',
    description: "HubSpot's API",
  }),
  token: setting({
    name: 'TOKEN',
    schema: shape.token,
    secret: true,
    description: 'access token of a private app',
  }),
  apiVersion: setting({
    name: 'API_VERSION',
    schema: shape.apiVersion,
    default: 'v3',
    description: 'version of the CRM API: v3, or a dated one as 2026-03',
  }),
  portalId: setting({
    name: 'PORTAL_ID',
    schema: shape.portalId,
    default: null,
    description: 'id of the portal (Hub ID), for links into HubSpot',
  }),
  currency: setting({
    name: 'CURRENCY',
    schema: shape.currency,
    default: 'PLN',
    description: 'currency of deals that name none',
  }),
  searchesPerSecond: setting({
    name: 'SEARCHES_PER_SECOND',
    schema: z.coerce.number('expected a number').int('expected a whole number').min(1, 'expected at least 1'),
    default: '4',
    description: 'searches a second that HubSpot allows this token; more wait for their turn',
  }),
  webhookSecret: webhookSecretSetting('client secret of the app that sends the webhooks'),
  callsPer10Seconds: setting({
    name: 'CALLS_PER_10_SECONDS',
    schema: positive,
    default: null,
    description: 'most calls in ten seconds, of all replicas together; unset = as many as HubSpot says, 100 until then',
  }),
  callsPerDay: setting({
    name: 'CALLS_PER_DAY',
    schema: positive,
    default: null,
    description: 'most calls a day, of all replicas together; unset = as many as HubSpot says, 250,000 until then',
  }),
  syncShare: syncShareSetting,
  timeoutMs: timeoutSetting,
  concurrency: concurrencySetting('8'),
  taxIdProperty: propertySetting('TAX_ID_PROPERTY', 'nip', 'company property with the tax id'),
  internalUnitProperty: propertySetting('INTERNAL_UNIT_PROPERTY', 'internal_unit', 'company property with the unit'),
  legalFormProperty: propertySetting('LEGAL_FORM_PROPERTY', 'legal_form', 'company property with the legal form'),
  orderNumberProperty: propertySetting(
    'ORDER_NUMBER_PROPERTY',
    'order_number',
    'ticket property with the order number',
  ),
  soleTraderForms: listSetting('SOLE_TRADER_FORMS', 'JDG', 'legal forms that mean one human, comma separated'),
  claimCategories: listSetting('CLAIM_CATEGORIES', 'CLAIM', 'ticket categories that are claims, comma separated'),
  externalIds: setting({
    name: 'EXTERNAL_IDS',
    schema: pairs(externalIdSchema, ([property, reference]) => ({ property, reference }), 'property=source:type'),
    default: 'woo_customer_id=woo:customer,fakturownia_client_id=fakturownia:client',
    description: "properties with other systems' ids: property=source:type, comma separated; - for none",
  }),
  consents: setting({
    name: 'CONSENTS',
    schema: pairs(consentSchema, toConsent, 'property=PURPOSE:CHANNEL'),
    default: 'marketing_consent_email=MARKETING:EMAIL',
    description: 'properties with consents: property=PURPOSE:CHANNEL, comma separated; - for none',
  }),
};

type HubspotSettings = { [K in keyof typeof hubspotSettings]: z.output<(typeof hubspotSettings)[K]['schema']> };

export function toHubspotConfig(name: string, settings: HubspotSettings): HubspotConfig {
  const { url, token, apiVersion, portalId, currency, timeoutMs, concurrency } = settings;
  const { searchesPerSecond, callsPer10Seconds, callsPerDay, syncShare } = settings;
  const properties = {
    taxId: settings.taxIdProperty,
    internalUnit: settings.internalUnitProperty,
    legalForm: settings.legalFormProperty,
    orderNumber: settings.orderNumberProperty,
    soleTraderForms: settings.soleTraderForms,
    claimCategories: settings.claimCategories,
    externalIds: settings.externalIds,
    consents: settings.consents,
  };
  const vendor = { url, token, apiVersion, portalId, currency, timeoutMs, concurrency };
  return { name, ...vendor, searchesPerSecond, callsPer10Seconds, callsPerDay, syncShare, properties };
}

/** "-" says: this portal has none. */
function propertySetting(name: string, fallback: string, description: string) {
  const schema = z.union([z.literal('-').transform(() => null), propertyName]);
  return setting({ name, schema, default: fallback, description: `${description}; - for none` });
}

function listSetting(name: string, fallback: string, description: string) {
  return setting({ name, schema: z.string().transform(splitList), default: fallback, description });
}

/** Reads "a=b,c=d". */
function pairs<T>(schema: z.ZodType<T>, toEntry: (pair: string[]) => unknown, form: string) {
  return z.string().transform((text, context): T[] => {
    const parsed = z.array(schema).safeParse(splitList(text).map((entry) => toEntry(entry.split('=', 2))));
    if (parsed.success) return parsed.data;
    context.addIssue({ code: 'custom', message: `expected ${form}, comma separated` });
    return z.NEVER;
  });
}

function splitList(text: string): string[] {
  const entries = text.split(',').map((entry) => entry.trim());
  return entries.filter((entry) => entry !== '' && entry !== '-');
}

function toConsent([property, value = '']: string[]) {
  const [purpose, channel] = value.split(':', 2);
  return { property, purpose, channel };
}
