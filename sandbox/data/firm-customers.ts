import { toPayer } from './buyer.ts';
import type { Cast } from './cast.ts';
import type { Customer } from './customer.ts';
import { addFirmClient, addFirmCompany, addFirmContact, makeFirmBuyer } from './firm-records.ts';
import { type Firm, makeFirm } from './firms.ts';
import { referenceTo } from './labels.ts';
import { misspellNip } from './nip.ts';
import { holdShopId } from './party-records.ts';
import type { Person } from './persons.ts';
import type { FakturowniaClient, HubspotCompany, HubspotContact } from './records.ts';

/** In which systems a firm is known. */
type Presence = 'all' | 'shop+accounting' | 'crm+accounting' | 'crm';

/** One Polish firm with its people and all its records. */
export function makeFirmCustomer(cast: Cast): void {
  const { dice } = cast;
  const presence = dice.weighted<Presence>([
    [62, 'all'],
    [22, 'shop+accounting'],
    [4, 'crm+accounting'],
    [12, 'crm'],
  ]);
  if (presence === 'shop+accounting') makeFirmOutsideCrm(cast);
  else makeFirmOfCrm(cast, presence);
}

function makeFirmOfCrm(cast: Cast, presence: Exclude<Presence, 'shop+accounting'>): void {
  const { dice, world } = cast;
  const legalForm = dice.weighted<'SPZOO' | 'SA' | 'JDG'>([
    [6, 'SPZOO'],
    [1, 'SA'],
    [4, 'JDG'],
  ]);
  const firm = makeFirm(cast, legalForm);
  const customer = world.customer(legalForm === 'JDG' ? 'SOLE_TRADER' : 'COMPANY');
  const staff = makeStaff(cast, firm);
  const lifecycleStage = presence === 'crm' ? dice.pick(['lead', 'opportunity']) : 'customer';
  const company = addFirmCompany(cast, customer, firm, { lifecycleStage });
  if (dice.chance(0.03)) addSecondCompany(cast, customer, firm, company);
  const contacts = staff.map((person) => addFirmContact(cast, customer, person, company));
  if (presence === 'crm') return;
  const clients = addFirmClients(cast, customer, firm, staff[0]!);
  if (dice.chance(0.4)) linkToClient(cast, company, firm, clients[0]!);
  const payers = clients.map((client) => toPayer(customer, client));
  if (presence === 'crm+accounting' || dice.chance(0.08)) cast.billedByHand.push(payers[0]!);
  if (presence === 'all') addBuyers(cast, { customer, firm, staff, company, contacts, payers });
}

/** What only shop and accounting know: nothing but the mailbox, the NIP and the shop's id joins the two. */
function makeFirmOutsideCrm(cast: Cast): void {
  const { dice, people, world } = cast;
  const firm = makeFirm(cast, 'SPZOO');
  const customer = world.customer('COMPANY');
  const person = people.person(firm.domain);
  const client = addFirmClient(cast, customer, firm, { email: person.email });
  const payers = [toPayer(customer, client)];
  const buyer = makeFirmBuyer(cast, { customer, firm, person, payers, hasAccount: dice.chance(0.8) });
  if (buyer.account !== null && dice.chance(0.4)) holdShopId(world, client, buyer.account);
  cast.buyers.push(buyer);
}

function makeStaff({ dice, people }: Cast, firm: Firm): Person[] {
  if (firm.trader !== null) return [firm.trader];
  const count = dice.weighted([
    [6, 1],
    [3, 2],
    [1, 3],
  ]);
  return Array.from({ length: count }, () => people.person(firm.domain));
}

/** The vendor makes a new client whenever name, tax number or e-mail are spelled anew: some firms stand there twice. */
export function addFirmClients(cast: Cast, customer: Customer, firm: Firm, contact: Person): FakturowniaClient[] {
  const { dice, people, world } = cast;
  const box = dice.pick(['biuro', 'faktury', 'ksiegowosc']);
  const office = firm.trader === null && dice.chance(0.7) ? people.mailbox(box, firm.domain) : contact.email;
  const first = addFirmClient(cast, customer, firm, { email: office });
  // Two addresses in one field are found by neither of them.
  if (office !== contact.email && dice.chance(0.06)) {
    return [first, ...addDuplicate(cast, customer, firm, `${office}, ${contact.email}`, first)];
  }
  if (!world.quota('DUPLICATE_CUSTOMER')) return [first];
  return [first, ...addDuplicate(cast, customer, firm, dice.pick([office, contact.email]), first)];
}

function addDuplicate(
  cast: Cast,
  customer: Customer,
  firm: Firm,
  email: string,
  first: FakturowniaClient,
): FakturowniaClient[] {
  const count = cast.dice.chance(0.3) ? 2 : 1;
  const others = Array.from({ length: count }, () => addFirmClient(cast, customer, firm, { email }));
  cast.world.labels.add('DUPLICATE_CUSTOMER', () => [first, ...others].map(referenceTo.client));
  return others;
}

/** A seller made it anew, since the search had not found the NIP as he typed it. */
function addSecondCompany(cast: Cast, customer: Customer, firm: Firm, first: HubspotCompany): void {
  const second = addFirmCompany(cast, customer, firm, { nip: `PL ${firm.nip}` });
  cast.world.labels.add('DUPLICATE_CUSTOMER', () => [first, second].map(referenceTo.company));
}

/** A company that holds its client's id is found whatever stands in its NIP: now and then a typing mistake. */
function linkToClient({ world }: Cast, company: HubspotCompany, firm: Firm, client: FakturowniaClient): void {
  company.fakturowniaClientId = client.id;
  if (!world.quota('TAX_ID_INVALID')) return;
  company.nip = misspellNip(firm.nip);
  world.labels.add('TAX_ID_INVALID', () => [referenceTo.company(company)]);
}

interface Purchase {
  customer: Customer;
  firm: Firm;
  staff: readonly Person[];
  company: HubspotCompany;
  contacts: readonly HubspotContact[];
  payers: ReturnType<typeof toPayer>[];
}

function addBuyers(cast: Cast, { customer, firm, staff, company, contacts, payers }: Purchase): void {
  const { dice } = cast;
  for (const [index, person] of staff.entries()) {
    if (index > 0 && dice.chance(0.5)) continue;
    const isInFirmsName = firm.trader !== null || dice.chance(0.7);
    const hasAccount = dice.chance(0.85);
    const buyer = makeFirmBuyer(cast, { customer, firm, person, payers, hasAccount }, { isInFirmsName });
    cast.buyers.push(buyer);
    if (buyer.account === null) continue;
    if (dice.chance(0.5)) contacts[index]!.wooCustomerId = buyer.account.id;
    if (index === 0 && dice.chance(0.4)) company.wooCustomerId = buyer.account.id;
  }
}
