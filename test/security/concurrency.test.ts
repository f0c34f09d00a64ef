import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { sandboxSecret } from '../../gateway/clients/sandbox-clients.ts';
import { requestToken } from '../../gateway/issuer/token-command.ts';
import { type Product, startProduct } from '../e2e/product.ts';

const CALLERS = 50;
const REQUESTS = 500;

/** Everybody's list of customers, orders and invoices; and somebody else, by id. */
const QUERY = `query Mine($stranger: ID!) {
  customers(first: 5) { nodes { id displayName emails sources { reference } orders(first: 3) { nodes { id } } } }
  orders(first: 5) { nodes { id number billingEmail customer { id displayName } } }
  invoices(first: 5) { nodes { id number buyer { name email } customer { id displayName } } }
  stranger: customer(id: $stranger) { id displayName email }
}`;

interface Mine {
  customers: { nodes: { id: string; displayName: string | null; emails: string[] }[] };
  orders: { nodes: { id: string; customer: { id: string } | null }[] };
  invoices: { nodes: { id: string; customer: { id: string } | null }[] };
  stranger: { id: string } | null;
}

/** A shopper with their own token, and what nobody else may read. */
interface Shopper {
  id: string;
  token: string;
  secrets: string[];
}

let product: Product;

beforeAll(async () => {
  product = await startProduct({ sandbox: { customers: 250 } });
}, 120_000);

afterAll(async () => {
  await product[Symbol.asyncDispose]();
});

test(`${REQUESTS} requests with ${CALLERS} tokens at once, one text: each sees its own rows, and nothing of anybody else`, async () => {
  const shoppers = await readShoppers();
  expect(new Set(shoppers.map(({ token }) => token)).size).toBe(CALLERS);

  const answers = await Promise.all(
    Array.from({ length: REQUESTS }, async (_, number) => {
      const shopper = shoppers[number % CALLERS]!;
      const stranger = shoppers[(number * 7 + 1 + Math.floor(number / CALLERS)) % CALLERS]!;
      const other = stranger === shopper ? shoppers[(number + 1) % CALLERS]! : stranger;
      return { shopper, answer: await product.ask<Mine>(QUERY, { stranger: other.id }, shopper.token) };
    }),
  );

  for (const { shopper, answer } of answers) {
    expect(answer.errors).toBeUndefined();
    const { customers, orders, invoices, stranger } = answer.data!;
    expect(stranger).toBeNull();
    expect(customers.nodes.map(({ id }) => id)).toEqual([shopper.id]);
    expect(orders.nodes.length).toBeGreaterThan(0);
    const owners = [...orders.nodes, ...invoices.nodes].map(({ customer }) => customer?.id);
    expect(new Set(owners)).toEqual(new Set([shopper.id]));
    const text = JSON.stringify(answer).toLowerCase();
    const others = shoppers.filter((other) => other !== shopper).flatMap(({ secrets }) => secrets);
    expect(others.filter((secret) => text.includes(secret))).toEqual([]);
  }
}, 180_000);

/** The first shoppers who have an account and an order, each a customer of their own. */
async function readShoppers(): Promise<Shopper[]> {
  const { customers } = product.dataset.truth();
  const known = customers.filter(
    ({ orderNumbers, references }) => orderNumbers.length > 0 && references.some(isShopAccount),
  );
  const chosen = known.slice(0, CALLERS);
  const shoppers = await Promise.all(
    chosen.map(({ id, references }) => readShopper(id, references.find(isShopAccount)!)),
  );
  // Two people may have one name, and a household one mailbox: then it gives nobody away.
  const counts = new Map<string, number>();
  for (const secret of shoppers.flatMap(({ secrets }) => secrets)) counts.set(secret, (counts.get(secret) ?? 0) + 1);
  return shoppers.map((one) => ({ ...one, secrets: one.secrets.filter((secret) => counts.get(secret) === 1) }));
}

async function readShopper(id: string, account: string): Promise<Shopper> {
  const { customer } = await product.data<{
    customer: { id: string; displayName: string | null; emails: string[]; sources: { reference: string }[] };
  }>('query ($id: ID!) { customer(id: $id) { id displayName emails sources { reference } } }', { id });
  const token = await requestToken(product.url, sandboxSecret('frontend')!, {
    clientId: 'frontend',
    scope: null,
    own: account,
  });
  const references = [...new Set([customer.id, ...customer.sources.map(({ reference }) => reference)])];
  // Quoted: a firm's name may have a person's in it.
  const whole = [...references, customer.displayName ?? ''].filter((one) => one !== '').map((one) => `"${one}"`);
  return { id: customer.id, token, secrets: [...whole, ...customer.emails].map((one) => one.toLowerCase()) };
}

function isShopAccount(reference: string): boolean {
  return reference.startsWith('woo:customer:');
}
