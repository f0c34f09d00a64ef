import { crc8 } from '../../sandbox/data/ksef-number.ts';
import type { FakturowniaPayment, FakturowniaProduct, FakturowniaStore } from '../../sandbox/data/records.ts';
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
    const source = createFakturowniaSource({
      name: 'fakturownia',
      url,
      apiToken,
      callsPerSecond: 100_000,
      ...config,
      ...more,
    });
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

/** Money that came in for documents, as the sandbox keeps it. */
export function addPayment(
  store: FakturowniaStore,
  id: number,
  values: Partial<FakturowniaPayment> & Pick<FakturowniaPayment, 'invoiceIds'>,
): FakturowniaPayment {
  const payment: FakturowniaPayment = {
    id,
    clientId: store.invoices.get(values.invoiceIds[0] ?? 0)?.clientId ?? null,
    priceMinor: 7257,
    currency: 'PLN',
    paidDate: '2026-10-20',
    name: `Przelew ${id}`,
    description: null,
    kind: 'bank',
    provider: null,
    createdAt: Date.parse('2026-10-20T08:00:00Z'),
    updatedAt: Date.parse('2026-10-20T08:00:00Z'),
    ...values,
  };
  store.payments.set(id, payment);
  for (const invoiceId of payment.invoiceIds) {
    store.paymentsByInvoice.set(invoiceId, [...(store.paymentsByInvoice.get(invoiceId) ?? []), id]);
  }
  return payment;
}

export function addProduct(
  store: FakturowniaStore,
  id: number,
  values: Partial<FakturowniaProduct> = {},
): FakturowniaProduct {
  const product: FakturowniaProduct = {
    id,
    code: `SKU-${id}`,
    name: `Produkt ${id}`,
    vat: '23',
    netMinor: 4999,
    grossMinor: 6149,
    purchaseNetMinor: 2500,
    quantity: 12,
    gtu: null,
    pkwiu: null,
    splitPayment: false,
    createdAt: 0,
    updatedAt: 0,
    ...values,
  };
  store.products.set(id, product);
  return product;
}

/** A KSeF number with its checksum. */
export function ksefNumber(body = '5252445767-20261016-ABC123DEF456'): string {
  return `${body}-${crc8(body).toString(16).toUpperCase().padStart(2, '0')}`;
}
