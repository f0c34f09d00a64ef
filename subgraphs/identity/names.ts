import type { Party } from '../shared/party.ts';

/** Lower case without accents; `ł` has no decomposition in Unicode. */
function foldName(name: string): string {
  return name
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/ł/gi, 'l')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

/** First name and surname in one canonical order, because clerks swap the two; null where one is missing. */
export function personNameOf(party: Party): string | null {
  const parts = [party.firstName, party.lastName].map((part) => foldName(part ?? ''));
  return parts.every((part) => part !== '') ? parts.sort().join(' ') : null;
}

/** Whether two spellings can be one person's: equal, or one letter of one long part mistyped. */
export function isSamePerson(left: string, right: string): boolean {
  const lefts = left.split(' ');
  const rights = right.split(' ');
  if (lefts.length !== rights.length) return false;
  const different = lefts.flatMap((part, index) => (part === rights[index] ? [] : [[part, rights[index]!] as const]));
  return different.length === 0 || (different.length === 1 && isMistyped(...different[0]!));
}

/**
 * Short names that differ by a letter are different names (Jan and Jon). So are names that differ in the last letter:
 * in Polish it tells a man from a woman (Kowalski and Kowalska, Kamil and Kamila).
 */
function isMistyped(left: string, right: string): boolean {
  return Math.min(left.length, right.length) >= 5 && left.at(-1) === right.at(-1) && isOneEditApart(left, right);
}

function isOneEditApart(left: string, right: string): boolean {
  const [short, long] = left.length <= right.length ? [left, right] : [right, left];
  if (long.length - short.length > 1) return false;
  let start = 0;
  while (start < short.length && short[start] === long[start]) start++;
  const rest = long.slice(start + 1);
  return rest === short.slice(short.length === long.length ? start + 1 : start);
}

/** Words of company names that say nothing of which company it is. */
const COMMON_WORDS = new Set(
  'sp z o oo spolka ograniczona ograniczonej odpowiedzialnoscia odpowiedzialnosci spzoo sa akcyjna sc s c a j k jawna komandytowa cywilna phu fhu phup pphu zaklad firma handlowa uslugowa uslugowo handlowo przedsiebiorstwo produkcyjne ltd gmbh i w'.split(
    ' ',
  ),
);

/** Whether two company names may be spellings of one: they share a word that means something. */
export function isMaybeSameCompany(left: string, right: string): boolean {
  const lefts = wordsOf(left);
  const rights = wordsOf(right);
  return lefts.size === 0 || rights.size === 0 || !lefts.isDisjointFrom(rights);
}

function wordsOf(name: string): Set<string> {
  const words = foldName(name).split(' ');
  return new Set(words.filter((word) => word !== '' && !COMMON_WORDS.has(word)));
}

/** Quotation marks, and where the legal form begins that everybody writes differently. */
const QUOTES = /["'„”“«»]/g;
const LEGAL_FORM =
  /(?<![\s,])[\s,]+(?:sp(?:ółka|olka)?(?!\p{L})|spzoo|z\s*o\.?\s*o(?!\p{L})|s\.?\s*(?:a|c|j|k)\.?(?=\s|$)|ltd|gmbh|w\s+(?:likwidacji|upadłości)).*$/u;
const TRADE_FORM = /^(?:p\.?\s?p?\.?\s?h\.?\s?u\.?\s?p?\.?|f\.?\s?h\.?\s?u?\.?\s?p?\.?)\s+/u;

/** What of a company's name every spelling of it should hold, in lower case; null where that says too little. */
export function coreOfCompanyName(name: string | null): string | null {
  const words = (name ?? '').normalize('NFC').replace(QUOTES, '').replace(/\s+/g, ' ').trim().toLocaleLowerCase('pl');
  const core = words.replace(LEGAL_FORM, '').replace(TRADE_FORM, '').trim();
  return core.length >= 4 ? core : null;
}
