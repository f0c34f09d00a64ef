import type { Cast } from './cast.ts';
import type { Dice } from './dice.ts';
import type { Person, Place } from './persons.ts';
import { slug } from './spelling.ts';
import { FIRM_BEGINNINGS, FIRM_ENDINGS, TRADES } from './words.ts';

/** A Polish firm: its name, register data and domain. */
export interface Firm {
  readonly name: string;
  readonly legalForm: 'SPZOO' | 'SA' | 'JDG' | 'JST';
  readonly nip: string;
  readonly domain: string;
  readonly place: Place;
  /** Nine digits. */
  readonly landline: string;
  /** The one human that a JDG is. */
  readonly trader: Person | null;
}

export function makeFirm(cast: Cast, legalForm: 'SPZOO' | 'SA' | 'JDG'): Firm {
  const { dice, people } = cast;
  const trader = legalForm === 'JDG' ? people.person() : null;
  const name =
    trader === null ? corporateName(dice, legalForm) : `${dice.pick(TRADES)} ${trader.firstName} ${trader.lastName}`;
  return {
    name,
    legalForm,
    nip: cast.world.nip(),
    domain: `${slug(name).replace(/-(sp-z-o-o|s-a)$/, '')}-${cast.world.customers.length}.pl`,
    place: people.place(),
    landline: people.landline(),
    trader,
  };
}

function corporateName(dice: Dice, legalForm: 'SPZOO' | 'SA' | 'JDG'): string {
  const name = `${dice.pick(FIRM_BEGINNINGS)}${dice.chance(0.5) ? '-' : ' '}${dice.pick(FIRM_ENDINGS)}`;
  return `${name} ${legalForm === 'SA' ? 'S.A.' : 'Sp. z o.o.'}`;
}

/** The firm's name as people type it. */
export function typeFirmName(name: string, dice: Dice): string {
  return dice.weighted([
    [6, name],
    [2, name.replace('Sp. z o.o.', 'Spółka z ograniczoną odpowiedzialnością')],
    [1, name.replace('Sp. z o.o.', 'sp. z o. o.')],
    [1, name.toUpperCase()],
    [1, name.replace(/ (Sp\. z o\.o\.|S\.A\.)$/, '')],
  ]);
}
