import { createBuyer, toPayer } from './buyer.ts';
import { clockChange, dayFromText, dayOf, dayText, instantOn } from './calendar.ts';
import { billingOf, type Cast, soonAfter } from './cast.ts';
import { addFirmClient, addFirmCompany, addFirmContact, makeFirmBuyer } from './firm-records.ts';
import { makeFirm } from './firms.ts';
import { addPersonAccount, phoneOf } from './private-records.ts';
import type { World } from './world.ts';

/** A person and a firm who order when the day changes, or the clocks: what date an instant has depends on the zone. */
export function makeNightBuyers(cast: Cast): void {
  const { people, world } = cast;
  const moments = nightMoments(world);
  const common = { invoicing: 'at once', orders: 0, moments } as const;

  const person = people.person();
  const atHome = world.customer('PERSON');
  const billing = billingOf(cast, person);
  const account = addPersonAccount(cast, atHome, person, billing);
  const phone = phoneOf(person);
  const home = { customer: atHome, account, billing, phone, habit: 'household', payers: [] } as const;
  cast.buyers.push(createBuyer({ ...home, ...common, since: soonAfter(cast) }));

  const firm = makeFirm(cast, 'SPZOO');
  const customer = world.customer('COMPANY');
  const buyerOfFirm = people.person(firm.domain);
  addFirmContact(cast, customer, buyerOfFirm, addFirmCompany(cast, customer, firm));
  const payers = [toPayer(customer, addFirmClient(cast, customer, firm, { email: buyerOfFirm.email }))];
  cast.buyers.push(makeFirmBuyer(cast, { customer, firm, person: buyerOfFirm, payers, hasAccount: true }, common));
}

const MINUTE_MS = 60_000;

/** Around both changes of clocks, the turn of the year, of a month in summer, and some ordinary midnights. */
function nightMoments(world: World): number[] {
  const { asOf, firstDay, today } = world;
  const years = [...new Set([firstDay, today].map((day) => Number(dayText(day).slice(0, 4))))];
  const [from, to] = [Math.min(...years), Math.max(...years)];
  const moments: number[] = [];
  for (let year = from; year <= to; year += 1) {
    for (const change of [clockChange(year, 2), clockChange(year, 9)]) {
      moments.push(change - 30 * MINUTE_MS, change - 1000, change + 1000, change + 30 * MINUTE_MS);
    }
    for (const day of [`${year}-01-01`, `${year}-08-01`, `${year}-11-01`]) {
      const midnight = instantOn(dayFromText(day), 0);
      moments.push(midnight - 30_000, midnight + 30_000);
    }
  }
  for (const daysAgo of [2, 40, 100, 200]) {
    const midnight = instantOn(today - daysAgo, 0);
    moments.push(midnight - 45_000, midnight + 45_000);
  }
  return moments.filter((moment) => dayOf(moment) > firstDay && moment < asOf - 60 * MINUTE_MS);
}
