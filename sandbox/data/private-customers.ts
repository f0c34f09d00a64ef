import { createBuyer, toPayer } from './buyer.ts';
import { billingOf, type Cast, soonAfter } from './cast.ts';
import type { Dice } from './dice.ts';
import { holdShopId } from './party-records.ts';
import { addPersonAccount, addPersonClient, addPersonContact, phoneOf } from './private-records.ts';

/** In which systems a private person is known. */
type Presence = 'account' | 'account+crm' | 'guest' | 'guest+crm' | 'account+guest' | 'crm' | 'accounting';

/** One private person with all its records. */
export function makePrivateCustomer(cast: Cast): void {
  const { dice, people, world } = cast;
  const presence = dice.weighted<Presence>([
    [30, 'account'],
    [26, 'account+crm'],
    [22, 'guest'],
    [8, 'guest+crm'],
    [5, 'account+guest'],
    [6, 'crm'],
    [3, 'accounting'],
  ]);
  const customer = world.customer('PERSON');
  const person = people.person();
  const isKnownToCrm = presence.endsWith('crm');
  const lifecycleStage = presence === 'crm' ? dice.pick(['subscriber', 'lead', 'opportunity']) : 'customer';
  const contact = isKnownToCrm ? addPersonContact(cast, customer, person, { lifecycleStage }) : null;
  if (presence === 'crm') return;
  if (presence === 'accounting') {
    cast.billedByHand.push(toPayer(customer, addPersonClient(cast, customer, person)));
    return;
  }
  const billing = billingOf(cast, person);
  const account = presence.startsWith('account') ? addPersonAccount(cast, customer, person, billing) : null;
  const client = dice.chance(0.2) ? addPersonClient(cast, customer, person) : null;
  // Some of what stands in several systems is joined by ids that an integration wrote.
  if (contact !== null && account !== null && dice.chance(0.6)) contact.wooCustomerId = account.id;
  if (contact !== null && client !== null && dice.chance(0.4)) contact.fakturowniaClientId = client.id;
  if (account !== null && client !== null && dice.chance(0.3)) holdShopId(world, client, account);
  const payers = client === null ? [] : [toPayer(customer, client)];
  const buyer = createBuyer({
    customer,
    account,
    billing,
    phone: phoneOf(person),
    habit: 'household',
    invoicing: dice.chance(0.2) ? 'at once' : 'each',
    payers,
    orders: householdOrders(dice),
    since: soonAfter(cast),
  });
  cast.buyers.push(buyer);
  // Now and then somebody with an account does not sign in.
  if (presence === 'account+guest') cast.buyers.push({ ...buyer, account: null, orders: dice.int(1, 2) });
}

/** Most buy once or twice, a few every other month. */
export function householdOrders(dice: Dice): number {
  return dice.weighted([
    [42, 1],
    [24, 2],
    [13, 3],
    [9, 4],
    [6, 5],
    [4, 8],
    [2, 12],
  ]);
}
