import type { VatCode } from '../../data/records.ts';
import { createLocalTime } from '../local-time.ts';

const warsaw = createLocalTime('Europe/Warsaw');

/** `2026-03-22T16:28:02.000+01:00` */
export function timestamp(instantMs: number): string {
  return warsaw.withOffset(instantMs);
}

/** A rate is a JSON number, whatever is no rate is text. */
export function taxOf(vat: VatCode): number | string {
  return /^\d+$/.test(vat) ? Number(vat) : vat;
}

export function yesNo(value: boolean): '1' | '0' {
  return value ? '1' : '0';
}

/** One decimal at least: 3 -> "3.0". */
export function quantityText(quantity: number): string {
  return Number.isInteger(quantity) ? `${quantity}.0` : String(quantity);
}
