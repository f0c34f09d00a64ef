import { parsePhoneNumberFromString } from 'libphonenumber-js';

/**
 * `q` looks for each word anywhere: "600 100 200" finds "600100200" and "+48 600-100-200" too, the other way round does
 * not.
 */
export function phoneWords(phone: string): string {
  return parsePhoneNumberFromString(phone)?.formatNational().replace(/\D+/g, ' ').trim() || phone;
}

/**
 * PostgreSQL compares without case only what its database's locale knows: with the locale C, "żak" does not find "Żak".
 * So what is not plain ASCII is looked for as people write it.
 */
export function spellings(text: string): string[] {
  const isPlain = /^[\x20-\x7e]*$/.test(text);
  if (isPlain) return [text];
  const asName = text.replace(
    /(^|[\s-])(\p{L})/gu,
    (_all, before: string, letter: string) => before + letter.toUpperCase(),
  );
  return [...new Set([text, asName, text.toUpperCase()])];
}
