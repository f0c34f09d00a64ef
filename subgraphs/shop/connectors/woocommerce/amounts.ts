import { parseDecimal } from '../../../shared/money.ts';

/** An empty sum is no sum: WooCommerce leaves the text empty rather than writing a zero. */
export function toAmount(value: string | number | null | undefined): string {
  return value === '' || value == null ? '0' : parseDecimal(value);
}
