import { createDataset, type Dataset, DEFAULT_AS_OF } from '../../sandbox/data/dataset.ts';
import { SANDBOX_CREDENTIALS } from '../../sandbox/server/vendors.ts';
import { type Sandbox, startSandbox } from '../../sandbox/start.ts';
import { createFakturowniaSource } from '../../subgraphs/accounting/connectors/fakturownia/connector.ts';
import { createAccountingSubgraph } from '../../subgraphs/accounting/subgraph.ts';
import { createHubspotSource } from '../../subgraphs/crm/connectors/hubspot/connector.ts';
import { createCrmSubgraph } from '../../subgraphs/crm/subgraph.ts';
import type { PartyPorts } from '../../subgraphs/identity/domains.ts';
import { createRecordCache } from '../../subgraphs/shared/record-cache.ts';
import { createWoocommerceSource } from '../../subgraphs/shop/connectors/woocommerce/connector.ts';
import { createShopSubgraph } from '../../subgraphs/shop/subgraph.ts';
import { sealer } from '../unit/identity-world.ts';

/** The three domains over the sandbox's servers. */
export interface Stack extends AsyncDisposable {
  dataset: Dataset;
  sandbox: Sandbox;
  ports: PartyPorts;
}

export async function startStack(options: { dataset?: Dataset; customers?: number } = {}): Promise<Stack> {
  const dataset = options.dataset ?? createDataset({ asOf: DEFAULT_AS_OF, customers: options.customers });
  const sandbox = await startSandbox({ dataset });
  const { urls, clock } = sandbox;
  const cache = createRecordCache();
  const hubspot = createHubspotSource(
    { name: 'hubspot', url: urls.hubspot, ...SANDBOX_CREDENTIALS.hubspot, searchesPerSecond: 1000 },
    { cache, clock },
  );
  const woo = createWoocommerceSource({ name: 'woo', url: urls.woo, ...SANDBOX_CREDENTIALS.woo });
  const { apiToken } = SANDBOX_CREDENTIALS.fakturownia;
  const fakturownia = createFakturowniaSource({ name: 'fakturownia', url: urls.fakturownia, apiToken });
  const crm = createCrmSubgraph({ sources: [hubspot], sealer });
  const shop = createShopSubgraph({ sources: [woo], sealer, clock });
  const accounting = createAccountingSubgraph({
    sources: [fakturownia],
    sealer,
    clock,
    documentsBaseUrl: 'http://graph.test',
  });
  return {
    dataset,
    sandbox,
    ports: { crm: crm.parties!, shop: shop.parties!, accounting: accounting.parties! },
    [Symbol.asyncDispose]: async () => {
      await Promise.all([crm, shop, accounting].map((subgraph) => subgraph.close()));
      await sandbox.close();
    },
  };
}
