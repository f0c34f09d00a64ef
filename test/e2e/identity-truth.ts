import type { LookupBy, TruthCustomer } from '../../sandbox/data/truth-types.ts';
import type { Stack } from '../contract/identity-stack.ts';

/** One look-up with the answer that it must give. */
export interface Question {
  by: LookupBy;
  /** As it is asked: a reference for orders and invoices. */
  value: string;
  /** A customer's id, null, or the code AMBIGUOUS. */
  expected: string | null;
}

/** Whose each record is, by the truth. Guests have no plain reference: theirs are read off their orders. */
export async function ownersOf(stack: Stack, customers: readonly TruthCustomer[]): Promise<Map<string, string>> {
  const plain = customers.flatMap(({ id, references }) => references.map((reference) => [reference, id] as const));
  const ordered = customers.flatMap(({ id, orderNumbers }) => orderNumbers.map((number) => ({ id, number })));
  const byGuests = ordered.filter(({ number }) => isByGuest(stack, number));
  const guests = await guestsOf(
    stack,
    byGuests.map(({ number }) => number),
  );
  return new Map([...plain, ...byGuests.map(({ id }, index) => [guests[index]!, id] as const)]);
}

/**
 * All that the truth says about look-ups: by what each customer has alone, and by what it lists apart. A number that
 * several invoices bear is no start for identity: the accounting says AMBIGUOUS before it comes to that.
 */
export async function questionsOf(stack: Stack): Promise<Question[]> {
  const { lookups } = stack.dataset.truth();
  const linked = linkedCustomers(stack);
  const all = [...linked.flatMap(toLookups), ...lookups].map((lookup) => ({
    ...lookup,
    asked: asked(stack, lookup),
  }));
  const numbers = new Set(all.map(({ expect }) => guestOrder(expect)).filter((number) => number !== null));
  const guests = await guestsOf(stack, [...numbers]);
  const guestIds = new Map([...numbers].map((number, index) => [number, guests[index]!]));
  return all.flatMap(({ by, expect, asked: value }) => {
    const expected = guestIds.get(guestOrder(expect) ?? '') ?? expect;
    return value === null ? [] : [{ by, value, expected }];
  });
}

/** Without those of whom the truth itself says that nothing but their name links them. */
export function linkedCustomers({ dataset }: Stack): TruthCustomer[] {
  const { customers, discrepancies } = dataset.truth();
  const unlinked = discrepancies.filter(({ kind }) => kind === 'CUSTOMER_UNLINKED');
  const references = new Set(unlinked.flatMap((discrepancy) => discrepancy.references));
  return customers.filter((customer) => references.isDisjointFrom(new Set(customer.references)));
}

/** Over all pairs of records: how many that were joined belong together, and how many that belong together were. */
export function measure(owners: ReadonlyMap<string, string>, found: ReadonlyMap<string, string>) {
  const references = [...owners.keys()];
  const right = countPairs(references.map((reference) => `${owners.get(reference)} ${found.get(reference)}`));
  const joined = countPairs(references.map((reference) => found.get(reference)!));
  const belonging = countPairs(references.map((reference) => owners.get(reference)!));
  return { precision: right / joined, recall: right / belonging, records: references.length };
}

function countPairs(groups: readonly string[]): number {
  const sizes = Map.groupBy(groups, (group) => group).values();
  return sizes.reduce((sum, { length }) => sum + (length * (length - 1)) / 2, 0);
}

interface Lookup {
  by: LookupBy;
  value: string;
  expect: string | null;
}

function toLookups({ id, references, emails, phone, taxId, orderNumbers, invoiceNumbers }: TruthCustomer): Lookup[] {
  const of = (by: LookupBy, values: readonly (string | null)[]) =>
    values.filter((value) => value !== null).map((value) => ({ by, value, expect: id }));
  return [
    ...of('reference', references),
    ...of('email', emails),
    ...of('phone', [phone]),
    ...of('taxId', [taxId]),
    ...of('orderNumber', orderNumbers),
    ...of('invoiceNumber', invoiceNumbers),
  ];
}

/** Orders and invoices are asked for by reference, as the shop and the accounting find them by number. */
function asked({ dataset }: Stack, { by, value }: Lookup): string | null {
  if (by === 'orderNumber') return `woo:order:${dataset.woo.orderByNumber.get(value)}`;
  if (by !== 'invoiceNumber') return value;
  const [id, ...others] = dataset.fakturownia.invoicesByNumber.get(value) ?? [];
  return others.length > 0 ? null : `fakturownia:invoice:${id}`;
}

function isByGuest({ dataset: { woo } }: Stack, number: string): boolean {
  return woo.orders.get(woo.orderByNumber.get(number) ?? 0)?.customerId === 0;
}

/** The number of the first order of a customer that is known by guest orders alone. */
function guestOrder(id: string | null): string | null {
  return /^guest:(.+)$/.exec(id ?? '')?.[1] ?? null;
}

async function guestsOf({ dataset, ports }: Stack, numbers: readonly string[]): Promise<string[]> {
  const identifiers = numbers.map((number) => {
    return { kind: 'REFERENCE', value: `woo:order:${dataset.woo.orderByNumber.get(number)}` } as const;
  });
  const call = { requestId: 'test', signal: AbortSignal.timeout(60_000), notProvided: () => {} };
  const { found } = await ports.shop.parties({ identifiers }, call);
  return found.map(([reference]) => reference!);
}
