import type { Dice } from './dice.ts';

/** `600100200` as people type it. */
export function typePhone(nineDigits: string, dice: Dice): string {
  const [a, b, c] = [nineDigits.slice(0, 3), nineDigits.slice(3, 6), nineDigits.slice(6)];
  return dice.weighted([
    [4, `${a} ${b} ${c}`],
    [3, `+48${nineDigits}`],
    [2, `${a}-${b}-${c}`],
    [2, nineDigits],
    [1, `+48 ${a} ${b} ${c}`],
  ]);
}

/** E.164 */
export function internationalPhone(nineDigits: string): string {
  return `+48${nineDigits}`;
}

/** `5252445767` as people type it. */
export function typeNip(nip: string, dice: Dice): string {
  const grouped = `${nip.slice(0, 3)}-${nip.slice(3, 6)}-${nip.slice(6, 8)}-${nip.slice(8)}`;
  return dice.weighted([
    [5, nip],
    [3, grouped],
    [1, grouped.replaceAll('-', ' ')],
    [1, `PL${nip}`],
  ]);
}

/** A name as people type it: without Polish letters, in capitals, or as it is. */
export function typeName(name: string, dice: Dice): string {
  return dice.weighted([
    [12, name],
    [2, withoutMarks(name)],
    [1, name.toUpperCase()],
    [1, name.toLowerCase()],
  ]);
}

/** An address as people type it: mailboxes do not care about case, people do not either. */
export function typeEmail(email: string, dice: Dice): string {
  if (!dice.chance(0.08)) return email;
  return dice.chance(0.5) ? email.charAt(0).toUpperCase() + email.slice(1) : email.toUpperCase();
}

const IS_PLAIN = /^[ -~]*$/;

/** "Łukasz Żądło" -> "Lukasz Zadlo" */
export function withoutMarks(text: string): string {
  if (IS_PLAIN.test(text)) return text;
  return text
    .replaceAll('ł', 'l')
    .replaceAll('Ł', 'L')
    .replaceAll('ß', 'ss')
    .normalize('NFD')
    .replace(/\p{Mn}/gu, '');
}

/** For mailboxes and slugs. */
export function slug(text: string): string {
  return withoutMarks(text)
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
}
