import type { Buyer } from './buyer.ts';
import { billingOf, type Cast, owner, soonAfter } from './cast.ts';
import { type Customer, know } from './customer.ts';
import type { Dice } from './dice.ts';
import { addAccount, addClient, addContact, toBuyer, withoutEmail } from './party-records.ts';
import type { Person } from './persons.ts';
import type { FakturowniaClient, HubspotContact, WooAddress, WooCustomer } from './records.ts';
import { internationalPhone, typeName, typePhone } from './spelling.ts';

/** In which systems a private person is known. */
type Presence = 'account' | 'account+crm' | 'guest' | 'guest+crm' | 'account+guest' | 'crm' | 'accounting';

/** One private person with all its records. */
export function makePrivateCustomer(cast: Cast): void {
  const { dice } = cast;
  const presence = dice.weighted<Presence>([
    [30, 'account'],
    [26, 'account+crm'],
    [22, 'guest'],
    [8, 'guest+crm'],
    [5, 'account+guest'],
    [6, 'crm'],
    [3, 'accounting'],
  ]);
  const customer = cast.world.customer('PERSON');
  const person = cast.people.person();
  if (presence === 'accounting') return void addPersonClient(cast, customer, person);
  const contact = presence.includes('crm') ? addPersonContact(cast, customer, person, presence) : null;
  if (presence !== 'crm') addBuyers(cast, { customer, person, contact }, presence);
}

interface Shopper {
  customer: Customer;
  person: Person;
  contact: HubspotContact | null;
}

function addBuyers(cast: Cast, { customer, person, contact }: Shopper, presence: Presence): void {
  const { dice } = cast;
  const billing = billingOf(cast, person);
  const account = presence.startsWith('account') ? addPersonAccount(cast, customer, person, billing) : null;
  const client = dice.chance(0.2) ? addPersonClient(cast, customer, person) : null;
  linkByIds(dice, { account, client, contact });
  const orders = householdOrders(dice);
  cast.buyers.push(privateBuyer({ customer, person, account, billing, client, orders, since: soonAfter(cast) }));
  if (presence === 'account+guest') {
    const since = soonAfter(cast, 90);
    cast.buyers.push(privateBuyer({ customer, person, account: null, billing, client, orders: dice.int(1, 2), since }));
  }
}

/** Some of what stands in several systems is joined by ids that an integration wrote. */
function linkByIds(
  dice: Dice,
  records: { account: WooCustomer | null; client: FakturowniaClient | null; contact: HubspotContact | null },
): void {
  const { account, client, contact } = records;
  if (contact !== null && account !== null && dice.chance(0.6)) contact.wooCustomerId = account.id;
  if (contact !== null && client !== null && dice.chance(0.4)) contact.fakturowniaClientId = client.id;
}

function addPersonContact(cast: Cast, customer: Customer, person: Person, presence: Presence): HubspotContact {
  const { dice } = cast;
  const hasPhone = dice.chance(0.75);
  if (hasPhone) know(customer.phones, internationalPhone(person.phone));
  return addContact(cast.world, customer, {
    createdAt: soonAfter(cast),
    email: person.email,
    firstName: person.firstName,
    lastName: person.lastName,
    phone: hasPhone ? typePhone(person.phone, dice) : null,
    city: person.home.city,
    lifecycleStage: presence === 'crm' ? dice.pick(['subscriber', 'lead', 'opportunity']) : 'customer',
    ownerId: owner(cast),
    marketingConsent: dice.pick([true, true, false, null]),
  });
}

function addPersonAccount(cast: Cast, customer: Customer, person: Person, billing: WooAddress): WooCustomer {
  const { firstName, lastName } = person;
  return addAccount(cast.world, customer, {
    createdAt: soonAfter(cast),
    email: person.email,
    firstName,
    lastName,
    billing,
  });
}

function addPersonClient(cast: Cast, customer: Customer, person: Person): FakturowniaClient {
  const { dice } = cast;
  return addClient(cast.world, customer, {
    createdAt: soonAfter(cast),
    name: typeName(`${person.firstName} ${person.lastName}`, dice),
    firstName: person.firstName,
    lastName: person.lastName,
    isCompany: false,
    taxNumberKind: 'empty',
    email: person.email,
    phone: dice.chance(0.5) ? typePhone(person.phone, dice) : null,
    street: person.home.street,
    city: person.home.city,
    postCode: person.home.postcode,
  });
}

interface PrivateBuyer {
  customer: Customer;
  person: Person;
  account: WooCustomer | null;
  billing: WooAddress;
  client: FakturowniaClient | null;
  orders: number;
  since: number;
}

export function privateBuyer({ customer, person, account, billing, client, orders, since }: PrivateBuyer): Buyer {
  return {
    customer,
    account,
    billing,
    phone: billing.phone === '' ? null : internationalPhone(person.phone),
    shipping: account?.shipping ?? withoutEmail(billing),
    nip: null,
    nipKey: '_billing_nip',
    channel: 'checkout',
    currency: 'PLN',
    habit: 'household',
    payers: client === null ? [] : [{ client, printed: toBuyer(client), recipientName: null }],
    orders,
    since,
  };
}

/** Most buy once or twice, a few every other month. */
export function householdOrders(dice: Dice): number {
  return dice.weighted([
    [40, 1],
    [22, 2],
    [13, 3],
    [9, 4],
    [6, 5],
    [6, 8],
    [4, 12],
  ]);
}
