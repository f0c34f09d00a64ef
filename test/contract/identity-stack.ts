import { createDataset, type Dataset, DEFAULT_AS_OF } from '../../sandbox/data/dataset.ts';
import { SANDBOX_CREDENTIALS, type Vendor } from '../../sandbox/server/vendors.ts';
import { type Sandbox, startSandbox } from '../../sandbox/start.ts';
import { createFakturowniaSource } from '../../subgraphs/accounting/connectors/fakturownia/connector.ts';
import { createAccountingSubgraph } from '../../subgraphs/accounting/subgraph.ts';
import { createHubspotSource } from '../../subgraphs/crm/connectors/hubspot/connector.ts';
import { createCrmSubgraph } from '../../subgraphs/crm/subgraph.ts';
import type { PartyPorts } from '../../subgraphs/identity/domains.ts';
import type { PartyPort } from '../../subgraphs/shared/party.ts';
import { createRecordCache } from '../../subgraphs/shared/record-cache.ts';
import { createSourceHealth } from '../../subgraphs/shared/upstream/health.ts';
import { createWoocommerceSource } from '../../subgraphs/shop/connectors/woocommerce/connector.ts';
import { createShopSubgraph } from '../../subgraphs/shop/subgraph.ts';
import { sealer } from '../unit/identity-world.ts';

/** The three domains over the sandbox's servers. */
export interface Stack extends AsyncDisposable {
  dataset: Dataset;
  sandbox: Sandbox;
  ports: PartyPorts;
  /** Identity's calls to the domains since it was last asked, in order: `crm 3` for three identifiers in one call. */
  takeAsked(): string[];
  /** Requests that reached each vendor since it was last asked. */
  takeCalls(): Record<Vendor, number>;
}

export interface StackOptions {
  dataset?: Dataset;
  customers?: number;
  /** By which copies grow old. */
  now?: () => number;
  /** Addresses in place of the sandbox's, as of proxies before it. */
  urlsOf?: (urls: Record<Vendor, string>) => Promise<Record<Vendor, string>>;
  /** Of one call to a vendor. */
  timeoutMs?: number;
}

export async function startStack(options: StackOptions = {}): Promise<Stack> {
  const { now, timeoutMs, urlsOf = async (urls) => urls } = options;
  const dataset = options.dataset ?? createDataset({ asOf: DEFAULT_AS_OF, customers: options.customers });
  const sandbox = await startSandbox({ dataset });
  const { clock } = sandbox;
  const urls = await urlsOf(sandbox.urls);
  const cache = createRecordCache({ now });
  const health = createSourceHealth();
  const hubspotSource = createHubspotSource(
    {
      name: 'hubspot',
      url: urls.hubspot,
      ...SANDBOX_CREDENTIALS.hubspot,
      searchesPerSecond: 1000,
      callsPer10Seconds: 1_000_000,
      timeoutMs,
    },
    { cache, clock, health },
  );
  const wooSource = createWoocommerceSource(
    { name: 'woo', url: urls.woo, ...SANDBOX_CREDENTIALS.woo, timeoutMs },
    { health },
  );
  const { apiToken } = SANDBOX_CREDENTIALS.fakturownia;
  const fakturowniaSource = createFakturowniaSource(
    { name: 'fakturownia', url: urls.fakturownia, apiToken, callsPerSecond: 100_000, timeoutMs },
    { health },
  );
  const crm = createCrmSubgraph({ sources: [hubspotSource], sealer, health });
  const shop = createShopSubgraph({ sources: [wooSource], sealer, clock, cache, health });
  const accounting = createAccountingSubgraph({
    sources: [fakturowniaSource],
    sealer,
    clock,
    cache,
    documentsBaseUrl: 'http://graph.test',
    health,
  });
  const asked: string[] = [];
  const counted = (name: string, port: PartyPort): PartyPort => ({
    ...port,
    parties: (query, context) => {
      asked.push(`${name} ${query.identifiers.length}`);
      return port.parties(query, context);
    },
  });
  return {
    dataset,
    sandbox,
    ports: {
      crm: counted('crm', crm.parties!),
      shop: counted('shop', shop.parties!),
      accounting: counted('accounting', accounting.parties!),
    },
    takeAsked: () => asked.splice(0),
    takeCalls: () => {
      const { hubspot, woo, fakturownia } = sandbox.control.calls();
      sandbox.control.resetCalls();
      return { hubspot: hubspot.total, woo: woo.total, fakturownia: fakturownia.total };
    },
    [Symbol.asyncDispose]: async () => {
      await Promise.all([crm, shop, accounting].map((subgraph) => subgraph.close()));
      await sandbox.close();
    },
  };
}
