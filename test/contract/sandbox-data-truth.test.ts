import { expect, test } from '@jest/globals';
import { createDataset, DEFAULT_AS_OF } from '../../sandbox/data/dataset.ts';
import type { TruthCustomer } from '../../sandbox/data/truth-types.ts';
import { parseTaxId, taxIdKey } from '../../subgraphs/shared/normalise.ts';
import { factsOf } from './sandbox-data-facts.ts';
import { type Row, rowsOf } from './sandbox-data-rows.ts';

const dataset = createDataset({ asOf: DEFAULT_AS_OF });
const { hubspot, woo, fakturownia } = dataset;
const truth = dataset.truth();
const facts = factsOf(dataset);
const rows = rowsOf(dataset);

const byReference = new Map(truth.customers.flatMap((customer) => customer.references.map((each) => [each, customer])));
const byOrderNumber = new Map(
  truth.customers.flatMap((customer) => customer.orderNumbers.map((each) => [each, customer])),
);

const ownersBy = (keysOf: (row: Row) => readonly string[]) => {
  const owners = new Map<string, Set<TruthCustomer | undefined>>();
  for (const row of rows) for (const key of keysOf(row)) owners.set(key, (owners.get(key) ?? new Set()).add(row.owner));
  return owners;
};
const ownersOfEmail = ownersBy(({ emails }) => emails);
const ownersOfPhone = ownersBy(({ phones }) => phones);
const ownersOfTaxId = ownersBy(({ taxId }) => (taxId === null ? [] : [taxId]));

const ambiguous = (by: string) =>
  truth.lookups.filter((lookup) => lookup.by === by && lookup.expect === 'AMBIGUOUS').map(({ value }) => value);

test('says of every record and every order whose it is, once', () => {
  expect(rows.filter(({ owner }) => owner === undefined).map(({ reference }) => reference)).toEqual([]);
  expect(truth.customers.flatMap(({ references }) => references)).toHaveLength(byReference.size);
  expect(truth.customers.flatMap(({ orderNumbers }) => orderNumbers)).toHaveLength(byOrderNumber.size);
  expect(byOrderNumber.size).toBe(woo.orders.size);
  const known = new Set(rows.map(({ reference }) => reference));
  expect([...byReference.keys()].filter((reference) => !known.has(reference))).toEqual([]);
});

test('names each customer by its strongest record: CRM, accounting, shop; the oldest, then the smallest id', () => {
  const strength = ['hubspot:company', 'hubspot:contact', 'fakturownia:client', 'woo:customer'];
  const createdAt = (reference: string) => {
    const id = Number(reference.split(':')[2]);
    const maps = [hubspot.companies, hubspot.contacts, fakturownia.clients, woo.customers];
    return maps[strength.indexOf(reference.split(':').slice(0, 2).join(':'))]!.get(id)!.createdAt;
  };
  const rank = (reference: string) => strength.findIndex((type) => reference.startsWith(`${type}:`));
  for (const { id, references, orderNumbers } of truth.customers) {
    const [strongest] = [...references].sort(
      (a, b) => rank(a) - rank(b) || createdAt(a) - createdAt(b) || Number(a.split(':')[2]) - Number(b.split(':')[2]),
    );
    expect(id).toBe(strongest ?? `guest:${orderNumbers[0]}`);
  }
});

test('lists for a customer no mailbox, telephone or tax id that stands in anybody else’s records', () => {
  for (const customer of truth.customers) {
    const strangers = [
      ...customer.emails.filter((email) => ownersOfEmail.get(email)?.size !== 1),
      ...(customer.phone !== null && ownersOfPhone.get(customer.phone)?.size !== 1 ? [customer.phone] : []),
      ...(customer.taxId !== null && ownersOfTaxId.get(keyOf(customer.taxId))?.size !== 1 ? [customer.taxId] : []),
    ];
    expect([customer.id, strangers]).toEqual([customer.id, []]);
  }
});

function keyOf(taxId: string): string {
  return taxIdKey(parseTaxId(taxId)!)!;
}

test('calls ambiguous what several customers share', () => {
  const several = (owners: ReadonlyMap<string, ReadonlySet<unknown>>) =>
    [...owners].filter(([, { size }]) => size > 1).map(([key]) => key);
  expect(ambiguous('email').sort()).toEqual(several(ownersOfEmail).sort());
  expect(ambiguous('phone').sort()).toEqual(several(ownersOfPhone).sort());
  expect(ambiguous('taxId').map(keyOf).sort()).toEqual(several(ownersOfTaxId).sort());
});

test('lists only mailboxes by which some system finds the customer', () => {
  const findable = new Set([
    ...[...hubspot.contacts.values()].flatMap(({ email, additionalEmails }) => [email, ...additionalEmails]),
    ...[...woo.customers.values()].map(({ email }) => email.toLowerCase()),
    ...facts.orders.filter(({ customerId }) => customerId === 0).map(({ billing }) => billing.email.toLowerCase()),
    ...[...fakturownia.clients.values()].map(({ email }) => email?.toLowerCase()),
  ]);
  expect(truth.customers.flatMap(({ emails }) => emails).filter((email) => !findable.has(email))).toEqual([]);
});

test('lists the numbers of a customer’s own documents, without those that repeat', () => {
  const numbers = Map.groupBy(facts.invoices, ({ number }) => number);
  for (const customer of truth.customers) {
    const own = facts.invoices.filter(({ clientId }) => customer.references.includes(`fakturownia:client:${clientId}`));
    const alone = own.filter(({ number }) => ownersOfNumber(number).size === 1 && numbersOf(own, number) === 1);
    expect([...customer.invoiceNumbers].sort()).toEqual(alone.map(({ number }) => number).sort());
  }
  function ownersOfNumber(number: string) {
    return new Set(numbers.get(number)!.map(({ clientId }) => byReference.get(`fakturownia:client:${clientId}`)));
  }
  function numbersOf(list: typeof facts.invoices, number: string) {
    return list.filter((invoice) => invoice.number === number).length;
  }
});

test('tells what each customer owes past due, corrections and payments counted', () => {
  const expected = new Map<string, Map<string, number>>();
  for (const [root, family] of facts.families) {
    const owner = byReference.get(`fakturownia:client:${root.clientId}`)!;
    const owed = overdueOf(family);
    if (owed === 0) continue;
    const sums = expected.get(owner.id) ?? new Map<string, number>();
    expected.set(owner.id, sums.set(root.currency, (sums.get(root.currency) ?? 0) + owed));
  }
  for (const { id, overdue } of truth.customers) {
    const told = new Map(overdue.map(({ amount, currency }) => [currency, Math.round(Number(amount) * 100)]));
    expect([id, told]).toEqual([id, new Map([...(expected.get(id) ?? [])].sort())]);
  }
  expect(expected.size).toBeGreaterThan(50);
});

/** Credits settle what was due first. */
function overdueOf(family: readonly { grossMinor: number; paidMinor: number; dueDate: string | null }[]): number {
  const balance = family.reduce((sum, { grossMinor, paidMinor }) => sum + grossMinor - paidMinor, 0);
  const notYetDue = family
    .filter(({ dueDate }) => dueDate! >= '2026-11-02')
    .reduce((sum, { grossMinor, paidMinor }) => sum + Math.max(grossMinor - paidMinor, 0), 0);
  return Math.max(balance - notYetDue, 0);
}

test('joins what belongs together by rules that an honest reader has', () => {
  const unlinked = new Set(
    truth.discrepancies.filter(({ kind }) => kind === 'CUSTOMER_UNLINKED').flatMap(({ references }) => references),
  );
  let pairs = 0;
  let joined = 0;
  for (const [owner, own] of Map.groupBy(rows, ({ owner }) => owner)) {
    const groups = connected(own);
    const inGroup = (group: readonly Row[]) => (group.length * (group.length - 1)) / 2;
    pairs += inGroup(own);
    joined += groups.reduce((sum, group) => sum + inGroup(group), 0);
    const isHard = own.some(({ reference }) => unlinked.has(reference));
    expect([owner?.id, groups.length]).toEqual([owner?.id, isHard ? 2 : 1]);
  }
  expect(joined / pairs).toBeGreaterThan(0.98);
});

test('lets no rule join two customers', () => {
  const wrong = rows.flatMap((row, index) =>
    rows.slice(index + 1).filter((other) => other.owner !== row.owner && isJoined(row, other)),
  );
  expect(wrong.map(({ reference }) => reference)).toEqual([]);
});

function connected(list: readonly Row[]): Row[][] {
  const left = new Set(list);
  const groups: Row[][] = [];
  for (const start of list) {
    if (!left.delete(start)) continue;
    const group = [start];
    for (const member of group) {
      for (const other of left) if (isJoined(member, other) && left.delete(other)) group.push(other);
    }
    groups.push(group);
  }
  return groups;
}

/** Placeholders are out of `emails` already; a mailbox of several customers joins nobody. */
function isJoined(a: Row, b: Row): boolean {
  const pointed = a.pointsAt.includes(b.reference) || b.pointsAt.includes(a.reference);
  const sameTaxId = a.taxId !== null && a.taxId === b.taxId && isSameUnit(a, b);
  const sameEmail = a.emails.some((email) => b.emails.includes(email) && ownersOfEmail.get(email)!.size === 1);
  const samePhone = a.name !== null && a.name === b.name && a.phones.some((phone) => b.phones.includes(phone));
  return pointed || sameTaxId || sameEmail || samePhone;
}

/** Where a system tells no units, a NIP says enough only when it has a single one. */
function isSameUnit(a: Row, b: Row): boolean {
  if (a.unit !== null && b.unit !== null) return a.unit === b.unit;
  return ownersOfTaxId.get(a.taxId!)!.size === 1;
}

test('gives look-ups of every kind that can be told: spellings, strangers, placeholders, merged contacts, guests', () => {
  const has = (by: string, expectation: 'id' | 'AMBIGUOUS' | null) =>
    truth.lookups.some(({ by: own, expect: told }) => {
      const kind = told === null || told === 'AMBIGUOUS' ? told : 'id';
      return own === by && kind === expectation;
    });
  for (const by of ['email', 'phone', 'taxId', 'reference', 'orderNumber'] as const) {
    expect([by, has(by, 'id'), has(by, null)]).toEqual([by, true, true]);
  }
  for (const by of ['email', 'phone', 'taxId', 'invoiceNumber'] as const) {
    expect([by, has(by, 'AMBIGUOUS')]).toEqual([by, true]);
  }
  const ids = new Set(truth.customers.map(({ id }) => id));
  const told = truth.lookups.map(({ expect: id }) => id).filter((id) => id !== null && id !== 'AMBIGUOUS');
  expect(told.filter((id) => !ids.has(id!))).toEqual([]);
  const merged = truth.lookups.filter(({ by, value }) => by === 'reference' && value.startsWith('hubspot:contact:'));
  const survivors = merged.flatMap(({ value }) => hubspot.mergedContacts.get(Number(value.split(':')[2])) ?? []);
  expect(survivors.length).toBeGreaterThan(5);
  expect(truth.lookups.find(({ value }) => value === 'brak@brak.pl')).toEqual({
    by: 'email',
    value: 'brak@brak.pl',
    expect: null,
  });
});
