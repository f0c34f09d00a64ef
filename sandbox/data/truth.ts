import { minorToText } from '../server/money.ts';
import type { Customer } from './customer.ts';
import { moreLookups } from './lookups.ts';
import type { Truth, TruthCustomer, TruthDiscrepancy, TruthLookup } from './truth-types.ts';
import type { World } from './world.ts';

/** The ground truth: what was written down while the customers were made. No record is compared with another here. */
export function tellTruth(world: World, discrepancies: readonly TruthDiscrepancy[]): Truth {
  const known = world.customers.filter(isInAnySystem);
  const owners: Record<Identifier, Owners> = {
    email: ownersOf(known, ({ emails }) => emails),
    phone: ownersOf(known, ({ phones }) => phones),
    taxId: ownersOf(known, ({ taxIds }) => taxIds),
    invoiceNumber: ownersOf(known, ({ invoiceNumbers }) => invoiceNumbers),
  };
  const isOneCustomers = (by: Identifier) => (value: string) => owners[by].get(value)?.length === 1;
  const customers = known.map(
    (customer): TruthCustomer => ({
      id: idOf(customer),
      kind: customer.kind,
      references: referencesOf(customer),
      emails: customer.emails.filter(isOneCustomers('email')),
      taxId: customer.taxIds.find(isOneCustomers('taxId')) ?? null,
      phone: customer.phones.find(isOneCustomers('phone')) ?? null,
      orderNumbers: customer.orderNumbers,
      invoiceNumbers: customer.invoiceNumbers.filter(isOneCustomers('invoiceNumber')),
      overdue: overdueOf(customer),
    }),
  );
  const shared = IDENTIFIERS.flatMap((by) => sharedLookups(by, owners[by]));
  return {
    asOf: new Date(world.asOf).toISOString(),
    customers,
    lookups: [...shared, ...moreLookups(world, customers, idOf)],
    discrepancies,
  };
}

const IDENTIFIERS = ['email', 'phone', 'taxId', 'invoiceNumber'] as const;
type Identifier = (typeof IDENTIFIERS)[number];

/** A number that two documents of one customer bear stands there twice: it leads to no one document. */
type Owners = ReadonlyMap<string, readonly Customer[]>;

function isInAnySystem(customer: Customer): boolean {
  return referencesOf(customer).length > 0 || customer.orderNumbers.length > 0;
}

function ownersOf(customers: readonly Customer[], listOf: (customer: Customer) => readonly string[]): Owners {
  const owners = new Map<string, Customer[]>();
  for (const customer of customers) {
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

/** Of the strongest record: CRM before accounting before shop; the oldest of a kind, then the smaller id. */
function idOf(customer: Customer): string {
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
  return [...(overdue ?? [])]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([currency, minor]) => ({ amount: minorToText(minor), currency }));
}
