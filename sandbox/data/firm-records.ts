import { type Buyer, createBuyer } from './buyer.ts';
import { billingOf, type Cast, owner, soonAfter } from './cast.ts';
import { type Customer, know } from './customer.ts';
import type { Dice } from './dice.ts';
import { type Firm, typeFirmName } from './firms.ts';
import { addAccount, addClient, addCompany, addContact } from './party-records.ts';
import type { Person } from './persons.ts';
import type { FakturowniaClient, HubspotCompany, HubspotContact } from './records.ts';
import { internationalPhone, typeNip, typePhone } from './spelling.ts';

/** The records of one Polish firm and its people. What `values` say is otherwise than usual. */
export function addFirmCompany(
  cast: Cast,
  customer: Customer,
  firm: Firm,
  values: Partial<HubspotCompany> = {},
): HubspotCompany {
  const { dice } = cast;
  know(customer, 'taxIds', firm.nip);
  return addCompany(cast.world, customer, {
    createdAt: soonAfter(cast),
    name: typeFirmName(firm.name, dice),
    domain: firm.trader === null ? firm.domain : null,
    phone: typePhone(firm.landline, dice),
    street: firm.place.street,
    city: firm.place.city,
    zip: firm.place.postcode,
    ownerId: owner(cast),
    nip: typeNip(firm.nip, dice),
    legalForm: firm.legalForm,
    ...values,
  });
}

export function addFirmContact(
  cast: Cast,
  customer: Customer,
  person: Person,
  company: HubspotCompany,
): HubspotContact {
  const { dice, world } = cast;
  const typed = person.home.country === 'PL' && dice.chance(0.8) ? typePhone(person.phone, dice) : null;
  if (typed !== null) know(customer, 'phones', internationalPhone(person.phone));
  const isMobile = dice.chance(0.4);
  const contact = addContact(world, customer, {
    createdAt: soonAfter(cast),
    email: person.email,
    firstName: person.firstName,
    lastName: person.lastName,
    phone: isMobile ? null : typed,
    mobilePhone: isMobile ? typed : null,
    ownerId: company.ownerId,
  });
  world.hubspot.associations.link('contacts', contact.id, 'companies', company.id);
  return contact;
}

export function addFirmClient(
  cast: Cast,
  customer: Customer,
  firm: Firm,
  values: Partial<FakturowniaClient> & Pick<FakturowniaClient, 'email'>,
): FakturowniaClient {
  const { dice, world } = cast;
  know(customer, 'taxIds', firm.nip);
  return addClient(world, customer, {
    createdAt: soonAfter(cast),
    name: typeFirmName(firm.name, dice),
    taxNumber: typeDigits(firm.nip, dice),
    isCompany: true,
    phone: dice.chance(0.5) ? typePhone(firm.landline, dice) : null,
    street: firm.place.street,
    city: firm.place.city,
    postCode: firm.place.postcode,
    ...values,
  });
}

/** The vendor compares numbers without their hyphens, but it knows no country in them. */
function typeDigits(nip: string, dice: Dice): string {
  return typeNip(nip, dice).replace(/^PL/, '');
}

type FirmBuyerNeeds = Pick<Buyer, 'customer' | 'payers'> & { firm: Firm; person: Person; hasAccount: boolean };

/** Somebody of the firm who orders for it: in the firm's name, or in its own while the firm is invoiced. */
export function makeFirmBuyer(
  cast: Cast,
  { customer, firm, person, payers, hasAccount }: FirmBuyerNeeds,
  values: Partial<Buyer> & { isInFirmsName?: boolean } = {},
): Buyer {
  const { dice } = cast;
  const { isInFirmsName = true, ...others } = values;
  const billing = billingOf(cast, person, isInFirmsName ? typeFirmName(firm.name, dice) : '', firm.place);
  const nip = isInFirmsName ? typeNip(firm.nip, dice) : null;
  const nipKey = dice.pick(['_billing_nip', '_billing_nip', 'billing_nip', '_billing_vat']);
  const { email, firstName, lastName } = person;
  const account = hasAccount
    ? addAccount(cast.world, customer, {
        createdAt: soonAfter(cast),
        email,
        firstName,
        lastName,
        billing,
        nip,
        nipKey,
      })
    : null;
  return createBuyer({
    customer,
    account,
    billing,
    phone: person.home.country === 'PL' ? internationalPhone(person.phone) : null,
    nip,
    nipKey,
    channel: dice.chance(0.1) ? 'admin' : 'checkout',
    habit: 'firm',
    invoicing: dice.chance(0.1) ? 'at once' : 'each',
    payers,
    orders: firmOrders(dice),
    since: soonAfter(cast),
    ...others,
  });
}

export function firmOrders(dice: Dice): number {
  return dice.weighted([
    [25, 1],
    [22, 2],
    [18, 3],
    [14, 4],
    [10, 6],
    [7, 9],
    [4, 14],
  ]);
}
