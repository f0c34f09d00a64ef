import type { TruthDiscrepancy } from './truth-types.ts';

/** The findings of the domain that a CRM, a shop and an accounting show between them. */
export type DiscrepancyKind =
  | 'ORDER_WITHOUT_INVOICE'
  | 'INVOICE_WITHOUT_ORDER'
  | 'INVOICE_TOTAL_MISMATCH'
  | 'INVOICE_VAT_MISMATCH'
  | 'CURRENCY_MISMATCH'
  | 'PAID_IN_SHOP_UNPAID_IN_ACCOUNTING'
  | 'PAID_IN_ACCOUNTING_UNPAID_IN_SHOP'
  | 'REFUND_WITHOUT_CORRECTION'
  | 'CORRECTION_WITHOUT_RETURN'
  | 'DUPLICATE_INVOICE'
  | 'DUPLICATE_CUSTOMER'
  | 'TAX_ID_MISMATCH'
  | 'TAX_ID_INVALID'
  | 'CUSTOMER_UNLINKED'
  | 'PRICE_MISMATCH'
  | 'STOCK_MISMATCH'
  | 'VAT_RATE_MISMATCH'
  | 'OVERPAYMENT'
  | 'UNALLOCATED_PAYMENT'
  | 'KSEF_MISSING'
  | 'KSEF_REJECTED'
  | 'MPP_MISSING'
  | 'SHIPMENT_DELAYED';

/** Discrepancies as they are made. A document has no id before it is issued, so references are read at the end. */
export interface Labels {
  add(kind: DiscrepancyKind, references: () => readonly string[]): void;
  /** Reads all references, and lets go of what they were read from. */
  settle(): TruthDiscrepancy[];
}

export function createLabels(): Labels {
  const pending: (() => TruthDiscrepancy)[] = [];
  return {
    add: (kind, references) => {
      pending.push(() => ({ kind, references: references() }));
    },
    settle: () => pending.splice(0).map((read) => read()),
  };
}

export const referenceTo = {
  company: ({ id }: { id: number }) => `hubspot:company:${id}`,
  contact: ({ id }: { id: number }) => `hubspot:contact:${id}`,
  account: ({ id }: { id: number }) => `woo:customer:${id}`,
  order: ({ id }: { id: number }) => `woo:order:${id}`,
  shopProduct: ({ id }: { id: number }) => `woo:product:${id}`,
  client: ({ id }: { id: number }) => `fakturownia:client:${id}`,
  invoice: ({ id }: { id: number }) => `fakturownia:invoice:${id}`,
  payment: ({ id }: { id: number }) => `fakturownia:payment:${id}`,
  product: ({ id }: { id: number }) => `fakturownia:product:${id}`,
} as const;
