import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { TruthCustomer } from '../../sandbox/data/truth-types.ts';
import type { Faults } from '../../sandbox/server/faults.ts';
import { VENDORS, type Vendor } from '../../sandbox/server/vendors.ts';
import { type Answer, type Product, startProduct } from '../e2e/product.ts';

const QUERY = `
  query ($id: ID!) {
    customer(id: $id) {
      id
      sources { reference }
      deals { nodes { id } }
      tickets { nodes { id } }
      orders { nodes { id number lines { sku } } }
      returns { nodes { id } }
      invoices { nodes { id number } }
      payments { nodes { id } }
      receivables { total { amount currency } overdue { amount currency } }
    }
  }
`;

type Fields = Record<string, unknown>;

/** What each system alone knows. */
const FIELDS: Record<Vendor, readonly string[]> = {
  hubspot: ['deals', 'tickets'],
  woo: ['orders', 'returns'],
  fakturownia: ['invoices', 'payments', 'receivables'],
};

/** Every way to fail, and the code that says so. */
const FAILURES: readonly (readonly [string, Partial<Faults>, RegExp])[] = [
  ['is down', { mode: 'outage' }, /^UPSTREAM_UNAVAILABLE$/],
  ['does not answer', { mode: 'hang' }, /^UPSTREAM_TIMEOUT$/],
  ['answers with a web page', { mode: 'html' }, /^UPSTREAM_(BAD_RESPONSE|UNAVAILABLE)$/],
  ['breaks off', { mode: 'truncated' }, /^UPSTREAM_BAD_RESPONSE$/],
  ['talks nonsense', { mode: 'wrong-shape' }, /^UPSTREAM_BAD_RESPONSE$/],
  ['fails with 500', { errorRate: 1, errorStatus: 500 }, /^UPSTREAM_UNAVAILABLE$/],
  ['refuses our credentials', { errorRate: 1, errorStatus: 401 }, /^UPSTREAM_AUTH$/],
  ['asks to slow down', { errorRate: 1, errorStatus: 429 }, /^UPSTREAM_RATE_LIMITED$/],
];

/** A customer that all three systems know, to be asked for by a record of a system that is up. */
function knownToAll({ dataset }: Product): TruthCustomer {
  const has = (customer: TruthCustomer, prefix: string) =>
    customer.references.some((reference) => reference.startsWith(prefix));
  return dataset
    .truth()
    .customers.find(
      (customer) =>
        has(customer, 'hubspot:') &&
        has(customer, 'woo:customer:') &&
        has(customer, 'fakturownia:') &&
        customer.orderNumbers.length > 0 &&
        customer.invoiceNumbers.length > 0 &&
        customer.invoiceNumbers.length < 8,
    )!;
}

let healthy: Product;

beforeAll(async () => {
  healthy = await startProduct({ sandbox: { customers: 60 } });
});

afterAll(async () => {
  await healthy[Symbol.asyncDispose]();
});

const SETTINGS = { HUBSPOT_TIMEOUT_MS: '1500', WOO_TIMEOUT_MS: '1500', FAKTUROWNIA_TIMEOUT_MS: '3000' };

for (const vendor of ['hubspot', 'woo', 'fakturownia'] as const) {
  test.each(FAILURES)(
    `${vendor} %s: the other systems' fields stand, its own are null with an error that says why`,
    async (_how, fault, code) => {
      const { references } = knownToAll(healthy);
      const expected = (await healthy.data<{ customer: Fields }>(QUERY, { id: references[0] })).customer;
      await using product = await startProduct({ sandbox: { dataset: healthy.dataset }, env: SETTINGS });
      await product.data('query ($id: ID!) { customer(id: $id) { id } }', { id: references[0] });
      product.sandbox.control.set(vendor, fault);
      const answer = await product.ask<{ customer: Fields | null }>(QUERY, { id: references[0] });
      const others = VENDORS.filter((other) => other !== vendor).flatMap((other) => FIELDS[other]);
      for (const field of others) expect([field, answer.data!.customer![field]]).toEqual([field, expected[field]]);
      // What identity has read a moment ago is still at hand, and right.
      const lost = FIELDS[vendor].filter((field) => answer.data!.customer![field] === null);
      for (const field of FIELDS[vendor].filter((own) => !lost.includes(own))) {
        expect([field, answer.data!.customer![field]]).toEqual([field, expected[field]]);
      }
      expect(lost.length).toBeGreaterThan(0);
      expectErrors(answer, vendor, lost, code);

      product.sandbox.control.reset(vendor);
      expect(await onceWell(product, references[0]!)).toEqual(expected);
    },
  );

  test(`${vendor} is down and nobody has asked before: what may be missing is an error, never an empty list`, async () => {
    const { references } = knownToAll(healthy);
    const id = references.find((reference) => !reference.startsWith(`${vendor}:`));
    const expected = (await healthy.data<{ customer: Fields }>(QUERY, { id })).customer;

    await using product = await startProduct({ sandbox: { dataset: healthy.dataset }, env: SETTINGS });
    product.sandbox.control.set(vendor, { mode: 'outage' });
    const answer = await product.ask<{ customer: Fields | null }>(QUERY, { id });
    expectErrors(answer, vendor, FIELDS[vendor], /^UPSTREAM_UNAVAILABLE$/);
    for (const field of Object.values(FIELDS).flat()) {
      const value = answer.data!.customer![field];
      const source = answer.errors!.find(({ path }) => path?.join('.') === `customer.${field}`)?.extensions.source;
      expect([field, value, source]).toEqual(
        value === null ? [field, null, vendor] : [field, expected[field], undefined],
      );
    }
    expect(answer.extensions).toMatchObject({ incomplete: [{ source: vendor, code: 'UPSTREAM_UNAVAILABLE' }] });
  });
}

/** A vendor that has asked to slow down is asked slowly for a while. */
async function onceWell(product: Product, id: string): Promise<Fields | null> {
  for (let tries = 0; tries < 20; tries += 1) {
    const { data, errors } = await product.ask<{ customer: Fields | null }>(QUERY, { id });
    if (!errors) return data!.customer;
    await pause(500);
  }
  throw new Error('The answers went on failing after the system was well again');
}

function expectErrors({ errors = [] }: Answer<unknown>, vendor: Vendor, fields: readonly string[], code: RegExp): void {
  for (const field of fields) {
    const error = errors.find(({ path }) => path?.join('.') === `customer.${field}`);
    expect([field, error?.extensions.source]).toEqual([field, vendor]);
    expect(error!.extensions.code).toMatch(code);
  }
  const text = JSON.stringify(errors);
  expect(text).not.toMatch(/127\.0\.0\.1|localhost|sandbox-|ck_|cs_|api_token|<html/i);
}

test('a customer who can only be asked for through the system that is down is an error, never "nobody"', async () => {
  await using product = await startProduct({ sandbox: { dataset: healthy.dataset }, env: SETTINGS });
  const { references } = knownToAll(product);
  for (const vendor of ['hubspot', 'woo', 'fakturownia'] as const) {
    product.sandbox.control.set(vendor, { mode: 'outage' });
    const id = references.find((reference) => reference.startsWith(`${vendor}:`))!;
    const { data, errors } = await product.ask<{ customer: null }>('query ($id: ID!) { customer(id: $id) { id } }', {
      id,
    });
    expect(data).toEqual({ customer: null });
    expect(errors).toMatchObject([
      { path: ['customer'], extensions: { code: 'UPSTREAM_UNAVAILABLE', source: vendor } },
    ]);
    product.sandbox.control.set(vendor, { mode: 'none' });
  }
});
