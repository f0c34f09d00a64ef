import { expect, test } from '@jest/globals';
import { callsOf, total } from './call-counts.ts';
import { type Product, startProduct } from './product.ts';
import { tokenOf } from './test-client.ts';
import { changesAt } from './vendor-changes.ts';

const FIELDS = `
  lifecycleStageRaw
  orders(first: 5) { nodes { id status } }
  invoices(first: 50) { nodes { id paymentStatus balance { amount } payments { amount { amount } } } }
`;
const READ = `query ($id: ID!) { customer(id: $id) { id ${FIELDS} } }`;
const REFRESH = `mutation ($id: ID!) { refreshCustomer(id: $id) { id ${FIELDS} } }`;

interface Fields {
  id: string;
  orders: { nodes: { id: string; status: string }[] };
  invoices: { nodes: { id: string; paymentStatus: string; balance: { amount: string } | null; payments: unknown[] }[] };
}

/** Known to all three systems, with an order under way and an invoice that is not paid. */
async function findDebtor(product: Product): Promise<Fields> {
  const { customers } = product.dataset.truth();
  for (const { references } of customers.filter((one) => one.references.length > 2 && one.invoiceNumbers.length > 1)) {
    const customer = await read(product, references[0]!);
    const isOwing = customer.invoices.nodes.some(({ paymentStatus }) => paymentStatus === 'UNPAID');
    if (isOwing && customer.orders.nodes.length > 0) return customer;
  }
  throw new Error('The sandbox has no debtor');
}

async function read(product: Product, id: string): Promise<Fields> {
  return (await product.data<{ customer: Fields }>(READ, { id })).customer;
}

const remoteId = (reference: string) => reference.split(':')[2]!;

test('"I have just paid": what is cached of the customer is read anew, in every system, and stays so', async () => {
  await using product = await startProduct({ sandbox: { customers: 200 } });
  const before = await findDebtor(product);
  const order = before.orders.nodes[0]!;
  const invoice = before.invoices.nodes.find(({ paymentStatus }) => paymentStatus === 'UNPAID')!;
  const vendor = changesAt(product.sandbox);
  await vendor.payment(remoteId(invoice.id), '1.00');
  await vendor.order(remoteId(order.id), { status: 'cancelled' });
  expect(await read(product, before.id)).toEqual(before);

  const { refreshCustomer: after } = await product.data<{ refreshCustomer: Fields }>(REFRESH, { id: before.id });
  const paid = after.invoices.nodes.find(({ id }) => id === invoice.id)!;
  expect(paid.paymentStatus).toBe('PARTIALLY_PAID');
  expect(paid.payments).toHaveLength(invoice.payments.length + 1);
  expect(after.orders.nodes.find(({ id }) => id === order.id)!.status).toBe('CANCELLED');
  const calls = await callsOf(product, async () => expect(await read(product, before.id)).toEqual(after));
  expect(Object.values(calls).map(total)).toEqual([0, 0, 0]);
});

test('who may not see a customer can neither read nor forget them', async () => {
  await using product = await startProduct({ sandbox: { customers: 200 } });
  const other = await findDebtor(product);
  const shopper = await tokenOf(product.url, 'shopper');
  const { data } = await product.ask<{ refreshCustomer: unknown }>(REFRESH, { id: other.id }, shopper);
  expect(data?.refreshCustomer).toBeNull();
  const again = await callsOf(product, async () => expect(await read(product, other.id)).toEqual(other));
  expect(Object.values(again).map(total)).toEqual([0, 0, 0]);
});

test('costs more of the budget than a read', async () => {
  await using product = await startProduct({ sandbox: { customers: 50 }, env: { BUDGET_PER_MINUTE: '100000' } });
  const id = product.dataset.truth().customers[0]!.references[0]!;
  const token = await tokenOf(product.url, 'support');
  const costOf = async (query: string) => {
    const remaining = async () => {
      const response = await fetch(`${product.url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
        body: JSON.stringify({ query, variables: { id } }),
      });
      return Number(response.headers.get('ratelimit-remaining'));
    };
    const first = await remaining();
    return first - (await remaining());
  };
  const readCost = await costOf('query ($id: ID!) { customer(id: $id) { id } }');
  expect(await costOf('mutation ($id: ID!) { refreshCustomer(id: $id) { id } }')).toBeGreaterThanOrEqual(readCost + 90);
});
