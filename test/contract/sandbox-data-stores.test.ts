import { expect, test } from '@jest/globals';
import { createDataset, type Dataset, DEFAULT_AS_OF } from '../../sandbox/data/dataset.ts';
import { emptyFakturowniaStore, emptyHubspotStore, emptyWooStore } from '../../sandbox/data/stores.ts';
import { comparableTaxNumber } from '../../sandbox/data/tax-number.ts';
import { factsOf } from './sandbox-data-facts.ts';

const dataset = createDataset({ asOf: DEFAULT_AS_OF });
const { hubspot, woo, fakturownia } = dataset;
const facts = factsOf(dataset);

const sum = <T>(list: readonly T[], of: (item: T) => number) => list.reduce((total, item) => total + of(item), 0);

/** All that a store holds, maps as lists of pairs. */
function content(store: object): unknown {
  return Object.fromEntries(
    Object.entries(store).flatMap(([name, value]) => (value instanceof Map ? [[name, [...value]]] : [])),
  );
}

const serialised = ({ hubspot, woo, fakturownia, truth }: Dataset) =>
  JSON.stringify([content(hubspot), content(woo), content(fakturownia), truth()]);

test('makes the same company for the same options, another one for another seed', () => {
  const make = (seed: number) => serialised(createDataset({ seed, customers: 150, asOf: DEFAULT_AS_OF }));
  const [first, again, other] = [make(7), make(7), make(8)];
  // Not toBe: a failure would print megabytes.
  expect(first === again).toBe(true);
  expect(first === other).toBe(false);
});

test('makes as many customers as asked, about, and one that orders all the time', () => {
  expect(dataset.truth().customers.length).toBeGreaterThanOrEqual(1000);
  expect(dataset.truth().customers.length).toBeLessThan(1010);
  const orders = dataset.truth().customers.map(({ orderNumbers }) => orderNumbers.length);
  expect(Math.max(...orders)).toBe(5000);
  const buying = orders.filter((count) => count > 0 && count < 5000);
  expect(sum(buying, (count) => count) / buying.length).toBeGreaterThan(3);
  expect(sum(buying, (count) => count) / buying.length).toBeLessThan(6);
});

test('ends at the day asked for and goes back two years from it', () => {
  for (const asOf of [DEFAULT_AS_OF, new Date('2025-03-30T01:30:00Z')]) {
    const made = createDataset({ customers: 120, asOf });
    const instants = instantsOf(made);
    expect(Math.max(...instants)).toBeLessThanOrEqual(asOf.getTime());
    const orders = [...made.woo.orders.values()].map(({ createdAt }) => createdAt);
    const months = (asOf.getTime() - Math.min(...orders)) / (30.44 * 86_400_000);
    expect(months).toBeGreaterThan(23);
    expect(months).toBeLessThan(24.1);
  }
});

/** Whenever something happened; what is only planned (closing a deal) is left out. */
function instantsOf({ hubspot, woo, fakturownia }: Dataset): number[] {
  const stamped = [hubspot.contacts, hubspot.companies, hubspot.deals, hubspot.tickets, fakturownia.clients]
    .flatMap((map) => [...map.values()])
    .flatMap(({ createdAt, updatedAt }) => [createdAt, updatedAt]);
  const activities = [hubspot.notes, hubspot.calls, hubspot.emails, hubspot.meetings, hubspot.tasks];
  const orders = [...woo.orders.values()].flatMap((order) => [
    order.createdAt,
    order.modifiedAt,
    order.paidAt ?? 0,
    order.completedAt ?? 0,
    ...order.shipments.map(({ shippedAt }) => shippedAt),
  ]);
  return [
    ...stamped,
    ...activities.flatMap((map) => [...map.values()].map(({ at }) => at)),
    ...orders,
    ...[...woo.refunds.values()].map(({ createdAt }) => createdAt),
    ...[...woo.customers.values()].map(({ createdAt }) => createdAt),
    ...[...fakturownia.invoices.values()].flatMap(({ createdAt, updatedAt, govSentAt }) => [
      createdAt,
      updatedAt,
      govSentAt ?? 0,
    ]),
    ...[...fakturownia.payments.values()].map(({ createdAt }) => createdAt),
  ];
}

test('keeps every index as it would be worked out anew', () => {
  const fresh = { hubspot: emptyHubspotStore(() => 0), woo: emptyWooStore(() => 0) };
  const accounting = emptyFakturowniaStore(() => 0);
  for (const contact of hubspot.contacts.values()) {
    for (const old of contact.mergedIds) fresh.hubspot.mergedContacts.set(old, contact.id);
  }
  for (const customer of woo.customers.values())
    fresh.woo.customerByEmail.set(customer.email.toLowerCase(), customer.id);
  for (const order of woo.orders.values()) {
    fresh.woo.orderByNumber.set(order.number, order.id);
    if (order.customerId !== 0) push(fresh.woo.ordersByCustomer, order.customerId, order.id);
  }
  for (const client of fakturownia.clients.values()) {
    if (client.email !== null) push(accounting.clientsByEmail, client.email.toLowerCase(), client.id);
    if (client.taxNumber !== null)
      push(accounting.clientsByTaxNumber, comparableTaxNumber(client.taxNumber), client.id);
    if (client.externalId !== null) push(accounting.clientsByExternalId, client.externalId, client.id);
  }
  for (const invoice of fakturownia.invoices.values()) {
    push(accounting.invoicesByClient, invoice.clientId, invoice.id);
    push(accounting.invoicesByNumber, invoice.number, invoice.id);
    if (invoice.oid !== null) push(accounting.invoicesByOid, invoice.oid, invoice.id);
  }
  for (const payment of fakturownia.payments.values()) {
    for (const id of payment.invoiceIds) push(accounting.paymentsByInvoice, id, payment.id);
  }
  expect(hubspot.mergedContacts).toEqual(fresh.hubspot.mergedContacts);
  for (const name of ['customerByEmail', 'orderByNumber', 'ordersByCustomer'] as const) {
    expect(sorted(woo[name])).toEqual(sorted(fresh.woo[name]));
  }
  for (const name of INVOICE_INDEXES) expect(sorted(fakturownia[name])).toEqual(sorted(accounting[name]));
});

const INVOICE_INDEXES = [
  'clientsByEmail',
  'clientsByTaxNumber',
  'clientsByExternalId',
  'invoicesByClient',
  'invoicesByNumber',
  'invoicesByOid',
  'paymentsByInvoice',
] as const;

function push<K>(index: Map<K, number[]>, key: K, id: number): void {
  index.set(key, [...(index.get(key) ?? []), id]);
}

function sorted(index: ReadonlyMap<string | number, number | number[]>) {
  const filled = [...index].filter(([, ids]) => typeof ids === 'number' || ids.length > 0);
  return new Map(filled.map(([key, ids]) => [key, typeof ids === 'number' ? ids : [...ids].sort((a, b) => a - b)]));
}

test('associates both ways, and only what is there', () => {
  for (const contact of hubspot.contacts.values()) {
    for (const company of hubspot.associations.of('contacts', contact.id, 'companies')) {
      expect(hubspot.companies.has(company)).toBe(true);
      expect(hubspot.associations.of('companies', company, 'contacts')).toContain(contact.id);
    }
  }
  for (const type of ['deals', 'tickets', 'notes', 'calls', 'emails', 'meetings', 'tasks'] as const) {
    for (const id of hubspot[type].keys()) {
      const contacts = hubspot.associations.of(type, id, 'contacts');
      const companies = hubspot.associations.of(type, id, 'companies');
      expect(contacts.length + companies.length).toBeGreaterThan(0);
      expect(contacts.every((contact) => hubspot.contacts.has(contact))).toBe(true);
      expect(companies.every((company) => hubspot.companies.has(company))).toBe(true);
    }
  }
});

test('keeps mailboxes unique where the vendors do', () => {
  const contacts = [...hubspot.contacts.values()];
  const primary = contacts.flatMap(({ email }) => (email === null ? [] : [email]));
  const all = [...primary, ...contacts.flatMap(({ additionalEmails }) => additionalEmails)];
  expect(new Set(all).size).toBe(all.length);
  expect(all.every((email) => email === email.toLowerCase())).toBe(true);
  expect(woo.customerByEmail.size).toBe(woo.customers.size);
});

test('numbers each system on its own', () => {
  const ranges = [
    [...woo.customers.keys()],
    [...fakturownia.clients.keys()],
    [...hubspot.contacts.keys(), ...hubspot.companies.keys()],
  ].map((ids) => new Set(ids));
  for (const [index, ids] of ranges.entries()) {
    for (const others of ranges.slice(index + 1)) expect([...ids].filter((id) => others.has(id))).toEqual([]);
  }
  expect(facts.orders.filter(({ id, number }) => String(id) === number)).toEqual([]);
  const byTime = [...facts.orders].sort((a, b) => a.createdAt - b.createdAt || a.id - b.id);
  expect(byTime.map(({ id }) => id)).toEqual([...woo.orders.keys()].sort((a, b) => a - b));
});
