import type { Dice } from './dice.ts';

/** Countries of the EU from which firms buy here. */
export type VatCountry = 'DE' | 'CZ' | 'SK';

/** A VAT id of another EU country with its prefix and the right check digit. */
export function makeVatNumber(country: VatCountry, dice: Dice): string {
  return `${country}${MAKERS[country](dice)}`;
}

const MAKERS: Readonly<Record<VatCountry, (dice: Dice) => string>> = { DE: german, CZ: czech, SK: slovak };

/** ISO 7064 mod 11,10 */
function german(dice: Dice): string {
  const digits = String(dice.int(10_000_000, 99_999_999));
  let product = 10;
  for (const digit of digits) {
    const sum = (Number(digit) + product) % 10 || 10;
    product = (sum * 2) % 11;
  }
  return `${digits}${(11 - product) % 10}`;
}

/** Eight digits, weights 8 to 2. */
function czech(dice: Dice): string {
  const digits = String(dice.int(1_000_000, 8_999_999));
  const sum = [...digits].reduce((total, digit, index) => total + Number(digit) * (8 - index), 0);
  const check = (11 - (sum % 11)) % 11;
  return `${digits}${(check || 1) % 10}`;
}

/** Ten digits divisible by 11; the third is none of 0, 1, 5, 6. */
function slovak(dice: Dice): string {
  const start = `20${dice.pick(['2', '3', '4', '7', '8', '9'])}`;
  const number = Number(start + String(dice.int(0, 9_999_999)).padStart(7, '0'));
  const text = String(number - (number % 11));
  return text.startsWith(start) ? text : slovak(dice);
}
