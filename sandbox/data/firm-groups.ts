import { toPayer } from './buyer.ts';
import { type Cast, soonAfter } from './cast.ts';
import type { Customer } from './customer.ts';
import { addFirmClient, addFirmCompany, addFirmContact, makeFirmBuyer } from './firm-records.ts';
import { makeFirm } from './firms.ts';
import { addContact } from './party-records.ts';
import type { HubspotCompany } from './records.ts';

/** An accounting office with several firms, whose invoices all go to the office's mailbox. */
export function makeAccountingOffice(cast: Cast): void {
  const { dice, people, world } = cast;
  const firm = makeFirm(cast, 'SPZOO');
  const office = world.customer('COMPANY');
  const accountant = { ...people.person(firm.domain), email: people.mailbox('faktury', firm.domain) };
  addFirmContact(cast, office, accountant, addFirmCompany(cast, office, firm));
  const client = addFirmClient(cast, office, firm, { email: people.mailbox('biuro', firm.domain) });
  cast.billedByHand.push(toPayer(office, client));
  const served = dice.int(3, 5);
  for (let made = 0; made < served; made += 1) makeMember(cast, accountant.email);
}

/** Two firms of one owner with one mailbox for both; he himself belongs to neither more than to the other. */
export function makeHolding(cast: Cast): void {
  const { people, world } = cast;
  const domain = `grupa-${world.customers.length}.pl`;
  const mailbox = people.mailbox('biuro', domain);
  const companies = [makeMember(cast, mailbox), makeMember(cast, mailbox)];
  const person = people.person(domain);
  const { email, firstName, lastName } = person;
  const owner = addContact(world, world.customer('PERSON'), {
    createdAt: soonAfter(cast),
    email,
    firstName,
    lastName,
    ownerId: companies[0]!.ownerId,
  });
  for (const company of companies) world.hubspot.associations.link('contacts', owner.id, 'companies', company.id);
}

/** A firm that is invoiced at a mailbox which it shares. */
function makeMember(cast: Cast, sharedMailbox: string): HubspotCompany {
  const { people, world } = cast;
  const firm = makeFirm(cast, 'SPZOO');
  const customer: Customer = world.customer('COMPANY');
  const company = addFirmCompany(cast, customer, firm);
  const person = people.person(firm.domain);
  addFirmContact(cast, customer, person, company);
  const payers = [toPayer(customer, addFirmClient(cast, customer, firm, { email: sharedMailbox }))];
  cast.buyers.push(makeFirmBuyer(cast, { customer, firm, person, payers, hasAccount: true }));
  return company;
}
