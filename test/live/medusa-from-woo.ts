import type { Dataset } from '../../sandbox/data/dataset.ts';
import type { WooAddress, WooCustomer, WooOrder, WooProduct, WooStore } from '../../sandbox/data/records.ts';
import type { TruthCustomer } from '../../sandbox/data/truth-types.ts';
import { cancelOrder, payOrder, placeOrder, refundPayment, sendOrder } from './medusa-orders.ts';
import { addProduct, type MedusaAddress, type MedusaShop, registerCustomer } from './medusa-shop.ts';

/** Customers of the sandbox whose part of its shop moves to Medusa. */
export interface Movers {
  customers: readonly TruthCustomer[];
  accounts: readonly WooCustomer[];
  orders: readonly WooOrder[];
}

/** More orders than this of one customer would only take longer: Medusa needs up to a second for each. */
const MAX_ORDERS = 12;

/** Those with something in the shop, the first ones that are not too much. */
export function chooseMovers({ woo, truth }: Dataset, count: number): Movers {
  const customers = truth()
    .customers.filter(({ orderNumbers, references }) => orderNumbers.length > 0 || accountIds(references).length > 0)
    .filter(({ orderNumbers }) => orderNumbers.length <= MAX_ORDERS)
    .slice(0, count);
  const accounts = customers.flatMap(({ references }) => accountIds(references).map((id) => woo.customers.get(id)!));
  const numbers = new Set(customers.flatMap(({ orderNumbers }) => orderNumbers));
  const orders = [...woo.orders.values()].filter(({ number }) => numbers.has(number));
  return { customers, accounts, orders };
}

function accountIds(references: readonly string[]): number[] {
  return references.flatMap((reference) => /^woo:customer:(\d+)$/.exec(reference)?.slice(1).map(Number) ?? []);
}

/** Makes the same accounts and orders in Medusa; answers the new id of each account by the old one. */
export async function moveToMedusa(
  shop: MedusaShop,
  { accounts, orders }: Movers,
  woo: WooStore,
): Promise<ReadonlyMap<number, string>> {
  const products = [...new Set(orders.flatMap(({ lines }) => lines.map(({ productId }) => productId)))];
  const variants = new Map<number, string>();
  await inGroups(
    products.map((id) => [woo.products.get(id)!]),
    async (product) => {
      variants.set(product.id, await addProduct(shop, toNewProduct(product)));
    },
  );
  const customers = new Map<number, string>();
  await inGroups(
    accounts.map((account) => [account]),
    async (account) => {
      customers.set(account.id, await registerCustomer(shop, toNewCustomer(account)));
    },
  );
  // Two first orders of one mailbox at the same time would both make its row.
  const byMailbox = Map.groupBy(orders, ({ billing }) => billing.email.toLowerCase());
  await inGroups([...byMailbox.values()], (order) => moveOrder(shop, order, { variants, customers }));
  return customers;
}

function toNewProduct({ sku, name, regularPriceMinor, vat, gtin }: WooProduct) {
  const rate = /^\d+$/.test(vat) ? Number(vat) : 0;
  return {
    title: name,
    sku,
    price: regularPriceMinor / 100,
    stock: 100_000,
    ean: gtin ?? undefined,
    vat: vat === '23' ? undefined : { rate, code: vat },
  };
}

function toNewCustomer({ email, firstName, lastName, billing, nip }: WooCustomer) {
  return {
    email,
    first_name: firstName,
    last_name: lastName,
    company_name: billing.company || undefined,
    phone: billing.phone || undefined,
    address: toAddress(billing),
    metadata: nip === null ? undefined : { nip },
  };
}

function toAddress({
  firstName,
  lastName,
  company,
  street,
  city,
  postcode,
  country,
  phone,
}: WooAddress): MedusaAddress {
  return {
    first_name: firstName,
    last_name: lastName,
    company,
    address_1: street,
    city,
    postal_code: postcode,
    country_code: country.toLowerCase(),
    phone,
  };
}

interface MovedBefore {
  variants: ReadonlyMap<number, string>;
  customers: ReadonlyMap<number, string>;
}

async function moveOrder(shop: MedusaShop, order: WooOrder, { variants, customers }: MovedBefore): Promise<void> {
  const { billing, shipping, lines, shippingMinor, nip, number, currency, status } = order;
  const customerId = customers.get(order.customerId);
  const placed = await placeOrder(shop, {
    ...(customerId === undefined ? { email: billing.email || undefined } : { customerId }),
    currency: currency.toLowerCase(),
    billing: toAddress(billing),
    shipping: toAddress(shipping),
    items: lines.map(({ productId, quantity, totalMinor }) => ({
      variantId: variants.get(productId),
      quantity,
      price: totalMinor / 100 / quantity,
    })),
    postage: shippingMinor / 100,
    metadata: { order_number: number, ...(nip === null ? {} : { nip }) },
  });
  if (status === 'cancelled' || status === 'failed') return cancelOrder(shop, placed);
  const payment = order.paidAt === null ? null : await payOrder(shop, placed);
  if (payment && status === 'refunded') return refundPayment(shop, payment, placed.total, 'Zwrot');
  // Parcels take the longest: one in ten orders has its own.
  const [parcel] = order.id % 10 === 0 ? order.shipments : [];
  if (parcel) {
    const trackingUrl = parcel.link ?? `https://parcels.example/${parcel.number}`;
    await sendOrder(shop, placed, {
      trackingNumber: parcel.number,
      trackingUrl,
      isDelivered: status === 'completed',
    });
  }
}

/** Groups next to each other, the items of each one after the other. Medusa is one process: more at once gains nothing. */
async function inGroups<T>(groups: readonly (readonly T[])[], task: (item: T) => Promise<void>): Promise<void> {
  const queue = groups.values();
  const work = async () => {
    for (const group of queue) for (const item of group) await task(item);
  };
  await Promise.all(Array.from({ length: 3 }, work));
}

/** Points the CRM and the accounting at the accounts under their new ids. */
export function followAccounts({ hubspot, fakturownia }: Dataset, accounts: ReadonlyMap<number, string>): void {
  for (const record of [...hubspot.contacts.values(), ...hubspot.companies.values()]) {
    const moved = record.wooCustomerId === null ? undefined : accounts.get(record.wooCustomerId);
    record.wooCustomerId = null;
    if (moved !== undefined) record.extra = { ...record.extra, woo_customer_id: moved };
  }
  for (const client of fakturownia.clients.values()) {
    const moved = client.externalId === null ? undefined : accounts.get(Number(client.externalId));
    if (client.externalId !== null) fakturownia.clientsByExternalId.delete(client.externalId);
    client.externalId = moved ?? null;
    if (moved !== undefined) fakturownia.clientsByExternalId.set(moved, [client.id]);
  }
}

/** The truth in Medusa's ids. */
export function followTruth(customer: TruthCustomer, accounts: ReadonlyMap<number, string>): TruthCustomer {
  const rename = (reference: string) =>
    reference.replace(/^woo:customer:(\d+)$/, (_all, id: string) => `woo:customer:${accounts.get(Number(id))}`);
  return { ...customer, id: rename(customer.id), references: customer.references.map(rename) };
}
