import { type Buyer, createBuyer, toPayer } from './buyer.ts';
import { billingOf, type Cast, soonAfter } from './cast.ts';
import { addFirmClient, addFirmCompany, addFirmContact, makeFirmBuyer } from './firm-records.ts';
import { makeFirm } from './firms.ts';
import { referenceTo } from './labels.ts';
import type { Person } from './persons.ts';
import { PLACEHOLDERS } from './placeholders.ts';
import { addPersonAccount, addPersonClient, phoneOf } from './private-records.ts';
import { slug } from './spelling.ts';

/** Somebody from a marketplace, who hides the buyer's mailbox behind one of its own. */
export function makeMarketplaceGuest(cast: Cast): void {
  const { dice, people, world } = cast;
  const person = people.person();
  const isAllegro = dice.chance(0.75);
  const code = dice.int(1_000_000, 99_999_999).toString(36);
  const email = isAllegro ? `${code}+${dice.int(1000, 9999)}@allegromail.pl` : `${code}@marketplace.amazon.pl`;
  const billing = { ...billingOf(cast, person), email };
  pushGuest(cast, {
    customer: world.customer('PERSON'),
    billing,
    phone: phoneOf(person),
    hasOwnMailbox: false,
    channel: isAllegro ? 'allegro' : 'amazon',
    orders: dice.chance(0.2) ? 2 : 1,
  });
}

/** Somebody who ordered by telephone: the shop's form wanted a mailbox and a number, so staff typed something. */
export function makeTelephoneGuest(cast: Cast): void {
  const { world } = cast;
  const person = strangerOf(cast);
  const billing = { ...billingOf(cast, person), email: PLACEHOLDERS.email, phone: PLACEHOLDERS.phone };
  pushGuest(cast, {
    customer: world.customer('PERSON'),
    billing,
    phone: null,
    hasOwnMailbox: false,
    channel: 'admin',
    orders: 1,
  });
}

/** Nothing but the name tells these guests apart, so no two have the same one. */
function strangerOf(cast: Cast): Person {
  const person = cast.people.person();
  const name = slug(`${person.firstName} ${person.lastName}`);
  if (cast.telephoneNames.has(name)) return strangerOf(cast);
  cast.telephoneNames.add(name);
  return person;
}

type Guest = Pick<Buyer, 'customer' | 'billing' | 'phone' | 'hasOwnMailbox' | 'channel' | 'orders'>;

function pushGuest(cast: Cast, guest: Guest): void {
  cast.buyers.push(createBuyer({ ...guest, habit: 'household', payers: [], since: soonAfter(cast) }));
}

/** A person whose client bears the NIP of nobody, because the form wanted one. */
export function makePersonWithPlaceholderNip(cast: Cast): void {
  const { dice, people, world } = cast;
  const customer = world.customer('PERSON');
  const person = people.person();
  const billing = billingOf(cast, person);
  const account = addPersonAccount(cast, customer, person, billing);
  const client = addPersonClient(cast, customer, person, { taxNumber: PLACEHOLDERS.taxId, taxNumberKind: '' });
  world.labels.add('TAX_ID_INVALID', () => [referenceTo.client(client)]);
  const payers = [toPayer(customer, client)];
  const orders = dice.int(1, 3);
  const phone = phoneOf(person);
  cast.buyers.push(
    createBuyer({ customer, account, billing, phone, habit: 'household', payers, orders, since: soonAfter(cast) }),
  );
}

/** A firm whose client has the mailbox and the telephone of nobody. */
export function makeFirmWithPlaceholders(cast: Cast): void {
  const { people, world } = cast;
  const firm = makeFirm(cast, 'SPZOO');
  const customer = world.customer('COMPANY');
  const person = people.person(firm.domain);
  addFirmContact(cast, customer, person, addFirmCompany(cast, customer, firm));
  const client = addFirmClient(cast, customer, firm, { email: PLACEHOLDERS.email, phone: PLACEHOLDERS.phone });
  const payers = [toPayer(customer, client)];
  cast.buyers.push(makeFirmBuyer(cast, { customer, firm, person, payers, hasAccount: true }));
}
