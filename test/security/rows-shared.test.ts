import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Dataset } from '../../sandbox/data/dataset.ts';
import { putInvoice, putPayment } from '../../sandbox/data/put.ts';
import type { FakturowniaInvoice } from '../../sandbox/data/records-fakturownia.ts';
import { ageless, type RowsWorld, startRows } from './rows-fixture.ts';

/** Two firms with documents, and what stands between them. */
interface Between {
  anna: string;
  jan: string;
  /** Anna's; Jan has one of this number. */
  number: string;
  annasInvoice: string;
  jansInvoice: string;
  /** Pays one of each. */
  payment: string;
  /** Of Anna's invoice, issued to Jan. */
  correction: string;
  /** Anna's order, with a document that was issued to Jan. */
  orderNumber: string;
  /** Anna's before Jan's. */
  deal: string;
  /** About both alike. */
  note: string;
}

let world: RowsWorld;
let between: Between;

beforeAll(async () => {
  world = await startRows((dataset) => {
    between = mix(dataset);
  });
}, 60_000);

afterAll(async () => {
  await world[Symbol.asyncDispose]();
});

function mix(dataset: Dataset): Between {
  const { fakturownia, hubspot } = dataset;
  const [anna, jan] = firmsOf(dataset);
  const amounts = (invoice: FakturowniaInvoice) => ({
    ...invoice,
    paidMinor: invoice.grossMinor,
    status: 'paid' as const,
  });
  const add = (invoice: FakturowniaInvoice, change: Partial<FakturowniaInvoice>): FakturowniaInvoice => {
    const made = { ...invoice, id: fakturownia.nextId(), fromInvoiceId: null, oid: null, description: null, ...change };
    putInvoice(fakturownia, made);
    return made;
  };
  const number = 'FV/SHARED/1';
  const annas = add(amounts(anna.invoice), { number });
  const jans = add(amounts(jan.invoice), { number });
  const payment = fakturownia.nextId();
  putPayment(fakturownia, {
    id: payment,
    invoiceIds: [annas.id, jans.id],
    clientId: null,
    priceMinor: annas.grossMinor + jans.grossMinor,
    currency: annas.currency,
    paidDate: annas.issueDate,
    name: 'Transfer of a card company',
    description: null,
    kind: 'bank',
    provider: null,
    createdAt: annas.createdAt,
    updatedAt: annas.createdAt,
  });
  const correction = add(jan.invoice, { kind: 'correction', number: 'KOR/SHARED/1', fromInvoiceId: annas.id });
  add(jan.invoice, { number: 'FV/SHARED/2', oid: anna.orderNumber });
  const [deal] = hubspot.deals.keys();
  const [note] = hubspot.notes.keys();
  for (const [type, id] of [
    ['deals', deal!],
    ['notes', note!],
  ] as const) {
    for (const to of ['companies', 'contacts'] as const) {
      for (const other of hubspot.associations.of(type, id, to)) hubspot.associations.unlink(type, id, to, other);
    }
    for (const firm of [anna, jan]) hubspot.associations.link(type, id, 'companies', firm.companyId);
  }
  return {
    anna: `hubspot:company:${anna.companyId}`,
    jan: `hubspot:company:${jan.companyId}`,
    number,
    annasInvoice: `fakturownia:invoice:${annas.id}`,
    jansInvoice: `fakturownia:invoice:${jans.id}`,
    payment: `fakturownia:payment:${payment}`,
    correction: `fakturownia:invoice:${correction.id}`,
    orderNumber: anna.orderNumber,
    deal: `hubspot:deal:${deal}`,
    note: `hubspot:note:${note}`,
  };
}

function firmsOf({ hubspot, fakturownia, woo }: Dataset) {
  const firms = [...hubspot.companies.values()].flatMap(({ id, fakturowniaClientId, wooCustomerId }) => {
    const [invoiceId] = fakturownia.invoicesByClient.get(fakturowniaClientId ?? 0) ?? [];
    const invoice = fakturownia.invoices.get(invoiceId ?? 0);
    const [orderId] = woo.ordersByCustomer.get(wooCustomerId ?? 0) ?? [];
    const order = woo.orders.get(orderId ?? 0);
    return invoice && order && invoice.currency === 'PLN'
      ? [{ companyId: id, invoice, orderNumber: order.number }]
      : [];
  });
  expect(firms.length).toBeGreaterThan(1);
  return [firms[0]!, firms[1]!] as const;
}

/** Asks as somebody who may see these customers. */
/** What the audit is told: one customer and these records, nothing of what the caller may not see. */
const touchedOnly = (records: Record<string, string[]>) => ({ touched: { Customer: expect.anything(), ...records } });

const asOf = (...customers: string[]) => world.as(customers.length > 0 ? { customers } : 'all');

test('of several documents of one number, the one that the caller may see is answered', async () => {
  const { anna, jan, number, annasInvoice, jansInvoice } = between;
  const query = 'query ($number: String!) { invoiceByNumber(number: $number) { id } }';
  const ask = async (...customers: string[]) => (await asOf(...customers)('accounting', query, { number })) as unknown;
  expect(await ask(anna)).toEqual({
    data: { invoiceByNumber: { id: annasInvoice } },
    extensions: touchedOnly({ Invoice: [annasInvoice] }),
  });
  expect(await ask(jan)).toEqual({
    data: { invoiceByNumber: { id: jansInvoice } },
    extensions: touchedOnly({ Invoice: [jansInvoice] }),
  });
  const ambiguous = { data: { invoiceByNumber: null }, errors: [{ extensions: { code: 'AMBIGUOUS' } }] };
  expect(await ask(anna, jan)).toMatchObject(ambiguous);
  expect(await ask()).toMatchObject(ambiguous);
});

test('a payment of several customers’ documents is for whoever may see all of them; what it pays of a document is the document’s', async () => {
  const { anna, jan, payment, annasInvoice } = between;
  const query = `query ($payment: ID!, $invoice: ID!) {
    payment(id: $payment) { id unallocated { amount } allocations { invoice { id } } }
    invoice(id: $invoice) { payments { amount { currency } payment { id amount { amount } } } } }`;
  const ask = (...customers: string[]) => asOf(...customers)('accounting', query, { payment, invoice: annasInvoice });
  expect(await ask(anna)).toEqual({
    data: { payment: null, invoice: { payments: [{ amount: { currency: 'PLN' }, payment: null }] } },
    extensions: touchedOnly({ Invoice: [annasInvoice] }),
  });
  const both = await ask(anna, jan);
  expect(both).toEqual(ageless(await ask()));
  expect(both).toMatchObject({ data: { payment: { id: payment, allocations: [{}, {}] } } });
});

test('a customer’s payments lack those that are others’ too, and count without them', async () => {
  const { anna, payment } = between;
  const { data } = await asOf()('identity', 'query ($id: ID!) { customer(id: $id) { records } }', { id: anna });
  const { records } = data!.customer as { records: string };
  const query = `query ($of: [_Any!]!) { _entities(representations: $of) { ... on Customer {
    payments(first: 100) { totalCount nodes { id } } } } }`;
  const ask = async (...customers: string[]) => {
    const answer = await asOf(...customers)('accounting', query, { of: [{ __typename: 'Customer', records }] });
    const [customer] = answer.data!._entities as { payments: { totalCount: number; nodes: { id: string }[] } }[];
    return customer!.payments;
  };
  const [all, own] = [await ask(), await ask(anna)];
  expect(all.nodes.map(({ id }) => id)).toContain(payment);
  expect(own.nodes).toEqual(all.nodes.filter(({ id }) => id !== payment));
  expect([all.totalCount, own.totalCount]).toEqual([all.nodes.length, all.nodes.length - 1]);
});

test('what a correction corrects is not there where it was issued to somebody else', async () => {
  const { anna, jan, annasInvoice, correction } = between;
  const query = 'query ($id: ID!) { invoice(id: $id) { id corrects { id } } }';
  const ask = async (...customers: string[]) =>
    (await asOf(...customers)('accounting', query, { id: correction })).data!.invoice;
  expect(await ask(jan)).toEqual({ id: correction, corrects: null });
  expect(await ask(anna)).toBeNull();
  expect(await ask(anna, jan)).toEqual({ id: correction, corrects: { id: annasInvoice } });
});

test('of an order’s documents those are there that were issued to whom the caller may see', async () => {
  const { anna, jan, orderNumber } = between;
  const order = await asOf()('shop', 'query ($number: String!) { orderByNumber(number: $number) { id orderRef } }', {
    number: orderNumber,
  });
  const query = `query ($of: [_Any!]!) { _entities(representations: $of) { ... on Order { invoices { number } } } }`;
  const ask = async (...customers: string[]) => {
    const { data } = await asOf(...customers)('accounting', query, {
      of: [{ __typename: 'Order', ...(order.data!.orderByNumber as object) }],
    });
    const [found] = data!._entities as { invoices: { number: string }[] }[];
    return found!.invoices.map(({ number }) => number);
  };
  expect(await ask()).toContain('FV/SHARED/2');
  expect(await ask(anna)).not.toContain('FV/SHARED/2');
  expect(await ask(jan)).toEqual(['FV/SHARED/2']);
});

test('a deal is its first company’s; what several are about is for whoever may see them all', async () => {
  const { anna, jan, deal, note } = between;
  const references = [
    { __typename: 'Deal', id: deal },
    { __typename: 'Activity', id: note },
  ];
  const query = `query ($of: [_Any!]!) { _entities(representations: $of) { ... on Deal { id } ... on Activity { id } } }`;
  const ask = async (...customers: string[]) =>
    (await asOf(...customers)('crm', query, { of: references })).data!._entities;
  expect(await ask(anna)).toEqual([{ id: deal }, null]);
  expect(await ask(jan)).toEqual([null, null]);
  expect(await ask(anna, jan)).toEqual([{ id: deal }, { id: note }]);
});

test('a customer’s lists in the CRM lack what is not the caller’s to see on any other way', async () => {
  const { anna, jan, deal, note } = between;
  const lists = async (customer: string, ...customers: string[]) => {
    const { data } = await asOf()('identity', 'query ($id: ID!) { customer(id: $id) { records } }', { id: customer });
    const { records } = data!.customer as { records: string };
    const query = `query ($of: [_Any!]!) { _entities(representations: $of) { ... on Customer {
      deals(first: 100) { totalCount nodes { id } } activities(first: 100) { totalCount nodes { id } } } } }`;
    const answer = await asOf(...customers)('crm', query, { of: [{ __typename: 'Customer', records }] });
    const [found] = answer.data!._entities as Record<
      'deals' | 'activities',
      { totalCount: number; nodes: { id: string }[] }
    >[];
    for (const { totalCount, nodes } of Object.values(found!)) expect(totalCount).toBe(nodes.length);
    return Object.values(found!).flatMap(({ nodes }) => nodes.map(({ id }) => id));
  };
  expect(await lists(jan)).toEqual(expect.arrayContaining([deal, note]));
  expect(await lists(jan, jan)).toEqual((await lists(jan)).filter((id) => id !== deal && id !== note));
  expect(await lists(anna, anna)).toEqual((await lists(anna)).filter((id) => id !== note));
});

test('of several customers on one mailbox the one whom the caller may see is answered, and no candidate beside', async () => {
  const { value } = world.dataset
    .truth()
    .lookups.find(({ by, expect: what }) => by === 'email' && what === 'AMBIGUOUS')!;
  const query =
    'query ($email: EmailAddress!) { customerByEmail(email: $email) { id } customerCandidates(email: $email) { id } }';
  const everybody = await asOf()('identity', query, { email: value });
  expect(everybody).toMatchObject({ data: { customerByEmail: null }, errors: [{ extensions: { code: 'AMBIGUOUS' } }] });
  const candidates = everybody.data!.customerCandidates as { id: string }[];
  expect(candidates.length).toBeGreaterThan(1);
  for (const { id } of candidates) {
    expect(await asOf(id)('identity', query, { email: value })).toEqual({
      data: { customerByEmail: { id }, customerCandidates: [{ id }] },
      extensions: touchedOnly({}),
    });
  }
  expect(await asOf(between.anna)('identity', query, { email: value })).toEqual({
    data: { customerByEmail: null, customerCandidates: [] },
  });
});

test('whom a record was kept apart from is told to those alone who may see both', async () => {
  const query = `query ($id: ID!) { customer(id: $id) { sources { reference } identity { rejected { from to reason } } } }`;
  interface Customer {
    sources: { reference: string }[];
    identity: { rejected: { from: string; to: string }[] };
  }
  let compared = 0;
  for (const { id } of world.dataset.truth().customers.filter(({ references }) => references.length > 0)) {
    const { data } = await asOf()('identity', query, { id });
    const { sources, identity } = data!.customer as Customer;
    const own = new Set(sources.map(({ reference }) => reference));
    const [first] = identity.rejected;
    if (!first || compared >= 10) continue;
    const other = own.has(first.from) ? first.to : first.from;
    const alone = await asOf(id)('identity', query, { id });
    const both = await asOf(id, other)('identity', query, { id });
    const isOfBoth = ({ from, to }: { from: string; to: string }) => [from, to].includes(other);
    expect((alone.data!.customer as Customer).identity.rejected).toEqual([]);
    expect((both.data!.customer as Customer).identity.rejected).toEqual(
      expect.arrayContaining(identity.rejected.filter(isOfBoth)),
    );
    expect(JSON.stringify(alone)).not.toContain(other);
    compared += 1;
  }
  expect(compared).toBeGreaterThan(2);
}, 60_000);
