import { type Buyer, createBuyer, toPayer } from './buyer.ts';
import { billingOf, type Cast, owner, soonAfter } from './cast.ts';
import { type Customer, know } from './customer.ts';
import { addFirmClient, addFirmCompany, addFirmContact, firmOrders, makeFirmBuyer } from './firm-records.ts';
import { makeFirm } from './firms.ts';
import { addAccount, addClient, addCompany } from './party-records.ts';
import type { Person, Place } from './persons.ts';
import { householdOrders } from './private-customers.ts';
import { addPersonAccount, addPersonClient } from './private-records.ts';
import type { Currency, FakturowniaClient, HubspotCompany } from './records.ts';
import { slug } from './spelling.ts';
import { makeVatNumber, type VatCountry } from './vat-numbers.ts';
import { AMERICAN_FIRMS, CZECH_FIRMS, GERMAN_FIRMS, SLOVAK_FIRMS } from './words.ts';

interface Country {
  readonly code: VatCountry | 'US';
  /** As the CRM has it. */
  readonly name: string;
  readonly currency: Currency;
  readonly firms: readonly string[];
  readonly place: Omit<Place, 'country'>;
}

const COUNTRIES: readonly Country[] = [
  {
    code: 'DE',
    name: 'Germany',
    currency: 'EUR',
    firms: GERMAN_FIRMS,
    place: { street: 'Hauptstraße 12', city: 'Görlitz', postcode: '02826' },
  },
  {
    code: 'CZ',
    name: 'Czech Republic',
    currency: 'CZK',
    firms: CZECH_FIRMS,
    place: { street: 'Náměstí Míru 4', city: 'Třinec', postcode: '739 61' },
  },
  {
    code: 'SK',
    name: 'Slovakia',
    currency: 'EUR',
    firms: SLOVAK_FIRMS,
    place: { street: 'Hlavná 8', city: 'Košice', postcode: '040 01' },
  },
];

const AMERICA: Country = {
  code: 'US',
  name: 'United States',
  currency: 'USD',
  firms: AMERICAN_FIRMS,
  place: { street: '120 Lake Street', city: 'Chicago', postcode: '60601' },
};

/** A firm of another EU country, with a VAT id of its own: goods go to it at 0 %. */
export function makeEuropeanFirm(cast: Cast): void {
  const country = cast.dice.pick(COUNTRIES);
  makeForeignFirm(cast, country, country.code === 'US' ? null : makeVatNumber(country.code, cast.dice));
}

/** A firm outside the EU: it has no tax id that anybody here could check. */
export function makeAmericanFirm(cast: Cast): void {
  makeForeignFirm(cast, AMERICA, null);
}

function makeForeignFirm(cast: Cast, country: Country, vatNumber: string | null): void {
  const { dice, people, world } = cast;
  const customer = world.customer('COMPANY');
  if (vatNumber !== null) know(customer, 'taxIds', vatNumber);
  const name = dice.pick(country.firms);
  const domain = `${slug(name)}-${world.customers.length}.${country.code === 'US' ? 'com' : country.code.toLowerCase()}`;
  const home = { ...country.place, country: country.code };
  const person: Person = { ...people.person(domain), home };
  const company = addForeignCompany(cast, customer, { name, domain, country, vatNumber });
  addFirmContact(cast, customer, person, company);
  const client = addForeignClient(cast, customer, { name, person, vatNumber });
  company.fakturowniaClientId = client.id;
  const billing = billingOf(cast, person, name);
  const { email, firstName, lastName } = person;
  const account = addAccount(world, customer, {
    createdAt: soonAfter(cast),
    email,
    firstName,
    lastName,
    billing,
    nip: vatNumber,
  });
  const payer = toPayer(customer, client);
  if (dice.chance(0.15)) cast.billedByHand.push(payer);
  cast.buyers.push(
    createBuyer({
      customer,
      account,
      billing,
      nip: vatNumber,
      currency: country.currency,
      untaxed: vatNumber === null ? 'export_products' : 'wdt',
      habit: 'firm',
      payers: [payer],
      orders: firmOrders(dice),
      since: soonAfter(cast),
    }),
  );
}

interface ForeignFirm {
  name: string;
  domain: string;
  country: Country;
  vatNumber: string | null;
}

function addForeignCompany(cast: Cast, customer: Customer, firm: ForeignFirm): HubspotCompany {
  const { name, domain, country, vatNumber } = firm;
  return addCompany(cast.world, customer, {
    createdAt: soonAfter(cast),
    name,
    domain,
    street: country.place.street,
    city: country.place.city,
    zip: country.place.postcode,
    country: country.name,
    ownerId: owner(cast),
    nip: vatNumber,
    legalForm: 'FOREIGN',
  });
}

function addForeignClient(
  cast: Cast,
  customer: Customer,
  { name, person, vatNumber }: { name: string; person: Person; vatNumber: string | null },
): FakturowniaClient {
  return addClient(cast.world, customer, {
    createdAt: soonAfter(cast),
    name,
    taxNumber: vatNumber,
    taxNumberKind: vatNumber === null ? 'empty' : 'nip_ue',
    isCompany: true,
    email: person.email,
    street: person.home.street,
    city: person.home.city,
    postCode: person.home.postcode,
    country: person.home.country,
  });
}

/** A Polish firm that keeps its books in euros: with Polish tax, which stands in złoty beside. */
export function makeFirmInEuros(cast: Cast): void {
  const { people, world } = cast;
  const firm = makeFirm(cast, 'SA');
  const customer = world.customer('COMPANY');
  const person = people.person(firm.domain);
  addFirmContact(cast, customer, person, addFirmCompany(cast, customer, firm));
  const payers = [toPayer(customer, addFirmClient(cast, customer, firm, { email: person.email }))];
  cast.buyers.push(makeFirmBuyer(cast, { customer, firm, person, payers, hasAccount: true }, { currency: 'EUR' }));
}

/** A Czech who buys here at home and pays in crowns, with Polish tax: the tax stands in złoty beside. */
export function makeCzechPerson(cast: Cast): void {
  const { dice, people, world } = cast;
  const customer = world.customer('PERSON');
  const person = people.czech();
  const billing = billingOf(cast, person);
  const account = addPersonAccount(cast, customer, person, billing);
  const payers = [toPayer(customer, addPersonClient(cast, customer, person))];
  const buyer: Buyer = createBuyer({
    customer,
    account,
    billing,
    currency: 'CZK',
    habit: 'household',
    payers,
    orders: householdOrders(dice),
    since: soonAfter(cast),
  });
  cast.buyers.push(buyer);
}
