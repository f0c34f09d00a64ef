import { toPayer } from './buyer.ts';
import type { Cast } from './cast.ts';
import { addFirmClients } from './firm-customers.ts';
import { addFirmCompany, addFirmContact, makeFirmBuyer } from './firm-records.ts';
import { makeFirm } from './firms.ts';

/** The best customer has so many orders, in a company that is not tiny. */
const MOST_ORDERS = 5_000;
/** In a tiny one no more than so many times the number of customers. */
const ORDERS_PER_CUSTOMER = 10;

/** The one who orders every day: many orders stand on each invoice. */
export function makeBestCustomer(cast: Cast): void {
  const orders = Math.min(MOST_ORDERS, cast.world.size * ORDERS_PER_CUSTOMER);
  addWholesaler(cast, { orders, ordersTogether: 25 });
}

/** A firm that gets an invoice for some orders together. */
export function makeWholesaler(cast: Cast): void {
  addWholesaler(cast, { orders: cast.dice.int(12, 40), ordersTogether: cast.dice.int(2, 5) });
}

function addWholesaler(cast: Cast, { orders, ordersTogether }: { orders: number; ordersTogether: number }): void {
  const { people, world } = cast;
  const firm = makeFirm(cast, 'SA');
  const customer = world.customer('COMPANY');
  const person = people.person(firm.domain);
  const company = addFirmCompany(cast, customer, firm);
  const contact = addFirmContact(cast, customer, person, company);
  const [client] = addFirmClients(cast, customer, firm, person);
  company.fakturowniaClientId = client!.id;
  const payers = [toPayer(customer, client!)];
  const buyer = makeFirmBuyer(
    cast,
    { customer, firm, person, payers, hasAccount: true },
    { habit: 'wholesale', invoicing: { ordersTogether }, orders, channel: 'rest-api' },
  );
  contact.wooCustomerId = buyer.account!.id;
  // Orders by machine have no telephone.
  const billing = { ...buyer.billing, phone: '' };
  cast.buyers.push({ ...buyer, billing, phone: null });
}
