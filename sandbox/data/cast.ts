import type { Buyer, Payer } from './buyer.ts';
import type { Dice } from './dice.ts';
import { createPersonMaker, type Person, type PersonMaker } from './persons.ts';
import type { HubspotOwner, WooAddress } from './records.ts';
import { typeEmail, typeName, typePhone } from './spelling.ts';
import type { World } from './world.ts';

/** What the makers of customers share. */
export interface Cast {
  readonly world: World;
  readonly dice: Dice;
  readonly people: PersonMaker;
  readonly owners: readonly HubspotOwner[];
  /** Everybody who buys; orders are made from this. */
  readonly buyers: Buyer[];
  /** Who is invoiced for what was ordered in no shop. */
  readonly billedByHand: Payer[];
  /** Whom nothing but a name tells apart. */
  readonly telephoneNames: Set<string>;
  /** When the customer that is being made came: later ones come later. */
  since: number;
}

const DAY_MS = 86_400_000;
/** The oldest customers were there half a year before the first order of the data set. */
const SPAN_DAYS = 910;
/** The latest came so many days ago. */
const LATEST_DAYS = 3;

export function createCast(world: World, owners: readonly HubspotOwner[]): Cast {
  const dice = world.dice('cast');
  return {
    world,
    dice,
    owners,
    people: createPersonMaker(world.dice('people')),
    buyers: [],
    billedByHand: [],
    telephoneNames: new Set(),
    since: sinceOf(world, 0),
  };
}

/** When customer number `index` came. */
export function sinceOf(world: World, index: number): number {
  const part = Math.min(index / Math.max(world.size, 1), 1);
  return Math.round(world.asOf - (SPAN_DAYS - part * (SPAN_DAYS - LATEST_DAYS)) * DAY_MS);
}

/** Some time soon after the customer came. */
export function soonAfter(cast: Cast, maxDays = 20): number {
  const later = cast.since + Math.floor(cast.dice.next() * maxDays * DAY_MS);
  return Math.min(later, cast.world.asOf - 3_600_000);
}

export function owner(cast: Cast): number | null {
  return cast.dice.chance(0.8) ? cast.dice.pick(cast.owners).id : null;
}

/** The person's address as typed at a checkout. */
export function billingOf({ dice }: Cast, person: Person, company = '', place = person.home): WooAddress {
  return {
    firstName: typeName(person.firstName, dice),
    lastName: typeName(person.lastName, dice),
    company,
    street: place.street,
    city: typeName(place.city, dice),
    postcode: place.postcode,
    country: place.country,
    email: typeEmail(person.email, dice),
    phone: person.home.country === 'PL' ? typePhone(person.phone, dice) : '',
  };
}
