import type { VatCode, WooAddress, WooMeta } from '../../data/records.ts';
import { createLocalTime, utcPlain } from '../local-time.ts';
import { minorToText } from '../money.ts';

const SITE_TIME_ZONE = 'Europe/Warsaw';

export const siteTime = createLocalTime(SITE_TIME_ZONE);

/** Money with so many decimals as `dp` asks; the shop itself keeps two. */
export type MoneyFormat = (minor: number) => string;

export function moneyFormat(decimals = 2): MoneyFormat {
  if (decimals === 2) return minorToText;
  if (decimals > 2) return (minor) => minorToText(minor) + '0'.repeat(decimals - 2);
  return (minor) => (minor / 100).toFixed(decimals);
}

/** In the site's time zone, without an offset. */
export function siteDate(instantMs: number | null): string | null {
  return instantMs === null ? null : siteTime.plain(instantMs);
}

export function gmtDate(instantMs: number | null): string | null {
  return instantMs === null ? null : utcPlain(instantMs);
}

/** A date and its `_gmt` twin. */
export function dateTwins(name: string, instantMs: number | null): Record<string, string | null> {
  return { [name]: siteDate(instantMs), [`${name}_gmt`]: gmtDate(instantMs) };
}

export function renderAddress(address: WooAddress, kind: 'billing' | 'shipping'): Record<string, string> {
  return {
    first_name: address.firstName,
    last_name: address.lastName,
    company: address.company,
    address_1: address.street,
    address_2: '',
    city: address.city,
    state: '',
    postcode: address.postcode,
    country: address.country,
    ...(kind === 'billing' ? { email: address.email } : {}),
    phone: address.phone,
  };
}

export function renderMeta(
  objectId: number,
  entries: readonly (readonly [key: string, value: unknown])[],
  stored: readonly WooMeta[],
): WooMeta[] {
  const own = entries
    .filter(([, value]) => value !== null && value !== undefined)
    .map(([key, value], index) => ({ id: objectId * 10 + index, key, value }));
  return [...own, ...stored];
}

export interface TaxRate {
  rateId: number;
  percent: number;
  taxClass: string;
  label: string;
}

/** The shop's tax table. What is outside VAT has no rate of its own. */
const TAX_RATES: Readonly<Record<VatCode, TaxRate | null>> = {
  '23': { rateId: 1, percent: 23, taxClass: '', label: 'VAT 23%' },
  '8': { rateId: 2, percent: 8, taxClass: 'reduced-rate', label: 'VAT 8%' },
  '5': { rateId: 3, percent: 5, taxClass: 'reduced-rate-5', label: 'VAT 5%' },
  '0': { rateId: 4, percent: 0, taxClass: 'zero-rate', label: 'VAT 0%' },
  zw: { rateId: 5, percent: 0, taxClass: 'zw', label: 'VAT zw.' },
  np: null,
  oo: null,
};

export function taxRateOf(vat: VatCode): TaxRate | null {
  return TAX_RATES[vat];
}
