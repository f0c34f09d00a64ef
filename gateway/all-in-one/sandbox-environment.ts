import { SANDBOX_CREDENTIALS, SANDBOX_WEBHOOK_SECRET } from '../../sandbox/server/vendors.ts';
import type { Sandbox } from '../../sandbox/start.ts';

const SOURCE_LISTS = ['CRM_SOURCES', 'SHOP_SOURCES', 'ACCOUNTING_SOURCES'] as const;

/** A company that names none of its systems gets the sandbox's. */
export function isSandboxWanted(env: Readonly<Record<string, string | undefined>>): boolean {
  return SOURCE_LISTS.every((name) => !env[name]);
}

/** The settings by which the product reads the sandbox: the same ones that a company sets for its own systems. */
export function sandboxEnvironment({ urls, control }: Pick<Sandbox, 'urls' | 'control'>): Record<string, string> {
  const { hubspot, woo, fakturownia } = SANDBOX_CREDENTIALS;
  return {
    CRM_SOURCES: 'hubspot=hubspot',
    HUBSPOT_URL: urls.hubspot,
    HUBSPOT_TOKEN: hubspot.token,
    HUBSPOT_WEBHOOK_SECRET: SANDBOX_WEBHOOK_SECRET,
    // The vendors' own limits are few calls a second; the sandbox has none unless it is told to.
    ...(control.faults('hubspot').rateLimited ? {} : NO_HUBSPOT_LIMITS),
    SHOP_SOURCES: 'woo=woocommerce',
    WOO_URL: urls.woo,
    WOO_CONSUMER_KEY: woo.consumerKey,
    WOO_CONSUMER_SECRET: woo.consumerSecret,
    WOO_WEBHOOK_SECRET: SANDBOX_WEBHOOK_SECRET,
    ACCOUNTING_SOURCES: 'fakturownia=fakturownia',
    FAKTUROWNIA_URL: urls.fakturownia,
    FAKTUROWNIA_API_TOKEN: fakturownia.apiToken,
    FAKTUROWNIA_WEBHOOK_SECRET: SANDBOX_WEBHOOK_SECRET,
    // WooCommerce has no limit of its own; a host's is for the operator to know.
    ...(control.faults('woo').rateLimited ? { WOO_CALLS_PER_SECOND: '20' } : {}),
    ...(control.faults('fakturownia').rateLimited ? {} : { FAKTUROWNIA_CALLS_PER_SECOND: '100000' }),
    IDENTITY_KEYS: SANDBOX_IDENTITY_KEYS,
    // Long enough to try things out in a browser.
    TOKEN_TTL_S: '3600',
  };
}

const NO_HUBSPOT_LIMITS = { HUBSPOT_SEARCHES_PER_SECOND: '1000', HUBSPOT_CALLS_PER_10_SECONDS: '1000000' };

/** Not secret: it seals the ids of people who do not exist. Fixed, so that an id in the documentation stays right. */
const SANDBOX_IDENTITY_KEYS = `sandbox:${Buffer.alloc(32, 'sandbox').toString('base64')}`;
