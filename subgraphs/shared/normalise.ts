import { domainToASCII } from 'node:url';
import { parsePhoneNumberFromString } from 'libphonenumber-js';
import { euVat, stdnum } from 'stdnum';

export interface TaxIdentifier {
  scheme: 'PL_NIP' | 'EU_VAT' | 'OTHER';
  /** ISO 3166-1 alpha-2 (Greece is GR), or XI for Northern Ireland; null when the number does not tell. */
  country: string | null;
  /** Without country prefix, spaces and hyphens. */
  value: string;
  /** The internal unit (a municipality's school), where the source writes it behind the NIP. */
  unit: string | null;
  valid: boolean;
}

/** Null when it is no address. +tags stay: whether they are one mailbox is the provider's affair. */
export function normaliseEmail(raw: string | null | undefined): string | null {
  const [, local, domain] =
    /^([^\s@"<>,;:]{1,64})@([^\s@"<>,;:]+\.[^\s@"<>,;:.]{2,})\.?$/u.exec((raw ?? '').trim()) ?? [];
  if (!local || !domain) return null;
  const asciiDomain = domainToASCII(domain.normalize('NFC').toLowerCase());
  return asciiDomain ? `${local.normalize('NFC').toLowerCase().normalize('NFC')}@${asciiDomain}` : null;
}

/** E.164, or null when it is no telephone number. `country` is assumed where the number does not name one. */
export function normalisePhone(raw: string | null | undefined, country: 'PL' = 'PL'): string | null {
  const text = (raw ?? '').trim();
  return validPhone(text, country) ?? validPhone(text.replace(OLD_TRUNK_PREFIX, ''), country);
}

/** Poland dropped the leading 0 of land lines in 2009; old records still have it. */
const OLD_TRUNK_PREFIX = /^\(?0(?=[\s)\d-])/;

function validPhone(text: string, defaultCountry: 'PL'): string | null {
  const phone = parsePhoneNumberFromString(text, { defaultCountry });
  return phone?.isValid() ? phone.number : null;
}

/**
 * Null when there is nothing like a tax id, or when it is a PESEL: a national id number is not to be known here.
 * `kind` is the source's own word for the number's kind; `nip_with_id` is Fakturownia's NIP with an internal unit.
 */
export function parseTaxId(raw: string | null | undefined, kind: string | null = null): TaxIdentifier | null {
  const text = (raw ?? '').normalize('NFKC').trim().toUpperCase();
  if (kind?.toLowerCase() === 'nip_with_id') {
    const [, nip, unit] = NIP_WITH_UNIT.exec(text) ?? [];
    if (nip && unit) return { ...toTaxIdentifier(compact(nip)), unit };
  }
  const value = compact(text);
  if (!/\d/.test(value) || isPesel(value)) return null;
  return toTaxIdentifier(value);
}

/** Country and value ("PL5252445767"), or null when the number is not valid and so identifies nobody. */
export function taxIdKey(taxId: TaxIdentifier): string | null {
  return taxId.valid && taxId.country ? `${taxId.country}${taxId.value}` : null;
}

/** Ten digits with any hyphens, then a hyphen and the unit. */
const NIP_WITH_UNIT = /^((?:PL)?\s*(?:\d[\s-]*){9}\d)\s*-\s*([0-9A-Z]+)$/;

function compact(text: string): string {
  return text.replace(/[\s\-–./]/g, '');
}

function isPesel(value: string): boolean {
  return /^\d{11}$/.test(value) && stdnum.PL!.pesel!.validate(value).isValid;
}

function toTaxIdentifier(value: string): TaxIdentifier {
  if (/^(PL)?\d{10}$/.test(value) || value.startsWith('PL')) return toNip(value.replace(/^PL/, ''));
  const [, prefix = '', number = ''] = /^([A-Z]{2})(\w+)$/.exec(value) ?? [];
  const country = prefix === 'EL' ? 'GR' : prefix;
  if (!number || !EU_COUNTRIES.has(country)) return { scheme: 'OTHER', country: null, value, unit: null, valid: false };
  return { scheme: 'EU_VAT', country, value: number, unit: null, valid: isVatNumber(country, number) };
}

/**
 * KSeF's FA(3) refuses numbers that begin with 0 or whose second and third digits are both 0.
 * The check sum alone would accept 0000000000.
 */
const NIP = /^[1-9](\d[1-9]|[1-9]\d)\d{7}$/;

function toNip(value: string): TaxIdentifier {
  const valid = NIP.test(value) && stdnum.PL!.nip!.validate(value).isValid;
  return { scheme: 'PL_NIP', country: 'PL', value, unit: null, valid };
}

/** With XI (Northern Ireland, which trades goods as the EU does). stdnum's list also has states outside the EU. */
const EU_COUNTRIES = new Set(
  'AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK XI'.split(' '),
);

function isVatNumber(country: string, number: string): boolean {
  // Northern Ireland's numbers have the pattern and check digits of Great Britain's.
  const validators = country === 'XI' ? [stdnum.GB!.vat!] : (euVat[country] ?? []);
  return validators.some((validator) => validator.validate(number).isValid);
}
