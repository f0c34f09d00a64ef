import type { Dataset } from '../../sandbox/data/dataset.ts';
import type { FakturowniaInvoice, WooOrder } from '../../sandbox/data/records.ts';

/**
 * Reads the three stores the slow way, record by record, to hold the generator to what it says of itself. It shares
 * nothing with the generator.
 */
export interface Facts {
  readonly orders: readonly WooOrder[];
  readonly invoices: readonly FakturowniaInvoice[];
  /** Documents on which money is owed, each with all that corrects it. */
  readonly families: ReadonlyMap<FakturowniaInvoice, readonly FakturowniaInvoice[]>;
  /** Orders that a document names: in its field, or in its remark. */
  ordersOf(invoice: FakturowniaInvoice): WooOrder[];
  namedNumbers(invoice: FakturowniaInvoice): string[];
  /** Documents that name the order, cancelled ones left out. */
  documentsOf(order: WooOrder): readonly FakturowniaInvoice[];
  /** Less than nothing where too much was paid. */
  balance(invoice: FakturowniaInvoice): number;
}

export function factsOf({ woo, fakturownia }: Dataset): Facts {
  const orders = [...woo.orders.values()];
  const invoices = [...fakturownia.invoices.values()];
  const byNumber = new Map(orders.map((order) => [order.number, order]));
  const rootOf = (invoice: FakturowniaInvoice): FakturowniaInvoice =>
    invoice.kind === 'correction' ? rootOf(fakturownia.invoices.get(invoice.fromInvoiceId!)!) : invoice;
  const live = invoices.filter(({ cancelled }) => !cancelled);
  const families = Map.groupBy(live.filter(isOwed), rootOf);
  const namedNumbers = ({ oid, description }: FakturowniaInvoice) => {
    const inWords = /^Zamówienie nr (\S+)$/.exec(description ?? '')?.[1];
    return [...(oid?.split(',') ?? []), ...(inWords === undefined ? [] : [inWords])];
  };
  const ordersOf = (invoice: FakturowniaInvoice) =>
    namedNumbers(invoice).flatMap((number) => byNumber.get(number) ?? []);
  const documents = new Map<WooOrder, FakturowniaInvoice[]>();
  for (const invoice of live) {
    for (const order of ordersOf(invoice)) documents.set(order, [...(documents.get(order) ?? []), invoice]);
  }
  return {
    orders,
    invoices,
    families,
    ordersOf,
    namedNumbers,
    documentsOf: (order) => documents.get(order) ?? [],
    balance: (invoice) =>
      (families.get(invoice) ?? []).reduce((sum, { grossMinor, paidMinor }) => sum + grossMinor - paidMinor, 0),
  };
}

function isOwed({ kind }: FakturowniaInvoice): boolean {
  return kind !== 'proforma' && kind !== 'receipt';
}

/** Invoices proper: not receipts, offers or corrections. */
export function isInvoice({ kind }: FakturowniaInvoice): boolean {
  return isOwed({ kind } as FakturowniaInvoice) && kind !== 'correction';
}
