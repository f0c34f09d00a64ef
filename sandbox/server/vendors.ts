/** The systems that the sandbox stands in for. */
export const VENDORS = ['hubspot', 'woo', 'fakturownia'] as const;

export type Vendor = (typeof VENDORS)[number];

export function isVendor(text: string): text is Vendor {
  return (VENDORS as readonly string[]).includes(text);
}

/** One value a vendor, made by `make`. */
export function perVendor<T>(make: (vendor: Vendor) => T): Record<Vendor, T> {
  return { hubspot: make('hubspot'), woo: make('woo'), fakturownia: make('fakturownia') };
}

/** What the sandbox proves its webhooks by, unless it is told otherwise; no secret, as nobody's data is behind it. */
export const SANDBOX_WEBHOOK_SECRET = 'sandbox-webhook-secret';

/** What opens each server. Fixed: the sandbox holds nobody's data and listens on loopback alone. */
export const SANDBOX_CREDENTIALS = {
  hubspot: { token: 'sandbox-hubspot-token' },
  woo: { consumerKey: 'ck_sandbox', consumerSecret: 'cs_sandbox' },
  fakturownia: { apiToken: 'sandbox-fakturownia-token' },
} as const;
