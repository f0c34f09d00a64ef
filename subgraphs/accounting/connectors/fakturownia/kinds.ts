import { Big } from '../../../shared/money.ts';
import { parseTaxId } from '../../../shared/normalise.ts';
import type { InvoiceKind, InvoiceStatus } from '../../model.ts';
import { type InvoicePayload, isSet } from './payloads.ts';
import { toDecimal } from './values.ts';

/** What stands here is what the vendor's word surely means; other kinds are OTHER beside that word. */
const KINDS: ReadonlyMap<string, InvoiceKind> = new Map([
  ['vat', 'INVOICE'],
  ['vat_mp', 'INVOICE'],
  ['vat_margin', 'INVOICE'],
  ['bill', 'INVOICE'],
  ['invoice_other', 'INVOICE'],
  ['wdt', 'INVOICE'],
  ['export_products', 'INVOICE'],
  ['advance', 'ADVANCE'],
  ['final', 'FINAL'],
  ['correction', 'CORRECTION'],
  ['proforma', 'PROFORMA'],
  ['receipt', 'RECEIPT'],
]);

/** A receipt with the buyer's NIP up to this sum is a simplified invoice (art. 106e(5)(3) of the VAT act). */
const SIMPLIFIED_UP_TO = new Big('450');

export function toKind(payload: InvoicePayload): InvoiceKind {
  const { kind, accounting_note_kind, price_gross, currency, buyer_tax_no } = payload;
  // A debit note is owed though it is outside VAT; its kind is nearest to a note of interest.
  if (kind === 'accounting_note') return accounting_note_kind === 'debit' ? 'INTEREST_NOTE' : 'OTHER';
  if (kind === 'receipt' && parseTaxId(buyer_tax_no)?.valid && currency === 'PLN') {
    return new Big(toDecimal(price_gross) ?? '0').lte(SIMPLIFIED_UP_TO) ? 'SIMPLIFIED' : 'RECEIPT';
  }
  return KINDS.get(kind) ?? 'OTHER';
}

/** The vendor's kinds that may come out as one of ours; null = can't be told, ask for all. */
export function toVendorKinds(kinds: readonly InvoiceKind[]): string[] | null {
  const asked = new Set(kinds.map((kind) => (kind.startsWith('CORRECTION') ? 'CORRECTION' : kind)));
  if (asked.has('OTHER')) return null;
  const known = [...KINDS].filter(([, kind]) => asked.has(kind));
  return [
    ...known.map(([raw]) => raw),
    ...(asked.has('SIMPLIFIED') && !asked.has('RECEIPT') ? ['receipt'] : []),
    ...(asked.has('INTEREST_NOTE') ? ['accounting_note'] : []),
  ];
}

const ISSUED = new Set(['issued', 'sent', 'paid', 'partial']);

export function toStatus({ status, cancelled }: InvoicePayload): InvoiceStatus {
  if (isSet(cancelled) || status === 'rejected') return 'CANCELLED';
  return ISSUED.has(status ?? '') ? 'ISSUED' : 'OTHER';
}
