import { expect, test } from '@jest/globals';
import { z } from 'zod';
import { createClock } from '../../common/clock.ts';
import { createDataset, DEFAULT_AS_OF } from '../../sandbox/data/dataset.ts';
import type { HubspotContact, WooOrder } from '../../sandbox/data/records.ts';
import { SANDBOX_CREDENTIALS } from '../../sandbox/server/vendors.ts';
import { startSandbox } from '../../sandbox/start.ts';
import { normalisePhone, parseTaxId } from '../../subgraphs/shared/normalise.ts';
import { factsOf, isInvoice } from './sandbox-data-facts.ts';

/** Whatever life has that the product must cope with has to stand in the data that it is tried on. */
const dataset = createDataset({ asOf: DEFAULT_AS_OF });
const { hubspot, woo, fakturownia } = dataset;
const facts = factsOf(dataset);
const truth = dataset.truth();
const clock = createClock({ asOf: DEFAULT_AS_OF });

const contacts = [...hubspot.contacts.values()];
const companies = [...hubspot.companies.values()];
const clients = [...fakturownia.clients.values()];
const accounts = [...woo.customers.values()];
const payments = [...fakturownia.payments.values()];
const isAmbiguous = (by: string, value: string) =>
  truth.lookups.some((lookup) => lookup.by === by && lookup.value === value && lookup.expect === 'AMBIGUOUS');
const companiesOf = ({ id }: HubspotContact) => hubspot.associations.of('contacts', id, 'companies');
const count = <T>(list: readonly T[], fits: (item: T) => unknown) => list.filter((item) => fits(item)).length;

test('sells to people and firms, to guests and accounts', () => {
  const kinds = Map.groupBy(truth.customers, ({ kind }) => kind);
  for (const kind of ['PERSON', 'COMPANY', 'SOLE_TRADER'] as const) {
    expect(kinds.get(kind)!.length).toBeGreaterThan(50);
  }
  expect(count(truth.customers, ({ id }) => id.startsWith('guest:'))).toBeGreaterThan(100);
});

test('has people and firms that one system alone knows', () => {
  const alone = (system: string) =>
    count(
      truth.customers,
      ({ references, orderNumbers }) =>
        references.length > 0 &&
        references.every((reference) => reference.startsWith(system)) &&
        (system === 'woo' || orderNumbers.length === 0),
    );
  expect(alone('hubspot')).toBeGreaterThan(20);
  expect(alone('fakturownia')).toBeGreaterThan(5);
  expect(alone('woo')).toBeGreaterThan(50);
});

test('spells telephones, tax ids and names in many ways', () => {
  const phones = accounts.map(({ billing }) => billing.phone);
  for (const form of [/^\d{3} \d{3} \d{3}$/, /^\+48\d{9}$/, /^\d{3}-\d{3}-\d{3}$/, /^\d{9}$/]) {
    expect(count(phones, (phone) => form.test(phone))).toBeGreaterThan(10);
  }
  const nips = companies.flatMap(({ nip }) => nip ?? []);
  for (const form of [/^\d{10}$/, /^\d{3}-\d{3}-\d{2}-\d{2}$/, /^PL\d{10}$/]) {
    expect(count(nips, (nip) => form.test(nip))).toBeGreaterThan(5);
  }
  expect(count(accounts, ({ lastName, billing }) => lastName !== billing.lastName)).toBeGreaterThan(50);
  expect(count(accounts, ({ billing }) => billing.email !== billing.email.toLowerCase())).toBeGreaterThan(5);
});

test('has a mailbox that several firms are invoiced at, as an accounting office has', () => {
  const byEmail = Map.groupBy(clients, ({ email }) => email);
  const shared = [...byEmail].filter(
    ([email, list]) =>
      email !== null &&
      email !== 'brak@brak.pl' &&
      new Set(list.map(({ taxNumber }) => taxNumber?.replace(/\D/g, ''))).size > 2,
  );
  expect(shared.length).toBeGreaterThan(0);
  for (const [email] of shared) expect(isAmbiguous('email', email!)).toBe(true);
});

test('has contacts of two companies, who are customers of their own', () => {
  const between = contacts.filter((contact) => companiesOf(contact).length === 2);
  expect(between.length).toBeGreaterThan(0);
  for (const { id } of between) {
    expect(truth.customers.find(({ references }) => references.includes(`hubspot:contact:${id}`))!.references).toEqual([
      `hubspot:contact:${id}`,
    ]);
  }
});

test('has one NIP with several units, and documents for a recipient other than the buyer', () => {
  const units = companies.filter(({ internalUnit }) => internalUnit !== null);
  expect(units.length).toBeGreaterThan(3);
  for (const { id, nip } of units) {
    const value = parseTaxId(nip)!.value;
    expect(isAmbiguous('taxId', value)).toBe(true);
    const customer = truth.customers.find(({ id: own }) => own === `hubspot:company:${id}`)!;
    const client = clients.find((each) => customer.references.includes(`fakturownia:client:${each.id}`))!;
    expect(client).toMatchObject({
      taxNumberKind: 'nip_with_id',
      taxNumber: expect.stringMatching(`^${value}-\\d{5}$`),
    });
  }
  expect(count(facts.invoices, ({ recipientName }) => recipientName)).toBeGreaterThan(0);
});

test('has spouses with one telephone and one surname', () => {
  const byPhone = Map.groupBy(accounts, ({ billing }) => normalisePhone(billing.phone));
  const couples = [...byPhone].filter(
    ([phone, [one, other]]) => phone && other && one!.lastName === other.lastName && one!.firstName !== other.firstName,
  );
  expect(couples.length).toBeGreaterThan(3);
  for (const [phone] of couples) expect(isAmbiguous('phone', phone!)).toBe(true);
});

test('has sole traders whose mailbox is that of the person and that of the firm', () => {
  const byEmail = new Map(clients.map((client) => [client.email, client]));
  const split = accounts.flatMap(({ id, email, nip }) => {
    const client = byEmail.get(email.toLowerCase());
    return nip === null && client?.isCompany && isAmbiguous('email', email.toLowerCase()) ? [{ id, client }] : [];
  });
  expect(split.length).toBeGreaterThan(3);
  for (const { id, client } of split) {
    const person = truth.customers.find(({ references }) => references.includes(`woo:customer:${id}`))!;
    const firm = truth.customers.find(({ references }) => references.includes(`fakturownia:client:${client.id}`))!;
    expect([person.kind, firm.kind]).toEqual(['PERSON', 'SOLE_TRADER']);
  }
});

test('has contacts who order in their own name while their firm is invoiced', () => {
  const inOwnName = facts.invoices.filter(
    (invoice) =>
      isInvoice(invoice) &&
      invoice.buyer.isCompany &&
      facts
        .ordersOf(invoice)
        .some(({ billing, nip, customerId }) => billing.company === '' && nip === null && customerId > 0),
  );
  expect(inOwnName.length).toBeGreaterThan(20);
});

test('has merged contacts, secondary mailboxes, and shop accounts under an old one', () => {
  expect(count(contacts, ({ mergedIds }) => mergedIds.length > 0)).toBeGreaterThan(5);
  const secondary = new Set(contacts.flatMap(({ additionalEmails }) => additionalEmails));
  expect(secondary.size).toBeGreaterThan(20);
  expect(count(accounts, ({ email }) => secondary.has(email.toLowerCase()))).toBeGreaterThan(10);
  expect(count(contacts, ({ email, phone }) => email === null && phone !== null)).toBeGreaterThan(3);
});

test('has mailboxes that a marketplace masks, and placeholders for mail, telephone and NIP', () => {
  const mailboxes = facts.orders.map(({ billing }) => billing.email);
  expect(count(mailboxes, (email) => email.endsWith('@allegromail.pl'))).toBeGreaterThan(5);
  expect(count(mailboxes, (email) => email.endsWith('@marketplace.amazon.pl'))).toBeGreaterThan(2);
  expect(count(mailboxes, (email) => email === 'brak@brak.pl')).toBeGreaterThan(5);
  expect(count(facts.orders, ({ billing }) => billing.phone === '000000000')).toBeGreaterThan(5);
  expect(count(clients, ({ taxNumber }) => taxNumber === '0000000000')).toBeGreaterThan(2);
  expect(count(clients, ({ email }) => email === 'brak@brak.pl')).toBeGreaterThan(2);
});

test('books receipts on one retail client, who is nobody', () => {
  const receipts = facts.invoices.filter(({ kind }) => kind === 'receipt');
  const [retail, ...others] = new Set(receipts.map(({ clientId }) => clientId));
  expect(others).toEqual([]);
  expect(fakturownia.clients.get(retail!)!.name).toBe('Klient detaliczny');
  expect(truth.lookups).toContainEqual({ by: 'reference', value: `fakturownia:client:${retail}`, expect: null });
});

test('has every kind of document, corrections of corrections and collective invoices', () => {
  const kinds = new Set(facts.invoices.map(({ kind }) => kind));
  expect([...kinds].sort()).toEqual(
    ['advance', 'correction', 'export_products', 'final', 'proforma', 'receipt', 'vat', 'wdt'].sort(),
  );
  const origin = (id: number | null) => fakturownia.invoices.get(id!);
  const corrections = facts.invoices.filter(({ kind }) => kind === 'correction');
  expect(count(corrections, ({ fromInvoiceId }) => origin(fromInvoiceId)!.kind === 'correction')).toBeGreaterThan(3);
  expect(count(corrections, ({ grossMinor }) => grossMinor > 0)).toBeGreaterThan(0);
  expect(count(facts.invoices, ({ oid }) => /^\d+(,\d+)+$/.test(oid ?? ''))).toBeGreaterThan(100);
  expect(count(facts.invoices, ({ advanceIds }) => advanceIds.length > 0)).toBeGreaterThan(3);
  const made = facts.invoices.filter(({ kind, fromInvoiceId }) => kind === 'vat' && fromInvoiceId !== null);
  expect(new Set(made.map(({ fromInvoiceId }) => origin(fromInvoiceId)!.kind))).toEqual(
    new Set(['proforma', 'receipt']),
  );
  expect(count(facts.invoices, ({ cancelled }) => cancelled)).toBeGreaterThan(3);
});

test('names some orders in words alone, and repeats numbers between its departments', () => {
  expect(
    count(facts.invoices, ({ oid, description }) => oid === null && /^Zamówienie nr \d+$/.test(description ?? '')),
  ).toBeGreaterThan(50);
  const repeated = [...fakturownia.invoicesByNumber].filter(([, ids]) => ids.length > 1);
  expect(repeated.length).toBeGreaterThan(50);
  expect(
    count(truth.lookups, ({ by, expect: told }) => by === 'invoiceNumber' && told === 'AMBIGUOUS'),
  ).toBeGreaterThan(20);
});

test('has partial, late and missing payments, and money given back', () => {
  const invoices = facts.invoices.filter(isInvoice);
  expect(count(invoices, ({ status }) => status === 'partial')).toBeGreaterThan(10);
  expect(count(invoices, ({ paidDate, dueDate }) => paidDate !== null && paidDate > dueDate!)).toBeGreaterThan(100);
  expect(count(invoices, ({ status, dueDate }) => status === 'issued' && dueDate! < clock.today())).toBeGreaterThan(50);
  expect(count(invoices, ({ status, dueDate }) => status === 'issued' && dueDate! >= clock.today())).toBeGreaterThan(
    10,
  );
  expect(count(payments, ({ priceMinor }) => priceMinor < 0)).toBeGreaterThan(10);
});

test('has returns of whole orders, of parts, and money given back alone', () => {
  const refunds = [...woo.refunds.values()];
  const orderOf = (id: number) => woo.orders.get(id)!;
  expect(count(refunds, ({ orderId }) => orderOf(orderId).status === 'refunded')).toBeGreaterThan(10);
  expect(
    count(refunds, ({ orderId, lines }) => lines.length > 0 && orderOf(orderId).status !== 'refunded'),
  ).toBeGreaterThan(10);
  expect(count(refunds, ({ lines }) => lines.length === 0)).toBeGreaterThan(5);
});

test('sells in four currencies and under every kind of rate', () => {
  expect(new Set(facts.orders.map(({ currency }) => currency))).toEqual(new Set(['PLN', 'EUR', 'USD', 'CZK']));
  expect(new Set(facts.invoices.map(({ currency }) => currency))).toEqual(new Set(['PLN', 'EUR', 'USD', 'CZK']));
  const rates = new Set(facts.invoices.flatMap(({ positions }) => positions.map(({ vat }) => vat)));
  expect(rates).toEqual(new Set(['23', '8', '5', '0', 'zw', 'np', 'oo']));
  expect(count(facts.invoices, ({ vatPlnMinor }) => vatPlnMinor !== null && vatPlnMinor > 0)).toBeGreaterThan(5);
  const exempt = facts.invoices.filter(({ positions }) => positions.some(({ vat }) => vat === 'zw'));
  expect(exempt.every(({ exemptTaxKind }) => exemptTaxKind !== null)).toBe(true);
  const outside = facts.invoices.filter(({ positions }) => positions.some(({ vat }) => vat === 'np'));
  expect(outside.every(({ npTaxKind }) => npTaxKind === 'export_service_eu')).toBe(true);
  expect(new Set(companies.flatMap(({ nip }) => /^[A-Z]{2}/.exec(nip ?? '')?.[0] ?? []))).toEqual(
    new Set(['PL', 'DE', 'CZ', 'SK']),
  );
});

test('stands in KSeF from the day of the duty on', () => {
  const firms = facts.invoices.filter(
    ({ buyer, kind, cancelled }) => buyer.isCompany && kind !== 'proforma' && !cancelled,
  );
  expect(count(firms, ({ issueDate, govStatus }) => issueDate < '2026-04-01' && govStatus !== null)).toBe(0);
  const duty = firms.filter(({ issueDate }) => issueDate >= '2026-04-01');
  expect(count(duty, ({ govStatus }) => govStatus === 'ok') / duty.length).toBeGreaterThan(0.85);
  expect(
    count(duty, ({ govId, issueDate }) => govId !== null && govId.slice(11, 19) !== issueDate.replaceAll('-', '')),
  ).toBeGreaterThan(3);
  expect(count(facts.invoices, ({ splitPayment }) => splitPayment)).toBeGreaterThan(30);
});

test('has orders and documents whose day is not that of UTC, around midnight and both changes of clocks', () => {
  const utcDay = (instant: number) => new Date(instant).toISOString().slice(0, 10);
  expect(
    count(facts.orders, ({ createdAt }) => utcDay(createdAt) !== clock.dateOf(new Date(createdAt))),
  ).toBeGreaterThan(50);
  expect(count(facts.invoices, ({ createdAt, issueDate }) => utcDay(createdAt) !== issueDate)).toBeGreaterThan(20);
  for (const change of [
    '2025-03-30T01:00:00Z',
    '2025-10-26T01:00:00Z',
    '2026-03-29T01:00:00Z',
    '2026-10-25T01:00:00Z',
  ]) {
    const seconds = facts.orders.map(({ createdAt }) => (createdAt - Date.parse(change)) / 1000);
    expect(count(seconds, (after) => after >= -1 && after < 0)).toBeGreaterThan(0);
    expect(count(seconds, (after) => after > 0 && after <= 1)).toBeGreaterThan(0);
  }
});

test('keeps sellers, deals, claims and conversations in the CRM', () => {
  const tickets = [...hubspot.tickets.values()];
  const claims = tickets.filter(({ category }) => category === 'CLAIM');
  expect(claims.length).toBeGreaterThan(20);
  expect(claims.every(({ orderNumber }) => orderNumber !== null && woo.orderByNumber.has(orderNumber))).toBe(true);
  expect(tickets.every(({ stage, closedAt }) => (stage === '4') === (closedAt !== null))).toBe(true);
  expect(hubspot.deals.size).toBeGreaterThan(100);
  for (const type of ['notes', 'calls', 'emails', 'meetings', 'tasks'] as const) {
    expect(hubspot[type].size).toBeGreaterThan(20);
  }
  const owners = new Set([...contacts, ...companies].map(({ ownerId }) => ownerId));
  expect(owners.size).toBe(hubspot.owners.size + 1);
});

test('tells the history of an order by notes, as the shop writes them', async () => {
  await using sandbox = await startSandbox({ dataset });
  const { consumerKey, consumerSecret } = SANDBOX_CREDENTIALS.woo;
  const authorization = `Basic ${Buffer.from(`${consumerKey}:${consumerSecret}`).toString('base64')}`;
  const notesOf = async ({ id }: WooOrder) => {
    const url = `${sandbox.urls.woo}/wp-json/wc/v3/orders/${id}/notes`;
    const notes = z
      .array(z.object({ note: z.string() }))
      .parse(await (await fetch(url, { headers: { authorization } })).json());
    return notes.map(({ note }) => note);
  };
  const sentBack = facts.orders.find(
    ({ status, paymentMethodTitle }) => status === 'refunded' && paymentMethodTitle === 'Przelew bankowy',
  )!;
  expect(await notesOf(sentBack)).toEqual([
    'Status zamówienia zmieniony z Zrealizowane na Zwrócone.',
    'Status zamówienia zmieniony z W trakcie realizacji na Zrealizowane.',
    'Status zamówienia zmieniony z Wstrzymane na W trakcie realizacji.',
    'Status zamówienia zmieniony z Oczekujące na płatność na Wstrzymane.',
  ]);
  const given = facts.orders.find(({ status }) => status === 'failed')!;
  expect(await notesOf(given)).toEqual(['Status zamówienia zmieniony z Oczekujące na płatność na Nieudane.']);
});
