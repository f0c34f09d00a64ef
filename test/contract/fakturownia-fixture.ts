import type { FakturowniaStore } from '../../sandbox/data/records.ts';
import { SANDBOX_CREDENTIALS } from '../../sandbox/server/vendors.ts';
import { type Sandbox, type SandboxOptions, startSandbox } from '../../sandbox/start.ts';
import type { FakturowniaConfig } from '../../subgraphs/accounting/connectors/fakturownia/config.ts';
import { createFakturowniaSource } from '../../subgraphs/accounting/connectors/fakturownia/connector.ts';
import type { AccountingSource } from '../../subgraphs/accounting/source.ts';
import { emptyDataset } from './sandbox-fixture.ts';

export interface FakturowniaAccount extends AsyncDisposable {
  sandbox: Sandbox;
  store: FakturowniaStore;
  source: AccountingSource;
  connect(config?: Partial<FakturowniaConfig>): AccountingSource;
  /** Requests since it was last asked: `GET /invoices.json` by how many. */
  takeCalls(): Record<string, number>;
}

/** A Fakturownia on the sandbox's server with the records that `fill` puts there. */
export async function startFakturownia(
  fill: (store: FakturowniaStore) => void,
  config: Partial<FakturowniaConfig> = {},
  options: SandboxOptions = {},
): Promise<FakturowniaAccount> {
  const dataset = emptyDataset();
  fill(dataset.fakturownia);
  const sandbox = await startSandbox({ dataset, ...options });
  const sources: AccountingSource[] = [];
  const connect = (more: Partial<FakturowniaConfig> = {}) => {
    const { fakturownia: url } = sandbox.urls;
    const { apiToken } = SANDBOX_CREDENTIALS.fakturownia;
    const source = createFakturowniaSource({ name: 'fakturownia', url, apiToken, ...config, ...more });
    sources.push(source);
    return source;
  };
  return {
    sandbox,
    store: dataset.fakturownia,
    source: connect(),
    connect,
    takeCalls: () => {
      const { byRoute } = sandbox.control.calls().fakturownia;
      sandbox.control.resetCalls();
      return byRoute;
    },
    [Symbol.asyncDispose]: async () => {
      await Promise.all(sources.map((source) => source.close()));
      await sandbox.close();
    },
  };
}
