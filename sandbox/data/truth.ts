import { minorToText } from '../server/money.ts';
import type { Customer } from './customer.ts';
import type { Truth, TruthCustomer, TruthLookup } from './truth-types.ts';
import type { World } from './world.ts';

/** The ground truth: what was written down while the customers were made. No record is compared with another here. */
export function tellTruth(world: World): Truth {
  const named = new Map(world.customers.filter(isKnown).map((customer) => [customer, idOf(customer)]));
  const owners = {
    email: ownersOf(named, ({ emails }) => emails),
    phone: ownersOf(named, ({ phones }) => phones),
    taxId: ownersOf(named, ({ taxIds }) => taxIds),
    invoiceNumber: ownersOf(named, ({ invoiceNumbers }) => invoiceNumbers),
  };
  const alone = (by: keyof typeof owners) => (value: string) => owners[by].get(value)?.length === 1;
  return {
    asOf: new Date(world.asOf).toISOString(),
    customers: [...named].map(
      ([customer, id]): TruthCustomer => ({
        id,
        kind: customer.kind,
        references: referencesOf(customer),
        emails: customer.emails.filter(alone('email')),
        taxId: customer.taxIds.find(alone('taxId')) ?? null,
        phone: customer.phones.find(alone('phone')) ?? null,
        orderNumbers: customer.orderNumbers,
        invoiceNumbers: customer.invoiceNumbers.filter(alone('invoiceNumber')),
        overdue: overdueOf(customer),
      }),
    ),
    lookups: [
      ...Object.entries(owners).flatMap(([by, list]) => sharedLookups(by as TruthLookup['by'], list)),
      ...world.lookups,
    ],
    discrepancies: world.discrepancies,
  };
}

type Owners = ReadonlyMap<string, readonly Customer[]>;

function isKnown(customer: Customer): boolean {
  return referencesOf(customer).length > 0 || customer.orderNumbers.length > 0;
}

/** An identifier may stand twice in one customer's list: a number that two of its documents have leads to no one document. */
function ownersOf(named: ReadonlyMap<Customer, string>, listOf: (customer: Customer) => readonly string[]): Owners {
  const owners = new Map<string, Customer[]>();
  for (const customer of named.keys()) {
    for (const value of listOf(customer)) {
      const known = owners.get(value);
      if (known === undefined) owners.set(value, [customer]);
      else known.push(customer);
    }
  }
  return owners;
}

function sharedLookups(by: TruthLookup['by'], owners: Owners): TruthLookup[] {
  return [...owners]
    .filter(([, customers]) => new Set(customers).size > 1)
    .map(([value]) => ({ by, value, expect: 'AMBIGUOUS' }));
}

/** CRM before accounting before shop; the oldest record of a kind, then the smaller id. */
export function idOf(customer: Customer): string {
  return referencesOf(customer)[0] ?? `guest:${customer.orderNumbers[0]}`;
}

/** The strongest first. */
function referencesOf({ companies, contacts, clients, accounts }: Customer): string[] {
  return [
    ...references('hubspot:company', companies),
    ...references('hubspot:contact', contacts),
    ...references('fakturownia:client', clients),
    ...references('woo:customer', accounts),
  ];
}

function references(type: string, records: readonly { id: number; createdAt: number }[]): string[] {
  return [...records].sort((a, b) => a.createdAt - b.createdAt || a.id - b.id).map(({ id }) => `${type}:${id}`);
}

function overdueOf({ overdue }: Customer): TruthCustomer['overdue'] {
  return [...overdue]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([currency, minor]) => ({ amount: minorToText(minor), currency }));
}
