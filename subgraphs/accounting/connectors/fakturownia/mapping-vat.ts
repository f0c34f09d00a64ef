import { Big } from '../../../shared/money.ts';
import type { VatRate } from '../../model.ts';
import type { InvoicePayload } from './payloads.ts';
import { isSet } from './payloads.ts';
import { toCountry } from './values.ts';

/** What of a document decides how its rates are to be read. */
type Document = Pick<InvoicePayload, 'kind' | 'use_oss' | 'np_tax_kind' | 'buyer_country'>;

/** KSeF's FA(3) knows no other rates; anything else is another country's, or a mistake. */
const POLISH_RATES = new Set(['23', '22', '8', '7', '5', '4', '3']);

/** The vendor takes all of these for "does not fall under VAT". */
const NOT_TAXED = new Set(['np', 'n/a', 'na', 'nie podlega', 'not applicable']);

/** A rate as it stands on a document. What is no percentage never becomes 0 %. */
export function toVatRate(tax: string | number | null | undefined, document: Document): VatRate {
  const written = String(tax ?? '')
    .trim()
    .toLowerCase();
  const text = written.endsWith('%') ? written.slice(0, -1).trimEnd() : written;
  if (text === 'zw') return { code: 'zw', kind: 'EXEMPT', percent: null, country: 'PL' };
  if (text === 'oo') return { code: 'oo', kind: 'REVERSE_CHARGE', percent: null, country: 'PL' };
  if (NOT_TAXED.has(text)) return notTaxed(document.np_tax_kind);
  if (!/^\d{1,2}([.,]\d{1,2})?$/.test(text)) return { code: text || '-', kind: 'OTHER', percent: null, country: null };
  const percent = new Big(text.replace(',', '.')).toFixed();
  return percent === '0' ? zero(document) : percentage(percent, document);
}

/** A product's rate: there is no document that would say more. */
export function toProductVatRate(tax: string | number | null | undefined): VatRate | null {
  if (tax === null || tax === undefined || tax === '' || tax === 'disabled') return null;
  return toVatRate(tax, { kind: 'vat' });
}

function notTaxed(kind: string | null | undefined): VatRate {
  if (kind === 'export_service') return { code: 'np I', kind: 'OUTSIDE_SCOPE', percent: null, country: null };
  if (kind === 'export_service_eu') return { code: 'np II', kind: 'OUTSIDE_SCOPE_EU', percent: null, country: null };
  return { code: 'np', kind: 'OUTSIDE_SCOPE', percent: null, country: null };
}

/** Which zero it is stands in the document's kind; an ordinary invoice to abroad does not tell. */
function zero({ kind, buyer_country }: Document): VatRate {
  if (kind === 'wdt') return { code: '0 WDT', kind: 'INTRA_COMMUNITY', percent: '0', country: 'PL' };
  if (kind === 'export_products') return { code: '0 EX', kind: 'EXPORT', percent: '0', country: 'PL' };
  if ((toCountry(buyer_country) ?? 'PL') === 'PL') return { code: '0 KR', kind: 'ZERO', percent: '0', country: 'PL' };
  return { code: '0', kind: 'OTHER', percent: '0', country: null };
}

function percentage(percent: string, { use_oss, buyer_country }: Document): VatRate {
  if (isSet(use_oss)) return { code: percent, kind: 'FOREIGN', percent, country: toCountry(buyer_country) };
  if (POLISH_RATES.has(percent)) return { code: percent, kind: 'STANDARD', percent, country: 'PL' };
  return { code: percent, kind: 'OTHER', percent, country: null };
}
