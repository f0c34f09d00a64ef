import type { Customer } from './customer.ts';
import { toBuyer, withoutEmail } from './party-records.ts';
import type { Currency, FakturowniaBuyer, FakturowniaClient, WooAddress, WooCustomer } from './records.ts';

/** One way in which one customer buys in the shop: an account, or the details a guest types. */
export interface Buyer {
  readonly customer: Customer;
  /** Null = a guest. */
  readonly account: WooCustomer | null;
  readonly billing: WooAddress;
  /** E.164 of what stands in `billing`; null = none, or nobody's. */
  readonly phone: string | null;
  /** Whether a guest's mailbox is its own: not a placeholder, and not one that a marketplace masks. */
  readonly hasOwnMailbox: boolean;
  readonly shipping: WooAddress;
  readonly nip: string | null;
  readonly nipKey: string;
  /** `created_via` */
  readonly channel: string;
  readonly currency: Currency;
  /** Goods go to another country without Polish tax: within the EU, or beyond. */
  readonly untaxed: 'wdt' | 'export_products' | null;
  readonly habit: BuyingHabit;
  readonly invoicing: Invoicing;
  /** Who the invoices are for; empty = receipts. One firm may stand there several times over. */
  readonly payers: readonly Payer[];
  /** How many orders. */
  readonly orders: number;
  /** Not before this instant. */
  readonly since: number;
  /** The instants of its orders, where they are not left to chance. */
  readonly moments: readonly number[];
}

/** household: small orders, paid at once; firm: bigger ones, mostly on terms; wholesale: always the same few goods. */
export type BuyingHabit = 'household' | 'firm' | 'wholesale';

/** Each order when it is shipped; each at once when it is paid; or so many orders on one invoice. */
type Invoicing = 'each' | 'at once' | { readonly ordersTogether: number };

export interface Payer {
  readonly client: FakturowniaClient;
  /** Whose client it is; null = nobody's. */
  readonly customer: Customer | null;
  /** The client as printed. */
  readonly printed: FakturowniaBuyer;
  readonly recipientName: string | null;
}

export function toPayer(
  customer: Customer | null,
  client: FakturowniaClient,
  recipientName: string | null = null,
): Payer {
  return { client, customer, printed: toBuyer(client), recipientName };
}

type Needed = 'customer' | 'billing' | 'habit' | 'payers' | 'orders' | 'since';

/** A buyer in złoty at the checkout; what is otherwise is said. */
export function createBuyer(values: Partial<Buyer> & Pick<Buyer, Needed>): Buyer {
  return {
    account: null,
    phone: null,
    hasOwnMailbox: true,
    shipping: values.account?.shipping ?? withoutEmail(values.billing),
    nip: null,
    nipKey: '_billing_nip',
    channel: 'checkout',
    currency: 'PLN',
    untaxed: null,
    invoicing: 'each',
    moments: [],
    ...values,
  };
}
