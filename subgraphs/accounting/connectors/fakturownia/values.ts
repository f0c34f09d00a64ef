import { type Money, money, parseDecimal } from '../../../shared/money.ts';
import { parseTaxId, type TaxIdentifier } from '../../../shared/normalise.ts';
import type { Address } from '../../../shared/party.ts';

type Amount = string | number | null | undefined;

/** An empty sum is none. */
export function toDecimal(value: Amount): string | null {
  return value === null || value === undefined || value === '' ? null : parseDecimal(value);
}

export function toMoney(value: Amount, currency: string): Money {
  return money(toDecimal(value) ?? '0', currency);
}

export function toText(value: string | null | undefined): string | null {
  return value?.trim() || null;
}

/** A calendar day; the day of sale may be a month alone, which is no day. */
export function toDay(value: string | null | undefined): string | null {
  const text = value?.trim() ?? '';
  return /^\d{4}-\d{2}-\d{2}$/.test(text) ? text : null;
}

/** `2026-03-22T16:28:02.000+01:00`, in UTC. */
export function toInstant(value: string | null | undefined): string | null {
  const instant = new Date(value ?? '');
  return Number.isNaN(instant.getTime()) ? null : instant.toISOString();
}

/** An ISO 4217 code, upper case. */
export function toCurrency(value: string | null | undefined): string {
  const text = (value ?? '').trim().toUpperCase();
  return /^[A-Z]{3}$/.test(text) ? text : 'PLN';
}

/** Null for anything but two letters; Greece's VAT prefix is not its country code. */
export function toCountry(value: string | null | undefined): string | null {
  const text = (value ?? '').trim().toUpperCase();
  if (!/^[A-Z]{2}$/.test(text)) return null;
  return text === 'EL' ? 'GR' : text;
}

export function toTaxId(value: string | null | undefined, kind: string | null | undefined): TaxIdentifier | null {
  return kind === 'empty' ? null : parseTaxId(value, kind ?? null);
}

interface AddressParts {
  name: string | null | undefined;
  street: string | null | undefined;
  postCode: string | null | undefined;
  city: string | null | undefined;
  country: string | null | undefined;
}

/** Null where nothing but a name is known. */
export function toAddress(parts: AddressParts): Address | null {
  const [street, city, postalCode] = [toText(parts.street), toText(parts.city), toText(parts.postCode)];
  const country = toCountry(parts.country);
  if (street === null && city === null && postalCode === null) return null;
  return { name: toText(parts.name), street, city, postalCode, region: null, country };
}
