import type { Buyer } from './buyer.ts';
import type { DiscrepancyKind } from './labels.ts';
import type { Fate } from './order-fate.ts';
import type { WooOrderLine } from './records.ts';
import type { World } from './world.ts';

/** What may be wrong between one order and its documents. One order has one fault at most, so that each stands alone. */
export type SaleFault = Extract<
  DiscrepancyKind,
  | 'ORDER_WITHOUT_INVOICE'
  | 'INVOICE_TOTAL_MISMATCH'
  | 'INVOICE_VAT_MISMATCH'
  | 'CURRENCY_MISMATCH'
  | 'DUPLICATE_INVOICE'
  | 'TAX_ID_MISMATCH'
  | 'PAID_IN_SHOP_UNPAID_IN_ACCOUNTING'
  | 'PAID_IN_ACCOUNTING_UNPAID_IN_SHOP'
  | 'OVERPAYMENT'
  | 'UNALLOCATED_PAYMENT'
>;

const DAY_MS = 86_400_000;
/** Late payers may take so long; then an invoice of theirs may be called paid or not. */
const SETTLED_AFTER_DAYS = 75;

interface Occasion {
  buyer: Buyer;
  fate: Fate;
  placedAt: number;
  lines: readonly WooOrderLine[];
}

export function decideFault(world: World, { buyer, fate, placedAt, lines }: Occasion): SaleFault | null {
  if (fate.status !== 'completed' || typeof buyer.invoicing === 'object') return null;
  const isInvoiced = buyer.payers.length > 0;
  const isPrepaid = fate.payment === 'przelewy24' || fate.payment === 'stripe';
  const isSettled = fate.payment === 'terms' && placedAt < world.asOf - SETTLED_AFTER_DAYS * DAY_MS;
  const isTaxed = lines.some(({ totalTaxMinor }) => totalTaxMinor > 0);
  const occasions: readonly (readonly [fault: SaleFault, isOccasion: boolean])[] = [
    ['CURRENCY_MISMATCH', isInvoiced && buyer.currency !== 'PLN'],
    ['UNALLOCATED_PAYMENT', isSettled],
    ['OVERPAYMENT', isSettled],
    ['PAID_IN_ACCOUNTING_UNPAID_IN_SHOP', isSettled],
    ['PAID_IN_SHOP_UNPAID_IN_ACCOUNTING', isInvoiced && isPrepaid],
    ['DUPLICATE_INVOICE', isInvoiced && isPrepaid],
    ['TAX_ID_MISMATCH', isInvoiced && buyer.account !== null && buyer.nip !== null && buyer.untaxed === null],
    ['INVOICE_VAT_MISMATCH', isInvoiced && isTaxed],
    ['INVOICE_TOTAL_MISMATCH', isInvoiced],
    ['ORDER_WITHOUT_INVOICE', placedAt < world.asOf - 21 * DAY_MS],
  ];
  let fault: SaleFault | null = null;
  for (const [kind, isOccasion] of occasions) {
    if (isOccasion && world.quota(kind, fault === null)) fault = kind;
  }
  return fault;
}
