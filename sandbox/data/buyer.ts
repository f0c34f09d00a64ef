import type { Customer } from './customer.ts';
import type { Currency, FakturowniaBuyer, FakturowniaClient, WooAddress, WooCustomer } from './records.ts';

/** One way in which one customer buys in the shop: an account, or the details a guest types. */
export interface Buyer {
  readonly customer: Customer;
  /** Null = a guest. */
  readonly account: WooCustomer | null;
  readonly billing: WooAddress;
  /** E.164 of what stands in `billing`; null = none, or nobody's. */
  readonly phone: string | null;
  readonly shipping: WooAddress;
  readonly nip: string | null;
  readonly nipKey: string;
  /** `created_via` */
  readonly channel: string;
  readonly currency: Currency;
  readonly habit: BuyingHabit;
  /** Who the invoices are for; empty = receipts. One firm may stand there several times over. */
  readonly payers: readonly Payer[];
  /** How many orders. */
  readonly orders: number;
  /** Not before this instant. */
  readonly since: number;
}

/**
 * household: small orders, paid at once; firm: bigger ones, mostly on terms; wholesale: a great many, invoiced
 * together.
 */
export type BuyingHabit = 'household' | 'firm' | 'wholesale';

export interface Payer {
  readonly client: FakturowniaClient;
  /** The client as printed. */
  readonly printed: FakturowniaBuyer;
  readonly recipientName: string | null;
}
