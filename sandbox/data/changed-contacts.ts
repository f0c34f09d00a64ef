import { type Buyer, createBuyer } from './buyer.ts';
import { billingOf, type Cast, soonAfter } from './cast.ts';
import type { Customer } from './customer.ts';
import { referenceTo } from './labels.ts';
import type { Person } from './persons.ts';
import { householdOrders } from './private-customers.ts';
import { addPersonAccount, addPersonContact, phoneOf } from './private-records.ts';
import { typePhone } from './spelling.ts';

/** The mailbox was changed in the CRM, where the old one stays as a secondary; the shop still has the old one. */
export function makePersonWithNewMailbox(cast: Cast): void {
  const { people, world } = cast;
  const customer = world.customer('PERSON');
  const person = people.person();
  const email = people.mailbox(person.email.split('@')[0]!, 'proton.me');
  addPersonContact(cast, customer, person, { email, additionalEmails: [person.email] });
  pushShopper(cast, customer, person, true);
  // Since then she has ordered without signing in, from the new one.
  if (cast.dice.chance(0.5)) pushShopper(cast, customer, { ...person, email }, false);
}

/** Two contacts that staff have merged: the old ids and mailboxes lead to the survivor. */
export function makeMergedContact(cast: Cast): void {
  const { dice, people, world } = cast;
  const customer = world.customer('PERSON');
  const person = people.person();
  const others = [people.mailbox(person.email.split('@')[0]!, 'outlook.com')];
  const mergedIds = Array.from({ length: dice.int(1, 2) }, () => world.ids.hubspot());
  const contact = addPersonContact(cast, customer, person, { additionalEmails: others, mergedIds });
  world.lookAlso(customer, { by: 'reference', value: referenceTo.contact({ id: mergedIds[0]! }) });
  pushShopper(cast, customer, dice.chance(0.5) ? person : { ...person, email: others[0]! }, dice.chance(0.7));
  contact.updatedAt = soonAfter(cast, 60);
}

/** Somebody who stands in the CRM twice, with two mailboxes and one telephone. */
export function makeDuplicateContact(cast: Cast): void {
  const { dice, people, world } = cast;
  const customer = world.customer('PERSON');
  const person = people.person();
  const other = { ...person, email: people.mailbox(person.email.split('@')[0]!, 'outlook.com') };
  const contacts = [person, other].map((each) =>
    addPersonContact(cast, customer, each, { phone: typePhone(person.phone, dice) }),
  );
  world.labels.add('DUPLICATE_CUSTOMER', () => contacts.map(referenceTo.contact));
  const { account } = pushShopper(cast, customer, person, true);
  contacts[0]!.wooCustomerId = account!.id;
}

/** Somebody whom the CRM knows by telephone alone: that and the name join the contact with what she orders. */
export function makeContactWithoutMailbox(cast: Cast): void {
  const { people, world } = cast;
  const customer = world.customer('PERSON');
  const person = people.person();
  addPersonContact(cast, customer, person, { email: null, phone: typePhone(person.phone, cast.dice) });
  pushShopper(cast, customer, person, false);
}

/** One person in two systems with two mailboxes and no telephone: nothing in the records joins them. */
export function makeUnlinkedPerson(cast: Cast): void {
  const { people, world } = cast;
  const customer = world.customer('PERSON');
  const person = people.person();
  const contact = addPersonContact(cast, customer, person, { phone: null });
  const elsewhere = { ...person, email: people.mailbox('sklep', `poczta-${world.customers.length}.pl`) };
  const { account } = pushShopper(cast, customer, elsewhere, true, false);
  world.labels.add('CUSTOMER_UNLINKED', () => [referenceTo.contact(contact), referenceTo.account(account!)]);
}

function pushShopper(cast: Cast, customer: Customer, person: Person, hasAccount: boolean, hasPhone = true): Buyer {
  const { dice } = cast;
  const billing = { ...billingOf(cast, person), ...(hasPhone ? {} : { phone: '' }) };
  const buyer = createBuyer({
    customer,
    account: hasAccount ? addPersonAccount(cast, customer, person, billing) : null,
    billing,
    phone: hasPhone ? phoneOf(person) : null,
    habit: 'household',
    payers: [],
    orders: householdOrders(dice),
    since: soonAfter(cast),
  });
  cast.buyers.push(buyer);
  return buyer;
}
