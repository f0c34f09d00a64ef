import type { Dataset } from './data/dataset.ts';

const PARTNER_CUSTOMERS = 10;

/** As many as fit on a page. */
const MAX_SHOPPER_ORDERS = 20;

type Stores = Pick<Dataset, 'hubspot' | 'woo' | 'fakturownia'>;

/**
 * References of the people whom the sandbox's clients are about: a private person whom all three systems know, the first
 * firms that buy in the shop, and the sales team with the most firms. The same ones for the same data.
 */
export function sandboxPeople(stores: Stores) {
  const { hubspot } = stores;
  const firms = [...hubspot.companies.values()].filter(({ wooCustomerId }) => wooCustomerId !== null);
  const owners = firms.map(({ ownerId }) => hubspot.owners.get(ownerId ?? 0)).filter((owner) => owner !== undefined);
  const team = mostCommon(owners.map((owner) => owner.team));
  return {
    shopper: `woo:customer:${shopperId(stores)}`,
    partnerCustomers: firms
      .map(({ id }) => id)
      .toSorted((a, b) => a - b)
      .slice(0, PARTNER_CUSTOMERS)
      .map((id) => `hubspot:company:${id}`),
    salesTeam: [...hubspot.owners.values()]
      .filter((owner) => owner.team === team)
      .map(({ id }) => `hubspot:owner:${id}`),
  };
}

function shopperId({ hubspot, woo, fakturownia }: Stores): number {
  const contacts = new Set([...hubspot.contacts.values()].map(({ email }) => email));
  const shoppers = [...woo.customers.values()]
    .filter(({ nip, billing }) => nip === null && billing.company === '')
    .map(({ id, email }) => ({
      id,
      orders: woo.ordersByCustomer.get(id)?.length ?? 0,
      systems: [contacts, fakturownia.clientsByEmail].filter((known) => known.has(email.toLowerCase())),
    }))
    .filter(({ orders }) => orders > 0 && orders <= MAX_SHOPPER_ORDERS);
  return (
    shoppers.toSorted((a, b) => b.systems.length - a.systems.length || b.orders - a.orders || a.id - b.id)[0]?.id ?? 0
  );
}

function mostCommon(names: readonly string[]): string | undefined {
  const counts = Map.groupBy(names, (name) => name);
  return [...counts].toSorted(([a, first], [b, second]) => second.length - first.length || (a < b ? -1 : 1))[0]?.[0];
}
