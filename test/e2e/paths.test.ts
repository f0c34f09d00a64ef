import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { GraphQLObjectType } from 'graphql';
import { type Product, startProduct } from './product.ts';
import { fieldsOfType, readSchema, selectionOf } from './selections.ts';

let product: Product;

beforeAll(async () => {
  // Records say when they were read, and are to be the same ones throughout.
  product = await startProduct({ sandbox: { customers: 150 }, env: { CACHE_TTL: '*:*=1h' } });
}, 60_000);

afterAll(async () => {
  await product[Symbol.asyncDispose]();
});

/** One record of each kind that leads to a customer, and the way from it. */
const PATHS = {
  'Order.customer': { list: 'orders { nodes { id } }', root: 'order', type: 'orders', way: 'customer' },
  'Invoice.customer': { list: 'invoices { nodes { id } }', root: 'invoice', type: 'invoices', way: 'customer' },
  'Payment.customer': { list: 'payments { nodes { id } }', root: 'payment', type: 'payments', way: 'customer' },
  'Deal.customer': { list: 'deals { nodes { id } }', root: 'deal', type: 'deals', way: 'customer' },
  'Ticket.customer': { list: 'tickets { nodes { id } }', root: 'ticket', type: 'tickets', way: 'customer' },
} as const;

/** Reached through the customer itself, or through a list. */
const OTHER_WAYS = [
  'Contact.customer',
  'Mutation.refreshCustomer',
  'CustomerConnection.nodes',
  'CustomerEdge.node',
  'Query.customer',
  'Query.customerByEmail',
  'Query.customerByPhone',
  'Query.customerByTaxId',
  'Query.customerCandidates',
];

test('every field of the schema that leads to a customer is one that these tests know', async () => {
  const schema = await readSchema(product);
  const found = fieldsOfType(schema, 'Customer').map(({ type, field }) => `${type}.${field}`);
  expect(found.sort()).toEqual([...Object.keys(PATHS), ...OTHER_WAYS].sort());
});

test('every field of a customer is equal on every path that reaches it', async () => {
  const schema = await readSchema(product);
  const selection = selectionOf(schema.getType('Customer') as GraphQLObjectType, 3);
  const { customers } = product.dataset.truth();
  const richest = [...customers].sort((a, b) => b.references.length - a.references.length).slice(0, 8);
  const reached = new Set<string>();
  for (const { references } of richest) {
    const [reference] = references;
    const direct = await product.data<{ customer: Record<string, never> }>(
      `query ($id: ID!) { customer(id: $id) ${selection} }`,
      { id: reference },
    );
    for (const other of references.slice(1)) {
      const { customer } = await product.data<{ customer: unknown }>(
        `query ($id: ID!) { customer(id: $id) ${selection} }`,
        { id: other },
      );
      expect(customer).toEqual(direct.customer);
    }
    for (const [coordinate, { list, root, type }] of Object.entries(PATHS)) {
      const { customer } = await product.data<{ customer: Record<string, { nodes: { id: string }[] }> }>(
        `query ($id: ID!) { customer(id: $id) { ${list} } }`,
        { id: reference },
      );
      for (const { id } of customer[type]!.nodes.slice(0, 2)) {
        const answer = await product.data<Record<string, { customer: unknown }>>(
          `query ($id: ID!) { ${root}(id: $id) { customer ${selection} } }`,
          { id },
        );
        expect(answer[root]!.customer).toEqual(direct.customer);
        reached.add(coordinate);
      }
    }
    const { customer } = await product.data<{ customer: { contacts: { nodes: { customer: unknown }[] } } }>(
      `query ($id: ID!) { customer(id: $id) { contacts(first: 2) { nodes { customer ${selection} } } } }`,
      { id: reference },
    );
    for (const contact of customer.contacts.nodes) {
      reached.add('Contact.customer');
      // A contact at two firms is a customer of its own.
      const { id } = contact.customer as { id: string };
      const { customer: own } = await product.data<{ customer: unknown }>(
        `query ($id: ID!) { customer(id: $id) ${selection} }`,
        { id },
      );
      expect(contact.customer).toEqual(own);
    }
  }
  expect([...reached].sort()).toEqual([...Object.keys(PATHS), 'Contact.customer'].sort());
}, 240_000);

test('a customer who is read anew is the one whom the next look-up answers', async () => {
  const schema = await readSchema(product);
  const selection = selectionOf(schema.getType('Customer') as GraphQLObjectType, 3);
  const { customers } = product.dataset.truth();
  const [richest] = [...customers].sort((a, b) => b.references.length - a.references.length);
  const id = richest!.references[0];
  const { refreshCustomer } = await product.data<{ refreshCustomer: unknown }>(
    `mutation ($id: ID!) { refreshCustomer(id: $id) ${selection} }`,
    { id },
  );
  const { customer } = await product.data<{ customer: unknown }>(
    `query ($id: ID!) { customer(id: $id) ${selection} }`,
    { id },
  );
  expect(refreshCustomer).toEqual(customer);
});

test('a list of customers says of each what a look-up says', async () => {
  const schema = await readSchema(product);
  const selection = selectionOf(schema.getType('Customer') as GraphQLObjectType, 3);
  const { customers } = await product.data<{ customers: { nodes: { id: string }[] } }>(
    `{ customers(first: 20) { nodes ${selection} } }`,
  );
  expect(customers.nodes).toHaveLength(20);
  for (const listed of customers.nodes) {
    const { customer } = await product.data<{ customer: unknown }>(
      `query ($id: ID!) { customer(id: $id) ${selection} }`,
      { id: listed.id },
    );
    expect(listed).toEqual(customer);
  }
}, 60_000);
