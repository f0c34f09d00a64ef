import { parsePhoneNumberFromString } from 'libphonenumber-js';

/**
 * HubSpot's `IN` compares whole values in lower case, and people type tax ids as they like. These are the spellings
 * that are searched for; a record spelled otherwise says so by not being findable by its tax id.
 * `taxId` is country and value, as "PL5252445767".
 */
export function taxIdSpellings(taxId: string): string[] {
  const [country, value] = [taxId.slice(0, 2).toLowerCase(), taxId.slice(2).toLowerCase()];
  if (country === 'pl') return nipForms(value).flatMap((form) => [form, `pl${form}`, `pl ${form}`]);
  // Greek numbers carry EL, the prefix of the VAT system, and not the country's code.
  const prefix = country === 'gr' ? 'el' : country;
  return [`${prefix}${value}`, `${prefix} ${value}`, `${prefix}-${value}`];
}

/** As digits, and in the two groupings that Poland prints. */
function nipForms(nip: string): string[] {
  const groups = [
    [nip.slice(0, 3), nip.slice(3, 6), nip.slice(6, 8), nip.slice(8)],
    [nip.slice(0, 3), nip.slice(3, 5), nip.slice(5, 7), nip.slice(7)],
  ];
  return [nip, ...groups.map((parts) => parts.join('-')), ...groups.map((parts) => parts.join(' '))];
}

/**
 * HubSpot's searchable phone properties hold digits: the national number where HubSpot knows the country, else all
 * digits as typed.
 */
export function phoneSpellings(e164: string): string[] {
  const phone = parsePhoneNumberFromString(e164);
  if (!phone) return [];
  const { nationalNumber, countryCallingCode } = phone;
  return [
    nationalNumber,
    `${countryCallingCode}${nationalNumber}`,
    `00${countryCallingCode}${nationalNumber}`,
    `0${nationalNumber}`,
  ];
}
