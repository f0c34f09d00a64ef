import type { Currency } from './records.ts';

export type CustomerKind = 'PERSON' | 'COMPANY' | 'SOLE_TRADER' | 'UNKNOWN';

/** One customer as the generator knows it, with what identifies it alone. */
export interface TruthCustomer {
  /** Reference of its strongest record; `guest:<number of its first order>` when all its records are guest orders. */
  readonly id: string;
  readonly kind: CustomerKind;
  /** Records that have a plain reference. Guest records have none: they are reached through `orderNumbers`. */
  readonly references: readonly string[];
  readonly emails: readonly string[];
  readonly taxId: string | null;
  readonly phone: string | null;
  readonly orderNumbers: readonly string[];
  readonly invoiceNumbers: readonly string[];
  readonly overdue: readonly TruthMoney[];
}

export interface TruthMoney {
  readonly amount: string;
  readonly currency: Currency;
}

export type LookupBy = 'email' | 'phone' | 'taxId' | 'reference' | 'orderNumber' | 'invoiceNumber';

export interface TruthLookup {
  readonly by: LookupBy;
  readonly value: string;
  /** A customer's id, null = nobody, AMBIGUOUS = several customers fit. */
  readonly expect: string | null;
}

export interface TruthDiscrepancy {
  readonly kind: string;
  readonly references: readonly string[];
}

export interface Truth {
  readonly asOf: string;
  readonly customers: readonly TruthCustomer[];
  readonly lookups: readonly TruthLookup[];
  readonly discrepancies: readonly TruthDiscrepancy[];
}
