import { appended } from './append.ts';
import type {
  FakturowniaClient,
  FakturowniaInvoice,
  FakturowniaPayment,
  FakturowniaStore,
  HubspotContact,
  HubspotStore,
  WooCustomer,
  WooOrder,
  WooStore,
} from './records.ts';
import { comparableTaxNumber } from './tax-number.ts';

/** Puts records where they belong, and under every index that finds them. */
export function putContact(store: HubspotStore, contact: HubspotContact): void {
  store.contacts.set(contact.id, contact);
  for (const old of contact.mergedIds) store.mergedContacts.set(old, contact.id);
}

export function putShopCustomer(store: WooStore, customer: WooCustomer): void {
  store.customers.set(customer.id, customer);
  store.customerByEmail.set(customer.email.toLowerCase(), customer.id);
}

export function putOrder(store: WooStore, order: WooOrder): void {
  store.orders.set(order.id, order);
  store.orderByNumber.set(order.number, order.id);
  if (order.customerId !== 0) add(store.ordersByCustomer, order.customerId, order.id);
}

export function putClient(store: FakturowniaStore, client: FakturowniaClient): void {
  store.clients.set(client.id, client);
  for (const [index, key] of clientKeys(store, client)) add(index, key, client.id);
}

/** Before a client changes: `putClient` finds its new keys, not its old ones. */
export function takeClientOut(store: FakturowniaStore, client: FakturowniaClient): void {
  for (const [index, key] of clientKeys(store, client)) {
    index.set(
      key,
      (index.get(key) ?? []).filter((id) => id !== client.id),
    );
  }
}

function clientKeys(store: FakturowniaStore, client: FakturowniaClient): (readonly [Map<string, number[]>, string])[] {
  const { email, taxNumber, externalId } = client;
  return [
    ...(email === null ? [] : [[store.clientsByEmail, email.toLowerCase()] as const]),
    ...(taxNumber === null ? [] : [[store.clientsByTaxNumber, comparableTaxNumber(taxNumber)] as const]),
    ...(externalId === null ? [] : [[store.clientsByExternalId, externalId] as const]),
  ];
}

export function putInvoice(store: FakturowniaStore, invoice: FakturowniaInvoice): void {
  store.invoices.set(invoice.id, invoice);
  add(store.invoicesByClient, invoice.clientId, invoice.id);
  add(store.invoicesByNumber, invoice.number, invoice.id);
  if (invoice.oid !== null) add(store.invoicesByOid, invoice.oid, invoice.id);
}

export function putPayment(store: FakturowniaStore, payment: FakturowniaPayment): void {
  store.payments.set(payment.id, payment);
  for (const invoiceId of payment.invoiceIds) add(store.paymentsByInvoice, invoiceId, payment.id);
}

function add<K>(index: Map<K, number[]>, key: K, id: number): void {
  index.set(key, appended(index.get(key) ?? [], id));
}
