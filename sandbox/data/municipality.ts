import { toPayer } from './buyer.ts';
import { type Cast, owner, soonAfter } from './cast.ts';
import type { Customer } from './customer.ts';
import { know } from './customer.ts';
import { addFirmContact, makeFirmBuyer } from './firm-records.ts';
import type { Firm } from './firms.ts';
import { addClient, addCompany } from './party-records.ts';
import type { HubspotCompany } from './records.ts';
import { slug, typeNip } from './spelling.ts';
import { MUNICIPALITIES, SCHOOLS } from './words.ts';

/** A municipality and its schools: one NIP, each unit a customer of its own. */
export function makeMunicipality(cast: Cast): void {
  const { dice, people, world } = cast;
  const name = dice.pick(MUNICIPALITIES);
  const nip = world.nip();
  const domain = `gmina-${slug(name)}-${world.customers.length}.pl`;
  const units = [null, ...SCHOOLS.slice(0, dice.int(2, 4))];
  for (const [index, school] of units.entries()) {
    const unit: Unit = {
      firm: {
        name: school === null ? `Gmina ${name}` : `${school} w gminie ${name}`,
        legalForm: 'JST',
        nip,
        domain: school === null ? domain : `${slug(school)}.${domain}`,
        place: people.place(),
        landline: people.landline(),
        trader: null,
      },
      internalUnit: school === null ? null : String(10_000 + index),
      // What the town hall buys may be for a school, which is then printed as the recipient.
      recipientName: school === null ? `${SCHOOLS[0]} w gminie ${name}` : null,
    };
    makeUnit(cast, unit);
  }
}

interface Unit {
  firm: Firm;
  internalUnit: string | null;
  recipientName: string | null;
}

function makeUnit(cast: Cast, { firm, internalUnit, recipientName }: Unit): void {
  const { dice, people, world } = cast;
  const customer = world.customer('COMPANY');
  const person = people.person(firm.domain);
  const company = addUnitCompany(cast, customer, firm, internalUnit);
  const contact = addFirmContact(cast, customer, person, company);
  const client = addClient(world, customer, {
    createdAt: soonAfter(cast),
    name: firm.name,
    taxNumber: internalUnit === null ? firm.nip : `${firm.nip}-${internalUnit}`,
    taxNumberKind: internalUnit === null ? '' : 'nip_with_id',
    isCompany: true,
    email: people.mailbox('sekretariat', firm.domain),
    street: firm.place.street,
    city: firm.place.city,
    postCode: firm.place.postcode,
  });
  company.fakturowniaClientId = client.id;
  const payers = [toPayer(customer, client), toPayer(customer, client, recipientName)];
  // A NIP typed at the checkout tells no unit: the shop's id in the CRM does.
  const isInFirmsName = dice.chance(0.5);
  const buyer = makeFirmBuyer(cast, { customer, firm, person, payers, hasAccount: true }, { isInFirmsName });
  company.wooCustomerId = buyer.account!.id;
  contact.wooCustomerId = buyer.account!.id;
  cast.buyers.push(buyer);
}

function addUnitCompany(cast: Cast, customer: Customer, firm: Firm, internalUnit: string | null): HubspotCompany {
  know(customer, 'taxIds', firm.nip);
  return addCompany(cast.world, customer, {
    createdAt: soonAfter(cast),
    name: firm.name,
    domain: firm.domain,
    city: firm.place.city,
    zip: firm.place.postcode,
    street: firm.place.street,
    ownerId: owner(cast),
    nip: typeNip(firm.nip, cast.dice),
    internalUnit,
    legalForm: 'JST',
  });
}
