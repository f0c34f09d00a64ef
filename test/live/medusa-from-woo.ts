import type { Dataset } from '../../sandbox/data/dataset.ts';
import type {
  WooAddress,
  WooCustomer,
  WooOrder,
  WooProduct,
  WooShipment,
  WooStore,
} from '../../sandbox/data/records.ts';
import type { TruthCustomer } from '../../sandbox/data/truth-types.ts';
import { linkableCustomers } from '../e2e/customer-360-contract.ts';
import {
  cancelOrder,
  type NewOrder,
  type PlacedOrder,
  payOrder,
  placeOrder,
  refundPayment,
  sendOrder,
} from './medusa-orders.ts';
import { addProduct, type MedusaAddress, type MedusaShop, registerCustomer } from './medusa-shop.ts';

/** Customers of the sandbox whose part of its shop moves to Medusa. */
export interface Movers {
  customers: readonly TruthCustomer[];
  accounts: readonly WooCustomer[];
  orders: readonly WooOrder[];
}

/** More orders than this of one customer would only take longer: Medusa needs up to a second for each. */
const MAX_ORDERS = 12;

/** The first ones with something in the shop that is not too much, and with records that can be known to be theirs. */
export function chooseMovers({ woo, truth }: Dataset, count: number): Movers {
  const customers = linkableCustomers(truth())
    .filter(({ orderNumbers, references }) => orderNumbers.length > 0 || accountIds(references).length > 0)
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

/** What became of accounts and orders, by their ids in WooCommerce. */
export interface Moved {
  accounts: ReadonlyMap<number, string>;
  orders: ReadonlyMap<number, PlacedOrder>;
}

/** Makes the same accounts and orders in Medusa. */
export async function moveToMedusa(shop: MedusaShop, { accounts, orders }: Movers, woo: WooStore): Promise<Moved> {
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
  const placed = new Map<number, PlacedOrder>();
  await inGroups([...byMailbox.values()], async (order) => {
    placed.set(order.id, await moveOrder(shop, order, { variants, customers }));
  });
  return { accounts: customers, orders: placed };
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

async function moveOrder(shop: MedusaShop, order: WooOrder, moved: MovedBefore): Promise<PlacedOrder> {
  const placed = await placeOrder(shop, toNewOrder(order, moved));
  const { status, paidAt, shipments } = order;
  if (status === 'cancelled' || status === 'failed') {
    await cancelOrder(shop, placed);
    return placed;
  }
  const payment = paidAt === null ? null : await payOrder(shop, placed);
  if (payment && status === 'refunded') await refundPayment(shop, payment, placed.total, 'Zwrot');
  // Parcels take the longest: one in ten orders has its own.
  const [parcel] = order.id % 10 === 0 ? shipments : [];
  if (parcel) await sendParcel(shop, placed, parcel, status === 'completed');
  return placed;
}

function toNewOrder(order: WooOrder, { variants, customers }: MovedBefore): NewOrder {
  const { billing, shipping, lines, shippingMinor, nip, number, currency } = order;
  const customerId = customers.get(order.customerId);
  return {
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
  };
}

async function sendParcel(shop: MedusaShop, order: PlacedOrder, { number, link }: WooShipment, isDelivered: boolean) {
  const trackingUrl = link ?? `https://parcels.example/${number}`;
  await sendOrder(shop, order, { trackingNumber: number, trackingUrl, isDelivered });
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

/** A reference of the truth in Medusa's ids; one that leads nowhere stays as it is. */
export function followReference(reference: string, { accounts, orders }: Moved): string {
  const [, type, id] = /^woo:(customer|order):(\d+)$/.exec(reference) ?? [];
  const moved = type === 'order' ? orders.get(Number(id))?.id : accounts.get(Number(id));
  return moved === undefined ? reference : `woo:${type}:${moved}`;
}
