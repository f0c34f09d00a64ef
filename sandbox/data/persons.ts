import type { Dice } from './dice.ts';
import { slug, withoutMarks } from './spelling.ts';
import {
  ADJECTIVE_SURNAMES,
  CITIES,
  CZECH_NAMES,
  CZECH_SURNAMES,
  FEMALE_NAMES,
  MAIL_DOMAINS,
  MALE_NAMES,
  STREETS,
  SURNAMES,
} from './words.ts';

/** Somebody with a name, a mailbox and a telephone that nobody else has. */
export interface Person {
  readonly firstName: string;
  readonly lastName: string;
  readonly email: string;
  /** Nine digits, of Poland. */
  readonly phone: string;
  readonly home: Place;
}

export interface Place {
  readonly street: string;
  readonly city: string;
  readonly postcode: string;
  readonly country: string;
}

export interface PersonMaker {
  /** With a mailbox at a provider, or at the firm's domain. */
  person(domain?: string): Person;
  /** The same surname and telephone, another first name. */
  spouse(person: Person): Person;
  czech(): Person;
  /** A mailbox that nobody else has. */
  mailbox(local: string, domain: string): string;
  mobile(): string;
  landline(): string;
  place(): Place;
}

export function createPersonMaker(dice: Dice): PersonMaker {
  const mailbox = createMailboxes();
  const mobile = createMobiles();
  const place = () => makePlace(dice);
  const landline = createLandlines();
  const named = (name: Name, domain: string, phone: string, home: Place): Person => ({
    ...name,
    email: mailbox(localPart(name, dice), domain),
    phone,
    home,
  });
  return {
    mailbox,
    mobile,
    landline,
    place,
    person: (domain) => named(makeName(dice), domain ?? dice.pick(MAIL_DOMAINS), mobile(), place()),
    spouse: (person) => named(spouseName(person, dice), dice.pick(MAIL_DOMAINS), person.phone, person.home),
    czech: () => {
      const name = { firstName: dice.pick(CZECH_NAMES), lastName: dice.pick(CZECH_SURNAMES) };
      const home = { street: `Dlouhá ${dice.int(1, 90)}`, city: 'Ostrava', postcode: '702 00', country: 'CZ' };
      return named(name, 'seznam.cz', mobile(), home);
    },
  };
}

type Name = Pick<Person, 'firstName' | 'lastName'>;

function makeName(dice: Dice): Name {
  const isWoman = dice.chance(0.5);
  const firstName = dice.pick(isWoman ? FEMALE_NAMES : MALE_NAMES);
  if (dice.chance(0.5)) return { firstName, lastName: dice.pick(SURNAMES) };
  const lastName = dice.pick(ADJECTIVE_SURNAMES);
  return { firstName, lastName: isWoman ? lastName.replace(/i$/, 'a') : lastName };
}

function spouseName({ firstName, lastName }: Name, dice: Dice): Name {
  const others = [...FEMALE_NAMES, ...MALE_NAMES].filter((name) => withoutMarks(name) !== withoutMarks(firstName));
  return { firstName: dice.pick(others), lastName };
}

function localPart({ firstName, lastName }: Name, dice: Dice): string {
  const [first, last] = [slug(firstName), slug(lastName)];
  return dice.weighted([
    [5, `${first}.${last}`],
    [3, `${first.charAt(0)}.${last}`],
    [1, `${last}${first}`],
    [1, `${first}_${last}`],
  ]);
}

/** A second Anna Nowak at the same provider gets a number, as she would there. */
function createMailboxes(): (local: string, domain: string) => string {
  const taken = new Map<string, number>();
  return (local, domain) => {
    const wanted = `${local}@${domain}`;
    const others = taken.get(wanted) ?? 0;
    taken.set(wanted, others + 1);
    return others === 0 ? wanted : `${local}${others + 1}@${domain}`;
  };
}

const MOBILE_PREFIXES = [50, 51, 53, 57, 60, 66, 69, 72, 73, 78, 79, 88];

/** Each comes once: the step shares no factor with the number of numbers. */
function createMobiles(): () => string {
  const count = MOBILE_PREFIXES.length * 10_000_000;
  let position = 0;
  return () => {
    position = (position + 50_331_653) % count;
    const prefix = MOBILE_PREFIXES[Math.floor(position / 10_000_000)]!;
    return `${prefix}${String(position % 10_000_000).padStart(7, '0')}`;
  };
}

/** Of Warsaw, where 22 2… to 22 8… are in use. */
function createLandlines(): () => string {
  const count = 7_000_000;
  let position = 0;
  return () => {
    position = (position + 2_900_017) % count;
    return `22${position + 2_000_000}`;
  };
}

function makePlace(dice: Dice): Place {
  const [city, postcode] = dice.pick(CITIES);
  return {
    street: `${dice.pick(STREETS)} ${dice.int(1, 120)}${dice.chance(0.3) ? `/${dice.int(1, 60)}` : ''}`,
    city,
    postcode: `${postcode}-${String(dice.int(0, 999)).padStart(3, '0')}`,
    country: 'PL',
  };
}
