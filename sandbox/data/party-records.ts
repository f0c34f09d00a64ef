import { type Customer, know, note } from './customer.ts';
import { putClient, putContact, putShopCustomer, takeClientOut } from './put.ts';
import type {
  FakturowniaBuyer,
  FakturowniaClient,
  HubspotCompany,
  HubspotContact,
  WooAddress,
  WooCustomer,
} from './records.ts';
import { slug } from './spelling.ts';
import type { World } from './world.ts';

/** Makes records of people and firms, and writes down whose they are and by what they are found. */

type Values<T, Needed extends keyof T> = Partial<T> & Pick<T, Needed>;

const NO_TEXTS: readonly string[] = [];
const NO_IDS: readonly number[] = [];

/** `customer` null = nobody's. */
export function addContact(
  world: World,
  customer: Customer,
  values: Values<HubspotContact, 'createdAt' | 'email' | 'firstName' | 'lastName'>,
): HubspotContact {
  const contact: HubspotContact = {
    id: world.ids.hubspot(),
    updatedAt: values.createdAt,
    archived: false,
    extra: null,
    additionalEmails: NO_TEXTS,
    phone: null,
    mobilePhone: null,
    street: null,
    city: null,
    zip: null,
    country: null,
    lifecycleStage: 'customer',
    ownerId: null,
    wooCustomerId: null,
    fakturowniaClientId: null,
    mergedIds: NO_IDS,
    marketingConsent: null,
    ...values,
  };
  putContact(world.hubspot, contact);
  note(customer, 'contacts', contact);
  for (const email of [contact.email, ...contact.additionalEmails]) if (email !== null) know(customer, 'emails', email);
  return contact;
}

export function addCompany(
  world: World,
  customer: Customer,
  values: Values<HubspotCompany, 'createdAt' | 'name'>,
): HubspotCompany {
  const company: HubspotCompany = {
    id: world.ids.hubspot(),
    updatedAt: values.createdAt,
    archived: false,
    extra: null,
    domain: null,
    phone: null,
    street: null,
    city: null,
    zip: null,
    country: 'Polska',
    lifecycleStage: 'customer',
    ownerId: null,
    nip: null,
    internalUnit: null,
    legalForm: null,
    wooCustomerId: null,
    fakturowniaClientId: null,
    ...values,
  };
  world.hubspot.companies.set(company.id, company);
  note(customer, 'companies', company);
  return company;
}

export function addAccount(
  world: World,
  customer: Customer,
  values: Values<WooCustomer, 'createdAt' | 'email' | 'firstName' | 'lastName' | 'billing'>,
): WooCustomer {
  const id = world.ids.wooUser();
  const account: WooCustomer = {
    id,
    modifiedAt: values.createdAt,
    username: slug(values.email.split('@', 1)[0] ?? '') || `klient${id}`,
    shipping: withoutEmail(values.billing),
    nip: null,
    nipKey: '_billing_nip',
    meta: [],
    ...values,
  };
  putShopCustomer(world.woo, account);
  note(customer, 'accounts', account);
  know(customer, 'emails', account.email.toLowerCase());
  return account;
}

export function addClient(
  world: World,
  customer: Customer | null,
  values: Values<FakturowniaClient, 'createdAt' | 'name' | 'isCompany'>,
): FakturowniaClient {
  const client: FakturowniaClient = {
    id: world.ids.client(),
    updatedAt: values.createdAt,
    taxNumber: null,
    taxNumberKind: '',
    firstName: null,
    lastName: null,
    email: null,
    phone: null,
    street: null,
    city: null,
    postCode: null,
    country: 'PL',
    externalId: null,
    note: null,
    ...values,
  };
  putClient(world.fakturownia, client);
  if (customer === null) return client;
  note(customer, 'clients', client);
  // Several addresses in one field are found by none of them.
  if (client.email?.includes(',') === false) know(customer, 'emails', client.email.toLowerCase());
  return client;
}

/** An integration wrote the shop's id of the buyer into the client. */
export function holdShopId(world: World, client: FakturowniaClient, account: WooCustomer): void {
  takeClientOut(world.fakturownia, client);
  client.externalId = String(account.id);
  putClient(world.fakturownia, client);
}

/** The client as it is printed on a document. */
export function toBuyer(client: FakturowniaClient): FakturowniaBuyer {
  const { name, taxNumber, taxNumberKind, firstName, lastName, isCompany } = client;
  const { email, phone, street, city, postCode, country } = client;
  return {
    name,
    taxNumber,
    taxNumberKind,
    firstName,
    lastName,
    isCompany,
    email,
    phone,
    street,
    city,
    postCode,
    country,
  };
}

/** Shipping addresses have no mailbox. */
export function withoutEmail(billing: WooAddress): WooAddress {
  return { ...billing, email: '' };
}
