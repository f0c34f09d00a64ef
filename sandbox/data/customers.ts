import { type Cast, sinceOf } from './cast.ts';
import {
  makeContactWithoutMailbox,
  makeDuplicateContact,
  makeMergedContact,
  makePersonWithNewMailbox,
  makeUnlinkedPerson,
} from './changed-contacts.ts';
import { makeFirmCustomer } from './firm-customers.ts';
import { makeAccountingOffice, makeHolding } from './firm-groups.ts';
import { makeAmericanFirm, makeCzechPerson, makeEuropeanFirm, makeFirmInEuros } from './foreign-customers.ts';
import {
  makeFirmWithPlaceholders,
  makeMarketplaceGuest,
  makePersonWithPlaceholderNip,
  makeTelephoneGuest,
} from './guests.ts';
import { makeSplitTrader, makeSpouses } from './households.ts';
import { makeMunicipality } from './municipality.ts';
import { makeNightBuyers } from './night-buyers.ts';
import { makePrivateCustomer } from './private-customers.ts';
import { makeBestCustomer, makeWholesaler } from './wholesale.ts';

type Make = (cast: Cast) => void;

/** There is one of each in any company. */
const ONCE: readonly Make[] = [makeBestCustomer, makeNightBuyers];

/** Dirt as in life: so many of a thousand customers begin so, and one at least unless the company is tiny. */
const SPECIAL: readonly (readonly [perThousand: number, make: Make])[] = [
  [30, makeMarketplaceGuest],
  [30, makeEuropeanFirm],
  [30, makePersonWithNewMailbox],
  [20, makeMergedContact],
  [15, makeWholesaler],
  [10, makeTelephoneGuest],
  [10, makeDuplicateContact],
  [8, makeSpouses],
  [8, makeSplitTrader],
  [8, makeContactWithoutMailbox],
  [8, makeCzechPerson],
  [6, makeFirmWithPlaceholders],
  [6, makePersonWithPlaceholderNip],
  [5, makeAmericanFirm],
  [4, makeFirmInEuros],
  [3, makeMunicipality],
  [3, makeAccountingOffice],
  [3, makeHolding],
  [3, makeUnlinkedPerson],
];

/** Makes everybody, in the order in which they came. */
export function makeCustomers(cast: Cast): void {
  const { world } = cast;
  const special = specialOnes(cast);
  // Spread evenly: the company always had all kinds. Some make several customers at a time.
  const distance = Math.max(1, Math.floor(world.size / (special.length * 1.5)));
  for (let turn = 0; world.customers.length < world.size; turn += 1) {
    cast.since = sinceOf(world, world.customers.length);
    const make = turn % distance === 0 ? special.pop() : undefined;
    (make ?? ordinary(cast))(cast);
  }
}

function ordinary({ dice }: Cast): Make {
  return dice.chance(0.6) ? makePrivateCustomer : makeFirmCustomer;
}

/** In no order, each time the same one. */
function specialOnes({ dice, world }: Cast): Make[] {
  const makers = SPECIAL.flatMap(([perThousand, make]) =>
    Array.from({ length: Math.max(1, Math.round((world.size * perThousand) / 1000)) }, () => make),
  );
  for (let left = makers.length - 1; left > 0; left -= 1) {
    const other = dice.int(0, left);
    [makers[left], makers[other]] = [makers[other]!, makers[left]!];
  }
  return [...makers, ...ONCE];
}
