import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Truth, TruthCustomer, TruthLookup } from '../../sandbox/data/truth-types.ts';
import { byCurrency, type Customer360, idOf, readCustomer360 } from './customer-360.ts';
import type { Expected } from './expected.ts';
import { answerOf, type Lookup, type LookupAnswer, lookupQuery } from './lookups.ts';
import { eachOf, type Product } from './product.ts';

/** A running product, and what is known of the company whose systems it reads. */
export interface Company360 extends AsyncDisposable {
  product: Product;
  customers: readonly TruthCustomer[];
  /** Those that the graph is asked about one by one. Default: all. */
  asked?: readonly TruthCustomer[];
  lookups: readonly TruthLookup[];
  /** What the systems hold of a customer, read past our own code. */
  expectedOf(customer: TruthCustomer): Expected;
}

/** All customers but those whose records the truth itself calls impossible to link. */
export function linkableCustomers({ customers, discrepancies }: Truth): TruthCustomer[] {
  const unlinked = discrepancies.filter(({ kind }) => kind === 'CUSTOMER_UNLINKED');
  const apart = new Set(unlinked.flatMap(({ references }) => references));
  return customers.filter(({ references }) => !references.some((reference) => apart.has(reference)));
}

/** That the graph says of each of these customers what is true, whichever systems the company has. */
export function describeCustomer360(start: () => Promise<Company360>, startTimeoutMs: number): void {
  let company: Company360;
  let asked: readonly TruthCustomer[];

  beforeAll(async () => {
    company = await start();
    asked = company.asked ?? company.customers;
  }, startTimeoutMs);

  afterAll(async () => {
    await company?.[Symbol.asyncDispose]();
  });

  test('one query answers what the truth says, for each customer', async () => {
    const differences: unknown[] = [];
    await eachOf(asked, async (customer) => {
      const id = await idOf(company.product, customer);
      const answer = id === null ? null : await readCustomer360(company.product, id);
      const [got, wanted] = [answer && told(answer), wantedOf(customer, company.expectedOf(customer))];
      if (JSON.stringify(got) !== JSON.stringify(wanted)) differences.push({ got, wanted });
    });
    process.stdout.write(`${asked.length} customers, ${differences.length} differ\n`);
    expect(differences).toEqual([]);
  }, 300_000);

  test('every identifier of a customer leads to the same customer, with the same id', async () => {
    const wrong: unknown[] = [];
    let count = 0;
    await eachOf(asked, async (customer) => {
      const lookups = lookupsOf(customer);
      const answer = await company.product.ask<LookupAnswer['data']>(lookupQuery(lookups));
      const ids = lookups.map((_, index) => answerOf(answer as LookupAnswer, index));
      const expected = customer.id.startsWith('guest:') ? ids[0] : customer.id;
      count += lookups.length;
      ids.forEach((id, index) => {
        if (id !== expected || id === null) wrong.push({ ...lookups[index], expected, id, errors: answer.errors });
      });
    });
    process.stdout.write(`${count} look-ups of ${asked.length} customers, ${wrong.length} wrong\n`);
    expect(wrong).toEqual([]);
  }, 300_000);

  test('shared, unknown, misspelt and made-up identifiers are answered as the truth expects', async () => {
    const wrong: unknown[] = [];
    const chunks = chunksOf(company.lookups, 10);
    const guestIds = await readGuestIds(company);
    await eachOf(chunks, async (lookups) => {
      const answer = await company.product.ask<LookupAnswer['data']>(lookupQuery(lookups));
      lookups.forEach((lookup, index) => {
        const id = answerOf(answer as LookupAnswer, index);
        if (id !== (guestIds.get(lookup.expect) ?? lookup.expect)) wrong.push({ ...lookup, id });
      });
    });
    process.stdout.write(`${company.lookups.length} hard look-ups, ${wrong.length} wrong\n`);
    expect(wrong).toEqual([]);
  }, 120_000);
}

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

function wantedOf(customer: TruthCustomer, { orders, invoices }: Expected): unknown {
  return {
    id: customer.id.startsWith('guest:') ? 'guest' : customer.id,
    incomplete: false,
    sources: [...customer.references].sort(),
    orders: [...orders].sort(),
    invoices: [...invoices].sort(),
    overdue: byCurrency(customer.overdue),
  };
}

/** The truth names a customer that has guest orders alone by the first of these. */
async function readGuestIds({ product, customers }: Company360): Promise<Map<string | null, string | null>> {
  const guests = customers.filter(({ id }) => id.startsWith('guest:'));
  return new Map(await Promise.all(guests.map(async (guest) => [guest.id, await idOf(product, guest)] as const)));
}

function lookupsOf({ references, emails, taxId, phone, orderNumbers, invoiceNumbers }: TruthCustomer): Lookup[] {
  const several = (by: Lookup['by'], values: readonly string[]) => values.map((value) => ({ by, value }));
  return [
    ...several('reference', references),
    ...several('email', emails),
    ...several('taxId', taxId === null ? [] : [taxId]),
    ...several('phone', phone === null ? [] : [phone]),
    // Some customers have thousands: the first and the last of each.
    ...several('orderNumber', ends(orderNumbers)),
    ...several('invoiceNumber', ends(invoiceNumbers)),
  ];
}

function ends<T>(list: readonly T[]): T[] {
  return [...list.slice(0, 1), ...list.slice(1).slice(-1)];
}

function chunksOf<T>(items: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
    items.slice(index * size, (index + 1) * size),
  );
}
