import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Truth, TruthCustomer } from '../../sandbox/data/truth-types.ts';
import { byCurrency, type Customer360, idOf, readCustomer360 } from './customer-360.ts';
import { expectedOf } from './expected.ts';
import { eachOf, type Product, startProduct } from './product.ts';

let product: Product;
let truth: Truth;

beforeAll(async () => {
  product = await startProduct();
  truth = product.dataset.truth();
}, 60_000);

afterAll(async () => {
  await product[Symbol.asyncDispose]();
});

test('one query answers what the truth says, for every customer', async () => {
  const differences: unknown[] = [];
  await eachOf(truth.customers, async (customer) => {
    const id = await idOf(product, customer);
    const answer = id === null ? null : await readCustomer360(product, id);
    const [got, wanted] = [answer && told(answer), wantedOf(customer)];
    if (JSON.stringify(got) !== JSON.stringify(wanted)) differences.push({ got, wanted });
  });
  process.stdout.write(`${truth.customers.length} customers, ${differences.length} differ\n`);
  expect(differences).toEqual([]);
}, 300_000);

function told(customer: Customer360): unknown {
  const { id, identity, sources, receivables } = customer;
  const grosses = customer.orders.nodes.map(({ id: order, number, totals, lines }) => [
    order,
    `${number}: ${totals.gross.amount} ${totals.gross.currency}, ${lines.length} lines`,
  ]);
  const invoices = customer.invoices.nodes.map(({ id: invoice, number, totals: { gross } }) => [
    invoice,
    `${number}: ${gross.amount} ${gross.currency}`,
  ]);
  return {
    id: id.startsWith('woo:guest:') ? 'guest' : id,
    incomplete: identity.incomplete,
    sources: sources
      .map(({ reference }) => reference)
      .filter((one) => !one.startsWith('woo:guest:'))
      .sort(),
    orders: grosses.sort(),
    invoices: invoices.sort(),
    overdue: byCurrency(receivables.overdue),
  };
}

function wantedOf(customer: TruthCustomer): unknown {
  const { orders, invoices } = expectedOf(product.dataset, customer);
  return {
    id: customer.id.startsWith('guest:') ? 'guest' : customer.id,
    incomplete: false,
    sources: [...customer.references].sort(),
    orders: [...orders].sort(),
    invoices: [...invoices].sort(),
    overdue: byCurrency(customer.overdue),
  };
}
