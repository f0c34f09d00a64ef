import type { Buyer, Payer } from './buyer.ts';
import { billingOf, type Cast, owner, soonAfter } from './cast.ts';
import { type Customer, know } from './customer.ts';
import type { Dice } from './dice.ts';
import { type Firm, makeFirm, typeFirmName } from './firms.ts';
import { addAccount, addClient, addCompany, addContact, toBuyer } from './party-records.ts';
import type { Person } from './persons.ts';
import type { FakturowniaClient, HubspotCompany, HubspotContact, WooCustomer } from './records.ts';
import { internationalPhone, typeNip, typePhone } from './spelling.ts';

/** In which systems a firm is known. */
type Presence = 'all' | 'shop+accounting' | 'crm+accounting' | 'crm';

/** One Polish firm with its people and all its records. */
export function makeFirmCustomer(cast: Cast): void {
  const { dice } = cast;
  const presence = dice.weighted<Presence>([
    [60, 'all'],
    [22, 'shop+accounting'],
    [6, 'crm+accounting'],
    [12, 'crm'],
  ]);
  // What only shop and accounting know is told to be one human's firm by nothing but its name.
  const legalForm = dice.weighted<Firm['legalForm']>(
    presence === 'shop+accounting'
      ? [[1, 'SPZOO']]
      : [
          [6, 'SPZOO'],
          [1, 'SA'],
          [4, 'JDG'],
        ],
  );
  const firm = makeFirm(cast, legalForm);
  const customer = cast.world.customer(legalForm === 'JDG' ? 'SOLE_TRADER' : 'COMPANY');
  const staff = makeStaff(cast, firm);
  const company = presence === 'shop+accounting' ? null : addFirmCompany(cast, customer, firm);
  const contacts = company === null ? [] : staff.map((person) => addFirmContact(cast, customer, person, company));
  if (presence === 'crm') return;
  const clients = addFirmClients(cast, customer, firm, staff[0]!);
  know(customer.taxIds, firm.nip);
  if (company !== null && dice.chance(0.4)) company.fakturowniaClientId = clients[0]!.id;
  if (presence !== 'crm+accounting') addFirmBuyers(cast, { customer, firm, staff, company, contacts, clients });
}

function makeStaff({ dice, people }: Cast, firm: Firm): Person[] {
  if (firm.trader !== null) return [firm.trader];
  return Array.from(
    {
      length: dice.weighted([
        [6, 1],
        [3, 2],
        [1, 3],
      ]),
    },
    () => people.person(firm.domain),
  );
}

export function addFirmCompany(cast: Cast, customer: Customer, firm: Firm): HubspotCompany {
  const { dice } = cast;
  know(customer.taxIds, firm.nip);
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
  });
}

export function addFirmContact(
  cast: Cast,
  customer: Customer,
  person: Person,
  company: HubspotCompany,
): HubspotContact {
  const { dice, world } = cast;
  const hasPhone = dice.chance(0.8);
  if (hasPhone) know(customer.phones, internationalPhone(person.phone));
  const contact = addContact(world, customer, {
    createdAt: soonAfter(cast),
    email: person.email,
    firstName: person.firstName,
    lastName: person.lastName,
    phone: hasPhone && dice.chance(0.6) ? typePhone(person.phone, dice) : null,
    ownerId: company.ownerId,
  });
  if (hasPhone && contact.phone === null) contact.mobilePhone = typePhone(person.phone, dice);
  world.hubspot.associations.link('contacts', contact.id, 'companies', company.id);
  return contact;
}

/** The vendor makes a new client whenever name, tax number or e-mail are spelled anew: many firms stand there twice. */
export function addFirmClients(cast: Cast, customer: Customer, firm: Firm, contact: Person): FakturowniaClient[] {
  const { dice, people, world } = cast;
  const office =
    firm.trader === null ? people.mailbox(dice.pick(['biuro', 'faktury', 'ksiegowosc']), firm.domain) : contact.email;
  const count = 1;
  return Array.from({ length: count }, (_, index) =>
    addClient(world, customer, {
      createdAt: soonAfter(cast),
      name: typeFirmName(firm.name, dice),
      taxNumber: index === 0 ? firm.nip : typeNip(firm.nip, dice),
      isCompany: true,
      email: index === 0 || dice.chance(0.5) ? office : contact.email,
      phone: dice.chance(0.5) ? typePhone(firm.landline, dice) : null,
      street: firm.place.street,
      city: firm.place.city,
      postCode: firm.place.postcode,
    }),
  );
}

interface FirmRecords {
  customer: Customer;
  firm: Firm;
  staff: readonly Person[];
  company: HubspotCompany | null;
  contacts: readonly HubspotContact[];
  clients: readonly FakturowniaClient[];
}

function addFirmBuyers(cast: Cast, records: FirmRecords): void {
  const { dice } = cast;
  const { customer, firm, staff, company, contacts, clients } = records;
  const payers = clients.map(toPayer);
  for (const [index, person] of staff.entries()) {
    if (index > 0 && dice.chance(0.5)) continue;
    // Without a company in the CRM nothing but the firm's name and NIP tells that the account is the firm's.
    const isInFirmsName = company === null || firm.trader !== null || dice.chance(0.7);
    const billing = billingOf(cast, person, isInFirmsName ? typeFirmName(firm.name, dice) : '', firm.place);
    const nip = isInFirmsName ? typeNip(firm.nip, dice) : null;
    const nipKey = dice.pick(['_billing_nip', '_billing_nip', 'billing_nip', '_billing_vat']);
    const account = dice.chance(0.85)
      ? addAccount(cast.world, customer, {
          createdAt: soonAfter(cast),
          email: person.email,
          firstName: person.firstName,
          lastName: person.lastName,
          billing,
          nip,
          nipKey,
        })
      : null;
    linkByIds(dice, { company, contact: contacts[index] ?? null, account, isFirst: index === 0 });
    cast.buyers.push({
      customer,
      account,
      billing,
      phone: internationalPhone(person.phone),
      shipping: account?.shipping ?? { ...billing, email: '' },
      nip,
      nipKey,
      channel: dice.chance(0.1) ? 'admin' : 'checkout',
      currency: 'PLN',
      habit: 'firm',
      payers,
      orders: firmOrders(dice),
      since: soonAfter(cast),
    } satisfies Buyer);
  }
}

export function toPayer(client: FakturowniaClient): Payer {
  return { client, printed: toBuyer(client), recipientName: null };
}

function linkByIds(
  dice: Dice,
  records: {
    company: HubspotCompany | null;
    contact: HubspotContact | null;
    account: WooCustomer | null;
    isFirst: boolean;
  },
): void {
  const { company, contact, account, isFirst } = records;
  if (account === null) return;
  if (contact !== null && dice.chance(0.5)) contact.wooCustomerId = account.id;
  if (company !== null && isFirst && dice.chance(0.4)) company.wooCustomerId = account.id;
}

export function firmOrders(dice: Dice): number {
  return dice.weighted([
    [20, 1],
    [20, 2],
    [18, 3],
    [15, 5],
    [12, 7],
    [9, 10],
    [6, 16],
  ]);
}
