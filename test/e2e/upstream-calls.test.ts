import { expect, test } from '@jest/globals';
import { createDataset, DEFAULT_AS_OF } from '../../sandbox/data/dataset.ts';
import { callsOf, total } from './call-counts.ts';
import { CUSTOMER_360 } from './customer-360.ts';
import { startProduct } from './product.ts';
import { FACTS, type FactFields, factsOf, followUpsOf, knownToAll, unavoidableCalls } from './unavoidable-calls.ts';

const dataset = createDataset({ asOf: DEFAULT_AS_OF });

/** Cold: nothing has been read. */
const start = () => startProduct({ sandbox: { dataset } });

test('a page of 50 customers with orders and invoices costs what the vendors cannot batch, and nothing more', async () => {
  await using product = await start();
  const page =
    'customers(first: 50) { nodes { id orders(first: 5) { nodes { number } } invoices(first: 5) { nodes { number } } } }';
  const calls = await callsOf(product, () => product.data(`{ ${page} }`));
  const { customers } = await product.data<{ customers: { nodes: FactFields[] } }>(
    `{ customers(first: 50) { nodes ${FACTS} } }`,
  );
  expect(customers.nodes).toHaveLength(50);
  const { emails, taxIds, firms, accounts, clients, guests } = factsOf(customers.nodes);

  // HubSpot batches everything: a list, and a few rounds of batches whatever the number of customers.
  expect(total(calls.hubspot)).toBeLessThanOrEqual(14);
  // WooCommerce: guests by one address, buyers by one firm's name, all orders of one account and of one guest.
  expect(calls.woo['GET /wp-json/wc/v3/orders']).toBeLessThanOrEqual(emails + firms + accounts + guests);
  // Accounts by one address; all others in batches.
  expect(calls.woo['GET /wp-json/wc/v3/customers']).toBeLessThanOrEqual(emails + 2);
  // Fakturownia: clients by one address, one tax id (as it may be typed in two ways), one other system's id; documents of one client.
  expect(calls.fakturownia['GET /clients.json']).toBeLessThanOrEqual(emails + 2 * taxIds + accounts);
  expect(calls.fakturownia['GET /invoices.json']).toBeLessThanOrEqual(clients);
  expect(Object.keys({ ...calls.woo, ...calls.fakturownia }).sort()).toEqual([
    'GET /clients.json',
    'GET /invoices.json',
    'GET /wp-json/wc/v3/customers',
    'GET /wp-json/wc/v3/orders',
  ]);
});

test('a cold customer 360 costs what the vendors cannot batch, and nothing more', async () => {
  await using product = await start();
  const truth = knownToAll(dataset)[0]!;
  const calls = await callsOf(product, () => product.data(CUSTOMER_360, { id: truth.references[0] }));
  const { customer } = await product.data<{ customer: FactFields }>(`query ($id: ID!) { customer(id: $id) ${FACTS} }`, {
    id: truth.references[0],
  });
  const most = unavoidableCalls(factsOf([customer]), followUpsOf(truth, dataset));
  expect(total(calls.hubspot)).toBeLessThanOrEqual(most.hubspot);
  // One for each of them, no more and no less.
  const { refunded, paid } = followUpsOf(truth, dataset);
  expect(calls.woo['GET /wp-json/wc/v3/orders/:id/refunds']).toBe(refunded);
  expect(calls.fakturownia['GET /invoices/:id.json']).toBe(paid);
  for (const vendor of ['woo', 'fakturownia'] as const) {
    for (const [route, count] of Object.entries(most[vendor])) {
      expect(calls[vendor][route] ?? 0).toBeLessThanOrEqual(count);
    }
    expect(Object.keys(most[vendor])).toEqual(expect.arrayContaining(Object.keys(calls[vendor])));
  }
});

test('what was read a moment ago is not read again', async () => {
  await using product = await start();
  const id = knownToAll(dataset)[0]!.references[0];
  await product.data(CUSTOMER_360, { id });
  const again = await callsOf(product, () => product.data(CUSTOMER_360, { id }));
  expect(again).toEqual({ hubspot: {}, woo: {}, fakturownia: {} });
});
