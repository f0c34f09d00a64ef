import { createDataset, type Dataset, DEFAULT_AS_OF } from '../../sandbox/data/dataset.ts';
import type { TruthCustomer, TruthLookup } from '../../sandbox/data/truth-types.ts';
import { Big } from '../../subgraphs/shared/money.ts';
import { describeCustomer360 } from '../e2e/customer-360-contract.ts';
import { type Expected, expectedOf } from '../e2e/expected.ts';
import { startProduct } from '../e2e/product.ts';
import {
  chooseMovers,
  followAccounts,
  followReference,
  type Moved,
  type Movers,
  moveToMedusa,
} from './medusa-from-woo.ts';
import { startMedusa } from './medusa-server.ts';
import { openShop } from './medusa-shop.ts';

/** Filling Medusa takes about half a second an order. */
const START_TIMEOUT_MS = 15 * 60_000;

/** Medusa is one process, on a machine that does everything else as well: no question may fail for that. */
const PATIENCE = { WOO_TIMEOUT_MS: '90000', SUBGRAPH_TIMEOUT_MS: '100000', REQUEST_TIMEOUT_MS: '110000' };

/** The sandbox's company after it has left WooCommerce for Medusa: its CRM and accounting stay. */
describeCustomer360(async () => {
  await using stack = new AsyncDisposableStack();
  const dataset = createDataset({ customers: 60, asOf: DEFAULT_AS_OF });
  const movers = chooseMovers(dataset, 40);
  const server = stack.use(await startMedusa());
  const moved = await moveToMedusa(await openShop(server), movers, dataset.woo);
  followAccounts(dataset, moved.accounts);
  const medusa = { SHOP_SOURCES: 'woo=medusa', WOO_URL: server.url, WOO_API_KEY: server.apiKey };
  const product = stack.use(await startProduct({ sandbox: { dataset }, env: { ...medusa, ...PATIENCE } }));
  const started = stack.move();
  const rename = (reference: string) => followReference(reference, moved);
  return {
    product,
    customers: movers.customers.map((customer) => ({
      ...customer,
      id: rename(customer.id),
      references: customer.references.map(rename),
    })),
    lookups: lookupsOf(dataset, movers).map(({ by, value, expect }) => ({
      by,
      value: by === 'reference' ? rename(value) : value,
      expect: expect === null ? null : rename(expect),
    })),
    expectedOf: (customer) => expectedInMedusa(dataset, customer, moved),
    [Symbol.asyncDispose]: () => started.disposeAsync(),
  };
}, START_TIMEOUT_MS);

/** Those that lead to nobody, or to somebody who moved; and those that the shop has no part in. */
function lookupsOf(dataset: Dataset, { customers }: Movers): TruthLookup[] {
  const moved = new Set(customers.map(({ id }) => id));
  const isDecided = ({ by, expect }: TruthLookup) =>
    expect === 'AMBIGUOUS' ? by === 'taxId' || by === 'invoiceNumber' : expect === null || moved.has(expect);
  return dataset.truth().lookups.filter(isDecided);
}

/** Sums are as Medusa worked them out when the orders were placed: it rounds later than WooCommerce does. */
function expectedInMedusa(dataset: Dataset, customer: TruthCustomer, { orders }: Moved): Expected {
  const moved = customer.orderNumbers.map((number): [string, string] => {
    const order = dataset.woo.orders.get(dataset.woo.orderByNumber.get(number)!)!;
    const { id, total } = orders.get(order.id)!;
    const gross = new Big(String(total)).round(2).toFixed(2);
    return [`woo:order:${id}`, `${number}: ${gross} ${order.currency}, ${order.lines.length} lines`];
  });
  return { orders: new Map(moved), invoices: expectedOf(dataset, customer).invoices };
}
