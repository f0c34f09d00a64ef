import type { FastifyBaseLogger } from 'fastify';
import { createClock, type SettableClock } from '../common/clock.ts';
import type { Logger } from '../common/log.ts';
import { createDataset, type Dataset, DEFAULT_AS_OF } from './data/dataset.ts';
import { createCallRecorder } from './server/calls.ts';
import { createChangeBus } from './server/changes.ts';
import { createControl, type SandboxControl } from './server/control.ts';
import { createControlServer } from './server/control-server.ts';
import { createFakturowniaServer } from './server/fakturownia/server.ts';
import { createFaultStore } from './server/faults.ts';
import { createHubspotServer } from './server/hubspot/server.ts';
import { listen, type ServerParts } from './server/vendor-server.ts';
import { perVendor, SANDBOX_CREDENTIALS, type Vendor } from './server/vendors.ts';
import { createWebhooks, type WebhookTargets } from './server/webhooks/webhooks.ts';
import { createWooServer } from './server/woo/server.ts';

export interface SandboxOptions {
  /** How many customers to make, about; default 1,000. */
  customers?: number;
  /** Default 1. */
  seed?: number;
  /** The sandbox's "today"; default the clock's, without one the day the documentation was written for. */
  asOf?: Date;
  /** Shared with whoever reads the sandbox, so that both mean the same day by "overdue". */
  clock?: SettableClock;
  /** Records made earlier; wins over `customers` and `seed`. */
  dataset?: Dataset;
  /** Default: free ones. */
  ports?: Partial<Record<Vendor | 'control', number>>;
  log?: Logger;
  /** Answer 429 above the vendors' rate limits; default false. */
  limits?: boolean | Partial<Record<Vendor, boolean>>;
  /** So many times higher than real ones are the vendors' limits, for a day that is played in minutes; default 1. */
  limitSpeed?: number;
  /** What the HubSpot token may see; default: all that the product reads. */
  hubspotScopes?: readonly string[];
  /** Take WooCommerce's key and secret unsigned over http, as behind a TLS proxy; default true. */
  wooPlainCredentials?: boolean;
  webhooks?: Partial<WebhookTargets>;
  /** How long HubSpot gathers events, and waits before it tries again. */
  webhookTimings?: { batchMs?: number; retryMs?: number };
}

export interface Sandbox extends AsyncDisposable {
  dataset: Dataset;
  clock: SettableClock;
  urls: Record<Vendor, string>;
  controlUrl: string;
  control: SandboxControl;
  close(): Promise<void>;
}

/** Starts the three vendors' servers over one data set, on loopback. */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const clock = options.clock ?? createClock({ asOf: options.asOf ?? options.dataset?.asOf ?? DEFAULT_AS_OF });
  const dataset =
    options.dataset ??
    createDataset({ customers: options.customers, seed: options.seed, asOf: options.asOf ?? clock.now() });
  const changes = createChangeBus();
  const faults = createFaultStore(perVendor((vendor) => ({ rateLimited: isLimited(options.limits, vendor) })));
  const calls = createCallRecorder();
  const urls: Record<Vendor, string> = { hubspot: '', woo: '', fakturownia: '' };
  const webhooks = createWebhooks({
    dataset,
    clock,
    changes,
    siteUrl: () => urls.woo,
    onFailure: (error) => options.log?.error({ err: error }, 'A webhook could not be sent'),
    timings: options.webhookTimings,
  });
  const control = createControl({ faults, calls, clock, webhooks });

  // Cast: pino's logger has all that Fastify calls; only its generic parameter differs.
  const parts: ServerParts = {
    log: (options.log as FastifyBaseLogger | undefined) ?? null,
    faults,
    calls,
    limitSpeed: options.limitSpeed ?? 1,
  };
  const servers = createServers(options, { ...parts, clock, changes }, dataset);
  const controlServer = createControlServer({ control, clock, urls: () => urls });
  const close = async () => {
    await webhooks.close();
    await Promise.all([...Object.values(servers), controlServer].map((server) => server.close()));
  };
  try {
    for (const vendor of ['hubspot', 'woo', 'fakturownia'] as const) {
      urls[vendor] = await listen(servers[vendor], options.ports?.[vendor] ?? 0);
    }
    const controlUrl = await listen(controlServer, options.ports?.control ?? 0);
    setTargets(control, options.webhooks ?? {});
    return { dataset, clock, urls, controlUrl, control, close, [Symbol.asyncDispose]: close };
  } catch (error) {
    await close();
    throw error;
  }
}

type Shared = ServerParts & { clock: SettableClock; changes: ReturnType<typeof createChangeBus> };

function createServers(options: SandboxOptions, shared: Shared, dataset: Dataset) {
  return {
    hubspot: createHubspotServer({
      ...shared,
      ...SANDBOX_CREDENTIALS.hubspot,
      store: dataset.hubspot,
      scopes: options.hubspotScopes,
    }),
    woo: createWooServer({
      ...shared,
      ...SANDBOX_CREDENTIALS.woo,
      store: dataset.woo,
      allowPlainCredentials: options.wooPlainCredentials,
    }),
    fakturownia: createFakturowniaServer({
      ...shared,
      ...SANDBOX_CREDENTIALS.fakturownia,
      store: dataset.fakturownia,
    }),
  };
}

function isLimited(limits: SandboxOptions['limits'], vendor: Vendor): boolean {
  return typeof limits === 'object' ? (limits[vendor] ?? false) : (limits ?? false);
}

function setTargets(control: SandboxControl, targets: Partial<WebhookTargets>): void {
  if (targets.hubspot) control.setWebhookTarget('hubspot', targets.hubspot);
  if (targets.woo) control.setWebhookTarget('woo', targets.woo);
  if (targets.fakturownia) control.setWebhookTarget('fakturownia', targets.fakturownia);
}
