import { type Cast, owner, soonAfter } from './cast.ts';
import { type Customer, know } from './customer.ts';
import { addAccount, addClient, addContact } from './party-records.ts';
import type { Person } from './persons.ts';
import type { FakturowniaClient, HubspotContact, WooAddress, WooCustomer } from './records.ts';
import { internationalPhone, typeName, typePhone } from './spelling.ts';

/** The records of one private person. What `values` say is otherwise than usual. */
export function addPersonContact(
  cast: Cast,
  customer: Customer,
  person: Person,
  values: Partial<HubspotContact> = {},
): HubspotContact {
  const { dice } = cast;
  const phone =
    values.phone === undefined && dice.chance(0.75) ? typePhone(person.phone, dice) : (values.phone ?? null);
  if (phone !== null) know(customer, 'phones', internationalPhone(person.phone));
  return addContact(cast.world, customer, {
    createdAt: soonAfter(cast),
    email: person.email,
    firstName: person.firstName,
    lastName: person.lastName,
    city: person.home.city,
    ownerId: owner(cast),
    marketingConsent: dice.pick([true, true, false, null]),
    ...values,
    phone,
  });
}

export function addPersonAccount(cast: Cast, customer: Customer, person: Person, billing: WooAddress): WooCustomer {
  const { firstName, lastName, email } = person;
  return addAccount(cast.world, customer, { createdAt: soonAfter(cast), email, firstName, lastName, billing });
}

export function addPersonClient(
  cast: Cast,
  customer: Customer,
  person: Person,
  values: Partial<FakturowniaClient> = {},
): FakturowniaClient {
  const { dice } = cast;
  return addClient(cast.world, customer, {
    createdAt: soonAfter(cast),
    name: typeName(`${person.firstName} ${person.lastName}`, dice),
    firstName: person.firstName,
    lastName: person.lastName,
    isCompany: false,
    taxNumberKind: 'empty',
    email: person.email,
    phone: person.home.country === 'PL' && dice.chance(0.5) ? typePhone(person.phone, dice) : null,
    street: person.home.street,
    city: person.home.city,
    postCode: person.home.postcode,
    country: person.home.country,
    ...values,
  });
}

/** E.164 of what `billingOf` writes. */
export function phoneOf({ home, phone }: Person): string | null {
  return home.country === 'PL' ? internationalPhone(phone) : null;
}
