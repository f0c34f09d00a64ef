import { expect, test } from '@jest/globals';
import { createDataset, DEFAULT_AS_OF } from '../../sandbox/data/dataset.ts';
import { describeCustomer360, linkableCustomers } from './customer-360-contract.ts';
import { sampleOf } from './customer-sample.ts';
import { expectedOf } from './expected.ts';
import { startProduct } from './product.ts';

describeCustomer360(async () => {
  const product = await startProduct();
  const truth = product.dataset.truth();
  return {
    product,
    customers: linkableCustomers(truth),
    asked: sampleOf(linkableCustomers(truth)),
    lookups: truth.lookups,
    expectedOf: (customer) => expectedOf(product.dataset, customer),
    [Symbol.asyncDispose]: () => product[Symbol.asyncDispose](),
  };
}, 60_000);

test('nearly all customers of the sandbox can be linked', () => {
  const truth = createDataset({ asOf: DEFAULT_AS_OF }).truth();
  expect(linkableCustomers(truth).length).toBeGreaterThan(0.99 * truth.customers.length);
});
