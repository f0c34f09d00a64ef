import type { Dataset } from '../../sandbox/data/dataset.ts';
import type { TruthCustomer } from '../../sandbox/data/truth-types.ts';
import type { Vendor } from '../../sandbox/server/vendors.ts';

/** What the vendors' APIs can't batch, counted in a customer or a page of them. See each connector's and identity's NOTES.md. */
export interface Facts {
  emails: number;
  taxIds: number;
  firms: number;
  /** Records in the CRM. */
  contacts: number;
  accounts: number;
  clients: number;
  guests: number;
}

/** What to select of a customer for `factsOf`. */
export const FACTS = '{ emails phones taxIdentifiers { value } sources { system reference } }';

export interface FactFields {
  emails: string[];
  taxIdentifiers: { value: string }[];
  sources: { system: string; reference: string }[];
}

export function factsOf(customers: readonly FactFields[]): Facts {
  const sources = customers.flatMap((customer) => customer.sources);
  const having = (prefix: string) => sources.filter(({ reference }) => reference.startsWith(prefix)).length;
  return {
    emails: new Set(customers.flatMap(({ emails }) => emails)).size,
    taxIds: new Set(customers.flatMap(({ taxIdentifiers }) => taxIdentifiers.map(({ value }) => value))).size,
    firms: customers.filter(({ taxIdentifiers }) => taxIdentifiers.length > 0).length,
    contacts: sources.filter(({ system }) => system === 'CRM').length,
    accounts: having('woo:customer:'),
    clients: having('fakturownia:client:'),
    guests: having('woo:guest:'),
  };
}

/** Reads that cost a call for each record. */
export interface FollowUps {
  /** Orders with refunds. */
  refunded: number;
  /** Documents with payments. */
  paid: number;
}

export function followUpsOf({ references }: TruthCustomer, { woo, fakturownia }: Dataset): FollowUps {
  const idsOf = (prefix: string) =>
    references.filter((one) => one.startsWith(prefix)).map((one) => Number(one.split(':')[2]));
  const orders = idsOf('woo:customer:').flatMap((id) => woo.ordersByCustomer.get(id) ?? []);
  const invoices = idsOf('fakturownia:client:').flatMap((id) => fakturownia.invoicesByClient.get(id) ?? []);
  return {
    refunded: orders.filter((id) => woo.orders.get(id)!.refundIds.length > 0).length,
    paid: invoices.filter((id) => fakturownia.invoices.get(id)!.paidMinor !== 0).length,
  };
}

/** The most calls that a cold customer 360 may cost, by vendor and route; of HubSpot all routes together. */
export function unavoidableCalls({ emails, taxIds, firms, contacts, accounts, clients }: Facts, follow: FollowUps) {
  return {
    // 9 to work out who it is, 1 a record for its associations, 1 for the owners, 1 for each kind of item that there is.
    hubspot: 9 + contacts + 1 + 7,
    woo: {
      // Guests by one address, buyers by one firm's name, all orders of one account.
      'GET /wp-json/wc/v3/orders': emails + firms + accounts,
      // Accounts by one address; all others in batches.
      'GET /wp-json/wc/v3/customers': emails + 1,
      // Refunds, with their goods and dates, are listed an order at a time.
      'GET /wp-json/wc/v3/orders/:id/refunds': follow.refunded,
    },
    fakturownia: {
      // Payments come with one document at a time.
      'GET /invoices/:id.json': follow.paid,
      // Clients by one address, one tax id (as it may be typed in two ways), one other system's id.
      'GET /clients.json': emails + 2 * taxIds + accounts,
      // Documents of one client.
      'GET /invoices.json': clients,
    },
  } as const satisfies Record<Vendor, unknown>;
}

/** With refunds and payments, which cost calls of their own, and few enough documents for one page. */
export function knownToAll(dataset: Dataset): TruthCustomer[] {
  const prefixes = ['hubspot:', 'woo:customer:', 'fakturownia:client:'];
  return dataset.truth().customers.filter((customer) => {
    const { references, orderNumbers } = customer;
    const isKnown = prefixes.every((prefix) => references.some((reference) => reference.startsWith(prefix)));
    const { refunded, paid } = followUpsOf(customer, dataset);
    return isKnown && refunded > 0 && paid > 0 && orderNumbers.length < 50;
  });
}
