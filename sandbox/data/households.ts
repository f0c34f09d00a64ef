import { createBuyer, toPayer } from './buyer.ts';
import { billingOf, type Cast, soonAfter } from './cast.ts';
import { addFirmClient, addFirmCompany, makeFirmBuyer } from './firm-records.ts';
import { makeFirm } from './firms.ts';
import { householdOrders } from './private-customers.ts';
import { addPersonAccount, addPersonContact, phoneOf } from './private-records.ts';

/** Two people with one telephone and one surname: two customers. */
export function makeSpouses(cast: Cast): void {
  const { dice, people, world } = cast;
  const one = people.person();
  for (const person of [one, people.spouse(one)]) {
    const customer = world.customer('PERSON');
    const billing = billingOf(cast, person);
    const account = addPersonAccount(cast, customer, person, billing);
    if (dice.chance(0.5)) addPersonContact(cast, customer, person).wooCustomerId = account.id;
    cast.buyers.push(
      createBuyer({
        customer,
        account,
        billing,
        phone: phoneOf(person),
        habit: 'household',
        payers: [],
        orders: householdOrders(dice),
        since: soonAfter(cast),
      }),
    );
  }
}

/**
 * A sole trader who shops for himself with the mailbox that his firm's register entry gives: the person and the firm are
 * two customers, and the mailbox leads to neither.
 */
export function makeSplitTrader(cast: Cast): void {
  const { dice, people, world } = cast;
  const firm = makeFirm(cast, 'JDG');
  const trader = firm.trader!;
  const atHome = world.customer('PERSON');
  const billing = billingOf(cast, trader);
  const account = addPersonAccount(cast, atHome, trader, billing);
  cast.buyers.push(
    createBuyer({
      customer: atHome,
      account,
      billing,
      phone: phoneOf(trader),
      habit: 'household',
      payers: [],
      orders: householdOrders(dice),
      since: soonAfter(cast),
    }),
  );
  const business = world.customer('SOLE_TRADER');
  const company = addFirmCompany(cast, business, firm);
  const client = addFirmClient(cast, business, firm, { email: trader.email });
  // For the firm he signs in with its own mailbox and gives its own telephone.
  const atWork = { ...trader, email: people.mailbox('biuro', firm.domain), phone: people.mobile() };
  const payers = [toPayer(business, client)];
  const buyer = makeFirmBuyer(cast, { customer: business, firm, person: atWork, payers, hasAccount: true });
  company.wooCustomerId = buyer.account!.id;
  cast.buyers.push(buyer);
}
