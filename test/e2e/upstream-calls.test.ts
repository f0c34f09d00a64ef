import { expect, test } from '@jest/globals';
import { createDataset, DEFAULT_AS_OF } from '../../sandbox/data/dataset.ts';
import type { TruthCustomer } from '../../sandbox/data/truth-types.ts';
import { callsOf, total } from './call-counts.ts';
import { CUSTOMER_360 } from './customer-360.ts';
import { startProduct } from './product.ts';

const dataset = createDataset({ asOf: DEFAULT_AS_OF });

/** Cold: nothing has been read. */
const start = () => startProduct({ sandbox: { dataset } });

/** What the vendors' APIs can't batch, counted in a customer or a page of them. See each connector's and identity's NOTES.md. */
interface Facts {
  emails: number;
  taxIds: number;
  firms: number;
  accounts: number;
  clients: number;
  guests: number;
}

const FACTS = '{ emails phones taxIdentifiers { value } sources { system reference } }';

interface FactFields {
  emails: string[];
  taxIdentifiers: { value: string }[];
  sources: { system: string; reference: string }[];
}

function factsOf(customers: readonly FactFields[]): Facts {
  const references = customers.flatMap(({ sources }) => sources.map(({ reference }) => reference));
  const having = (prefix: string) => references.filter((reference) => reference.startsWith(prefix)).length;
  return {
    emails: new Set(customers.flatMap(({ emails }) => emails)).size,
    taxIds: new Set(customers.flatMap(({ taxIdentifiers }) => taxIdentifiers.map(({ value }) => value))).size,
    firms: customers.filter(({ taxIdentifiers }) => taxIdentifiers.length > 0).length,
    accounts: having('woo:customer:'),
    clients: having('fakturownia:client:'),
    guests: having('woo:guest:'),
  };
}

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
  const truth = knownToAll();
  const calls = await callsOf(product, () => product.data(CUSTOMER_360, { id: truth.references[0] }));
  const { customer } = await product.data<{ customer: FactFields }>(`query ($id: ID!) { customer(id: $id) ${FACTS} }`, {
    id: truth.references[0],
  });
  const { emails, taxIds, firms, accounts, clients } = factsOf([customer]);
  const { refunded, paid } = followUps(truth);

  // 9 to work out who it is, 1 a record for its associations, 1 for the owners, 1 for each kind of item that there is.
  const records = customer.sources.filter(({ system }) => system === 'CRM').length;
  expect(total(calls.hubspot)).toBeLessThanOrEqual(9 + records + 1 + 7);
  expect(calls.woo['GET /wp-json/wc/v3/orders']).toBeLessThanOrEqual(emails + firms + accounts);
  expect(calls.woo['GET /wp-json/wc/v3/customers']).toBeLessThanOrEqual(emails + 1);
  // Refunds, with their goods and dates, are listed an order at a time; payments come with one document at a time.
  expect(calls.woo['GET /wp-json/wc/v3/orders/:id/refunds']).toBe(refunded);
  expect(calls.fakturownia['GET /invoices/:id.json']).toBe(paid);
  expect(calls.fakturownia['GET /clients.json']).toBeLessThanOrEqual(emails + 2 * taxIds + accounts);
  expect(calls.fakturownia['GET /invoices.json']).toBeLessThanOrEqual(clients);
});

test('what was read a moment ago is not read again', async () => {
  await using product = await start();
  const id = knownToAll().references[0];
  await product.data(CUSTOMER_360, { id });
  const again = await callsOf(product, () => product.data(CUSTOMER_360, { id }));
  expect(again).toEqual({ hubspot: {}, woo: {}, fakturownia: {} });
});

/** With refunds and payments, which cost calls of their own, and few enough documents for one page. */
function knownToAll(): TruthCustomer {
  const prefixes = ['hubspot:', 'woo:customer:', 'fakturownia:client:'];
  return dataset.truth().customers.find((customer) => {
    const { references, orderNumbers } = customer;
    const isKnown = prefixes.every((prefix) => references.some((reference) => reference.startsWith(prefix)));
    const { refunded, paid } = followUps(customer);
    return isKnown && refunded > 0 && paid > 0 && orderNumbers.length < 50;
  })!;
}

function followUps({ references }: TruthCustomer): { refunded: number; paid: number } {
  const { woo, fakturownia } = dataset;
  const idsOf = (prefix: string) =>
    references.filter((one) => one.startsWith(prefix)).map((one) => Number(one.split(':')[2]));
  const orders = idsOf('woo:customer:').flatMap((id) => woo.ordersByCustomer.get(id) ?? []);
  const invoices = idsOf('fakturownia:client:').flatMap((id) => fakturownia.invoicesByClient.get(id) ?? []);
  return {
    refunded: orders.filter((id) => woo.orders.get(id)!.refundIds.length > 0).length,
    paid: invoices.filter((id) => fakturownia.invoices.get(id)!.paidMinor !== 0).length,
  };
}
